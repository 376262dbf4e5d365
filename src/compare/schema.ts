import { z } from 'zod';
import { comparisonSchema } from '#run-document';

/** A comparison as JSON Schema. */
export function comparisonJsonSchema(): object {
  return { title: 'kmplab comparison', ...z.toJSONSchema(comparisonSchema) };
}
