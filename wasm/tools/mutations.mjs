// Ways to damage a document. Each takes its bytes and a generator of seeded numbers, and returns other bytes.
import { gzipSync } from 'node:zlib';

/** What fuzz.mjs lets a document unpack to: bombs unpack to more. */
export const unpackedBytesMax = 2 * 2 ** 20;

const numbers = ['4294967295', '-1', '18446744073709551616', '2147483648', '0', '99999999999999999999'];

const flipBit = (bytes, random) => edit(bytes, random(bytes.length), (byte) => byte ^ (1 << random(8)));
const setByte = (bytes, random) => edit(bytes, random(bytes.length), () => random(256));
const truncate = (bytes, random) => bytes.slice(0, random(bytes.length));
const remove = (bytes, random) => splice(bytes, random(bytes.length), random(64), new Uint8Array(0));
const repeatPart = (bytes, random) => {
  const from = random(bytes.length);
  return splice(bytes, random(bytes.length), 0, bytes.slice(from, from + 1 + random(400)));
};
const hugeNumber = (bytes, random) =>
  splice(bytes, random(bytes.length), random(8), Buffer.from(numbers[random(numbers.length)]));
/** As .solv files write one, where a text would be no number. */
const hugePackedNumber = (bytes, random) =>
  splice(bytes, random(bytes.length), random(5), Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x7f).subarray(random(4)));
const nestElements = (bytes, random) =>
  splice(bytes, random(bytes.length), 0, Buffer.from('<a>'.repeat(random(20_000))));
const nestParentheses = (bytes, random) =>
  splice(bytes, random(bytes.length), 0, Buffer.from('('.repeat(random(20_000))));
/** Pairs of words that a normal form multiplies, in the syntax of rpm and of testcases. */
const multiplyDependency = (bytes, random) => {
  const [and, or] = [
    ['and', 'or'],
    ['&', '|'],
  ][random(2)];
  const pairs = Array.from({ length: 1 + random(30) }, () => `(${names[random(7)]} ${and} ${names[random(7)]})`);
  return splice(bytes, afterDependency(bytes, random), 0, Buffer.from(` ${or} ${pairs.join(` ${or} `)}`));
};
const names = 'abcdefg';
/** The end of a word in parentheses, if there is one. */
function afterDependency(bytes, random) {
  const from = random(bytes.length);
  const at = bytes.indexOf(0x29, from);
  return at < 0 ? from : at;
}
const noUtf8 = (bytes, random) =>
  splice(
    bytes,
    random(bytes.length),
    0,
    Uint8Array.from({ length: 1 + random(8) }, () => 128 + random(128)),
  );
const otherEncoding = (bytes) => new Uint8Array(Buffer.from(Buffer.from(bytes).toString('latin1'), 'utf16le'));
const bomb = (bytes, random) =>
  new Uint8Array(gzipSync(Buffer.concat([bytes, Buffer.alloc(random(2 * unpackedBytesMax), 0x20)])));

const mutations = [
  flipBit,
  setByte,
  truncate,
  remove,
  repeatPart,
  hugeNumber,
  hugePackedNumber,
  nestElements,
  nestParentheses,
  multiplyDependency,
  noUtf8,
  otherEncoding,
  bomb,
];

/** One to three of them, one after the other. */
export function mutate(bytes, random) {
  let mutated = bytes;
  for (let count = 1 + random(3); count > 0 && mutated.length > 0; count--)
    mutated = mutations[random(mutations.length)](mutated, random);
  return mutated;
}

function edit(bytes, at, change) {
  const copy = bytes.slice();
  copy[at] = change(copy[at]);
  return copy;
}

function splice(bytes, at, removed, insert) {
  return new Uint8Array(Buffer.concat([bytes.slice(0, at), insert, bytes.slice(at + removed)]));
}
