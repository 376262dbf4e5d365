import { z } from 'zod';
import { scenarioSchema } from './scenario.js';

/** What of JSON Schema the scenario format uses. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly (string | number)[];
  readonly const?: string;
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly propertyNames?: JsonSchema;
}

/**
 * The scenario format as JSON Schema 2020-12, for editors to complete and check while one writes. What a step may say about another part of
 * the file, and contradictions, only `kmplab run` checks.
 */
export function scenarioJsonSchema(): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(scenarioSchema, { io: 'input' });
  // zod's own type of what it writes allows much more than it writes of these schemas.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return { $schema, title: 'kmplab scenario', ...schema } as JsonSchema;
}
