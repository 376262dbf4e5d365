import type { z } from 'zod';
import { InputError } from '#errors';

export interface JsonDocument<Value> {
  readonly schema: z.ZodType<Value>;
  /** What it is, for the error: `a run document of version 1`. */
  readonly what: string;
  /** How to get a good one. */
  readonly hint: string;
}

/** Parses and checks a JSON document. Throws InputError: corrupt (not JSON), unknown-key, or invalid with the path of the first key that is wrong. */
export function parseJson<Value>(text: string, file: string, { schema, what, hint }: JsonDocument<Value>): Value {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const expected = cause instanceof Error ? cause.message : 'JSON';
    throw new InputError('corrupt', 'is not JSON', { file, cause, expected, hint });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const code = issue?.code === 'unrecognized_keys' ? 'unknown-key' : 'invalid';
  throw new InputError(code, `is not ${what}`, {
    file,
    place: { part: issue === undefined || issue.path.length === 0 ? 'document' : issue.path.join('.') },
    ...(issue === undefined ? {} : { expected: issue.message }),
    hint,
  });
}
