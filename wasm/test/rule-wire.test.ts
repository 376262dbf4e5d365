import { expect, it } from 'vitest';
import { Reply } from '../src/memory.js';
import { readProblems } from '../src/problem-wire.js';
import { readInfo } from '../src/rule-wire.js';
import { testInstance, testPool } from './support/pool.js';

const libsolv = await testInstance();

/** A reply as the shim lays it out (shim/wire.c): ints, text, and the header that says where they are. */
function replyOf(ints: readonly number[], strings: readonly string[]): Reply {
  const memory = { buffer: new ArrayBuffer(65_536) };
  const text = new TextEncoder().encode(strings.map((one) => `${one}\0`).join(''));
  const [header, at, textAt] = [0, 1024, 32_768];
  new Uint32Array(memory.buffer, header, 4).set([at, ints.length, textAt, text.length]);
  new Int32Array(memory.buffer, at, ints.length).set(ints);
  new Uint8Array(memory.buffer, textAt, text.length).set(text);
  return new Reply(memory, header);
}

const newerType = 0xe07;
/** Type, rule, source, target, job, basis, whether there is a dependency. */
const info = [newerType, 7, 3, 4, -1, 0, 1];

it('carries a rule type that only a newer libsolv knows as data', () => {
  expect(readInfo(replyOf(info, ['a >= 1', 'what libsolv says of it']))).toEqual({
    type: 'other',
    raw: newerType,
    rule: 7,
    source: 3,
    target: 4,
    job: null,
    basis: null,
    dependency: 'a >= 1',
    text: 'what libsolv says of it',
  });
});

it('carries a way out that only a newer libsolv knows as data', () => {
  const newerElement = -77;
  const ints = [1, ...info, 1, ...info, 1, 1, newerElement];
  const strings = ['dep', 'main', 'dep', 'rule', 'do something new'];
  expect(readProblems(replyOf(ints, strings), testPool(libsolv, ''))).toMatchObject([
    {
      text: 'main',
      rules: [{ type: 'other', raw: newerType }],
      solutions: [{ elements: [{ type: 'other', raw: newerElement, text: 'do something new' }] }],
    },
  ]);
});
