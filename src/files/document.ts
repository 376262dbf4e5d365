import type { z } from 'zod';
import { InputError, nearest, type Place } from '#errors';
import { knownKeys } from './known-keys.js';

/** A document that people or earlier commands hand us, in whatever notation. */
export interface DocumentKind<Value> {
  readonly schema: z.ZodType<Value>;
  /** What it is, for the error: `a run document of version 1`. */
  readonly what: string;
  /** How to get a good one. */
  readonly hint: string;
}

/** Where in the text a path of the document stands, or the nearest part around it; empty where the notation does not know. */
export type PlaceOf = (path: readonly PropertyKey[]) => Place;

/** @throws InputError unknown-key with the key that was probably meant, or invalid, at the first fault that the schema finds */
export function checkDocument<Value>(value: unknown, file: string, kind: DocumentKind<Value>, placeOf: PlaceOf): Value {
  const parsed = kind.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  // A key with a typing error is also missed under its right name; the error itself says more.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  const path = issue?.path ?? [];
  const part = { part: pathText(path) };
  if (issue?.code !== 'unrecognized_keys') {
    const problem = issue?.message ?? `is not ${kind.what}`;
    throw new InputError('invalid', problem, {
      file,
      place: { ...placeOf(path), ...part },
      expected: kind.what,
      hint: kind.hint,
      cause: parsed.error,
    });
  }
  const key = issue.keys[0] ?? '';
  const known = knownKeys(kind.schema, path);
  const guess = nearest(key, known);
  throw new InputError('unknown-key', `unknown key "${key}"`, {
    file,
    place: { ...placeOf([...path, key]), ...part },
    expected: known.length === 0 ? kind.what : `one of ${known.join(', ')}`,
    hint: guess === null ? `remove it; ${kind.hint}` : `write "${guess}" or remove it`,
    cause: parsed.error,
  });
}

/** `steps[0].request`; the whole is the `document`. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text === '' ? 'document' : text.replace(/^\./, '');
}
