import { z } from 'zod';
import { comparisonSchema, trendSchema } from '#run-document';

/** A comparison as JSON Schema. */
export function comparisonJsonSchema(): object {
  return { title: 'kmplab comparison', ...z.toJSONSchema(comparisonSchema) };
}

/** A trend as JSON Schema. */
export function trendJsonSchema(): object {
  return { title: 'kmplab trend', ...z.toJSONSchema(trendSchema) };
}
