import { InputError } from '#errors';
import { checkDocument, type DocumentKind } from './document.js';

/** Parses and checks a JSON document. Throws InputError: corrupt (not JSON), unknown-key, or invalid with the path of the first key that is wrong. */
export function parseJson<Value>(text: string, file: string, kind: DocumentKind<Value>): Value {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const expected = cause instanceof Error ? cause.message : 'JSON';
    throw new InputError('corrupt', 'is not JSON', { file, cause, expected, hint: kind.hint });
  }
  return checkDocument(value, file, kind, () => ({}));
}
