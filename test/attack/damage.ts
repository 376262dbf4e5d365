import { gzipSync } from 'node:zlib';
import type { Random } from '#statistics';
import { oneOf } from './assault.js';

/** A way to damage a document: other bytes of the same, by seeded numbers. */
type Damage = (bytes: Uint8Array, random: Random) => Uint8Array;

export const words = [
  '__proto__',
  'constructor',
  'toString',
  '&nosuch;',
  '<!--',
  ']]>',
  '../../x',
  '\u202e',
  '\0',
  '{{',
  '*a*a*',
];
const numbers = ['4294967295', '-1', '18446744073709551616', '1e308', '0', 'NaN', '99999999999999999999'];

const damages: readonly Damage[] = [
  (bytes, random) => edited(bytes, random.below(bytes.length), (byte) => byte ^ (1 << random.below(8))),
  (bytes, random) => edited(bytes, random.below(bytes.length), () => random.below(256)),
  (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  (bytes, random) => spliced(bytes, random.below(bytes.length), random.below(64), ''),
  (bytes, random) => {
    const from = random.below(bytes.length);
    return spliced(bytes, random.below(bytes.length), 0, bytes.subarray(from, from + 1 + random.below(4000)));
  },
  (bytes, random) => spliced(bytes, random.below(bytes.length), random.below(8), oneOf(random, words)),
  (bytes, random) => inPlaceOf(/[0-9]+/g, bytes, random, oneOf(random, numbers)),
  (bytes, random) => inPlaceOf(/[A-Za-z_][A-Za-z0-9_]+/g, bytes, random, oneOf(random, words)),
  (bytes, random) =>
    spliced(bytes, random.below(bytes.length), 0, oneOf(random, ['(', '<a>', '[', '{"a":']).repeat(random.below(5000))),
  (bytes, random) =>
    spliced(
      bytes,
      random.below(bytes.length),
      0,
      Uint8Array.from({ length: 8 }, () => 128 + random.below(128)),
    ),
  // Blanks that pack well: thousands of them mostly, now and then millions, which take long to make.
  (bytes, random) => {
    const blanks = random.below(random.below(16) === 0 ? 1 << 22 : 1 << 14);
    return new Uint8Array(gzipSync(Buffer.concat([bytes, Buffer.alloc(blanks, 0x20)])));
  },
  () => new Uint8Array(0),
];

/** One to three of them, one after the other. */
export function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  let result = bytes;
  for (let count = 1 + random.below(3); count > 0 && result.length > 0; count -= 1)
    result = oneOf(random, damages)(result, random);
  return result;
}

/** Attributes and texts of XML. */
const xmlValues = /(?<==")[^"<]*(?=")|(?<=>)[^<>\s][^<>]*(?=<)/g;

/** XML in which one to three attributes or texts say something else: as well formed as it was, most of the time. */
export function otherXmlValues(bytes: Uint8Array, random: Random): Uint8Array {
  let result = bytes;
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const another = oneOf(random, Buffer.from(result).toString('latin1').match(xmlValues) ?? ['']);
    const text = oneOf(random, [another, another, '', 'EQ', oneOf(random, numbers), oneOf(random, words)]);
    result = inPlaceOf(xmlValues, result, random, text);
  }
  return result;
}

function edited(bytes: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = change(copy[at] ?? 0);
  return copy;
}

function spliced(bytes: Uint8Array, at: number, removed: number, insert: Uint8Array | string): Uint8Array {
  return new Uint8Array(Buffer.concat([bytes.subarray(0, at), Buffer.from(insert), bytes.subarray(at + removed)]));
}

/** One occurrence of a pattern becomes another text. */
function inPlaceOf(pattern: RegExp, bytes: Uint8Array, random: Random, text: string): Uint8Array {
  const found = [...Buffer.from(bytes).toString('latin1').matchAll(pattern)];
  if (found.length === 0) return bytes;
  const { index, 0: old } = oneOf(random, found);
  return spliced(bytes, index, old.length, text);
}
