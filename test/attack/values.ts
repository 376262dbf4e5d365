import { parse } from 'yaml';
import type { Random } from '#statistics';
import { oneOf } from './assault.js';
import { damaged, words } from './damage.js';

/** Where a value lies: in a list under its index, in a mapping under its key. */
interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

const numbers = [0, -1, 1, 0.5, 2 ** 31, 2 ** 32, 2 ** 53, 1e308, -1e308];
const texts = ['', ' ', 'x'.repeat(5000), '\n', '1', 'null', '*', '-', '%', '\u00e9'];

/**
 * A document in JSON or YAML with one to three of its values changed, most of them into others of the same kind: what a reader takes, and what
 * reads after it must bear. Now and then its bytes are damaged instead.
 */
export function changed(bytes: Uint8Array, random: Random): Uint8Array {
  if (random.below(4) === 0) return damaged(bytes, random);
  const text = Buffer.from(bytes).toString();
  const document: unknown = text.startsWith('{') ? JSON.parse(text) : parse(text);
  for (let count = 1 + random.below(3); count > 0; count -= 1) changeOne(document, random);
  return Buffer.from(JSON.stringify(document));
}

function changeOne(document: unknown, random: Random): void {
  const places = placesOf(document);
  const { holder, key } = oneOf(random, places);
  const value = holder[key];
  const elsewhere = oneOf(random, places);
  const another = elsewhere.holder[elsewhere.key];
  const how = random.below(10);
  if (how === 0 && !Array.isArray(holder)) delete holder[key];
  else if (how === 1) holder[key] = oneOf(random, [null, {}, [], 0, '', false]);
  else if (how === 2) holder[key] = structuredClone(another);
  else if (how === 3 && !Array.isArray(holder)) holder[oneOf(random, words)] = value;
  else holder[key] = ofSameKind(value, typeof another === typeof value ? another : value, random);
}

function ofSameKind(value: unknown, another: unknown, random: Random): unknown {
  if (typeof value === 'number') return oneOf(random, [...numbers, value + 1, value - 1, value * 2, another]);
  if (typeof value === 'string')
    return oneOf(random, [...texts, ...words, `${value}x`, value.slice(1), `${value} ${value}`, another, another]);
  if (typeof value === 'boolean') return !value;
  if (!Array.isArray(value)) return value;
  const at = random.below(value.length + 1);
  return oneOf(random, [value.toSpliced(at, 1), [...value, ...value], value.toReversed(), [], value.slice(at)]);
}

/** Every value of a document, but itself. */
function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesOf(holder[key])]);
}
