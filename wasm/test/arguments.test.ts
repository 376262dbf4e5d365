import { describe, expect, it } from 'vitest';
import { SolvError } from '../src/index.js';
import { testInstance, testPool } from './support/pool.js';
import { install } from './support/solve.js';

const libsolv = await testInstance();

/** What a program without types may hand over. */
const odd: readonly [string, unknown][] = [
  ['a BigInt', 1n],
  ['a Symbol', Symbol('one')],
  ['an object that will not be a number', { valueOf: () => fail() }],
  ['undefined', undefined],
  ['null', null],
];

function fail(): never {
  throw new Error('asked for its value');
}

describe.each(odd)('%s as an argument', (_what, value) => {
  // The casts are the point: these are the calls that no compiler has seen.
  const wrong = value as never;
  const pool = testPool(libsolv, '', { r: '=Pkg: a 1 1 noarch' });
  const [, repo] = pool.repos;
  const calls: Readonly<Record<string, () => unknown>> = {
    packages: () => pool.packages([wrong]),
    dependencies: () => pool.dependencies([wrong], 'requires'),
    setPriority: () => repo?.setPriority(wrong),
    addRepo: () => pool.addRepo('x', { priority: wrong, subpriority: wrong }),
    setFlag: () => pool.setFlag(wrong, true),
    setNamespace: () => pool.setNamespace('namespace:language', 'de', [wrong]),
    setDisabled: () => pool.setDisabled([wrong]),
    'a job about a package': () =>
      pool.createSolver().solve([{ action: 'install', select: { kind: 'solvable', id: wrong } }]),
    'a job about several': () =>
      pool.createSolver().solve([{ action: 'install', select: { kind: 'oneOf', ids: [wrong] } }]),
    why: () => {
      const solver = pool.createSolver();
      solver.solve([install('a')]);
      return solver.why([wrong]);
    },
    rule: () => {
      const solver = pool.createSolver();
      solver.solve([install('a')]);
      return solver.rule(wrong);
    },
    whatProvides: () => pool.whatProvides(wrong),
    find: () => pool.find(wrong),
    compareVersions: () => pool.compareVersions(wrong, '1'),
    addTestcase: () => repo?.addTestcase(wrong),
    addSolv: () => repo?.addSolv(wrong),
    'a testcase': () => libsolv.openTestcase('case.t', new Map([['case.t', wrong]])),
  };

  it.each(Object.keys(calls))('is refused by %s, and the instance lives on', (name) => {
    pool.createWhatprovides();
    let error: unknown = null;
    try {
      calls[name]?.();
    } catch (thrown) {
      error = thrown;
    }
    expect(libsolv.dead).toBe(false);
    // Where undefined or null stands for what was not given, a call may go through, or find an empty document.
    const code = error instanceof SolvError ? error.code : null;
    const refused = error instanceof TypeError || code === 'misuse';
    const absent = value === undefined || value === null;
    expect(refused || (absent && (error === null || code === 'invalidInput')), String(error)).toBe(true);
    pool.createWhatprovides();
    expect(pool.createSolver().solve([install('a')]).status).toBe('solved');
  });
});

describe('a job about many packages', () => {
  it('takes more of them than a call has room for arguments', () => {
    const pool = testPool(libsolv, '', { r: '=Pkg: a 1 1 noarch' });
    const ids = Array.from({ length: 200_000 }, () => pool.solvables()[0] ?? fail());
    const result = pool.createSolver().solve([{ action: 'install', select: { kind: 'oneOf', ids } }]);
    expect(result.status === 'solved' && result.transaction.steps()).toHaveLength(1);
  });
});
