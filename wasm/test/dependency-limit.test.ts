import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pool } from '../src/index.js';
import { addPackages, testInstance, testPool } from './support/pool.js';
import { solvDocument } from './support/solv.js';

const libsolv = await testInstance();
const limit = expect.objectContaining({ code: 'limit' });

/** Two packages for each n: what the dependencies below are about. */
const providers = Array.from({ length: 40 }, (_, n) => `=Pkg: a${n} 1 1 noarch\n=Pkg: b${n} 1 1 noarch`).join('\n');
const withDependency = (dependency: string, tag = 'Req') =>
  testPool(libsolv, '', { r: `=Pkg: x 1 1 noarch\n=${tag}: ${dependency}\n${providers}` });

/** `((a0 & b0) | (a1 & b1) | …)`: 2 to the power of `count` clauses in conjunctive form, `count` in disjunctive form. */
const pairs = (count: number, inner: string, outer: string) =>
  `(${Array.from({ length: count }, (_, n) => `(a${n} ${inner} b${n})`).join(` ${outer} `)})`;
const elses = (depth: number): string =>
  depth === 0 ? 'a0' : `(a${depth} <IF> (${elses(depth - 1)} <ELSE> b${depth}))`;
const chain = (length: number, operator: string) =>
  `(${Array.from({ length }, (_, n) => `a${n % 40}x${n}`).join(` ${operator} `)})`;
const nested = (depth: number) =>
  Array.from({ length: depth }).reduce<string>((text, _, n) => `(${text} | c${n})`, 'a0');

function install(pool: Pool, name: string) {
  const solver = pool.createSolver();
  const { status } = solver.solve([{ action: 'install', select: { kind: 'name', name } }]);
  return { status, rules: solver.statistics().rules.pkg };
}

describe('a rich dependency whose normal form explodes', () => {
  it.each([
    ['of a requires', pairs(40, '&', '|'), 'Req'],
    ['of a recommends', pairs(40, '&', '|'), 'Rec'],
    ['of a suggests', pairs(40, '&', '|'), 'Sug'],
    ['of a conflicts', pairs(40, '|', '&'), 'Con'],
    ['of conditions in conditions', elses(30), 'Req'],
  ])('is refused before it is made: %s', (_what, dependency, tag) => {
    expect(() => withDependency(dependency, tag)).toThrowError(
      expect.objectContaining({
        code: 'limit',
        message: expect.stringMatching(/^x: a dependency unfolds.*a million literals: \(/),
      }),
    );
    expect(libsolv.dead).toBe(false);
  });

  it('is solved while it is small: one rule for each clause', () => {
    expect(install(withDependency(pairs(3, '&', '|')), 'x')).toEqual({ status: 'solved', rules: 8 });
    expect(install(withDependency(pairs(12, '&', '|')), 'x')).toEqual({ status: 'solved', rules: 4096 });
  });

  it('is no matter where libsolv needs the other form, or none', () => {
    expect(install(withDependency(pairs(40, '&', '|'), 'Con'), 'x')).toEqual({ status: 'solved', rules: 40 });
    expect(install(withDependency(pairs(40, '&', '|'), 'Sup'), 'x').status).toBe('solved');
  });

  it('counts once for each package that has it', () => {
    const packages = (count: number) =>
      Array.from({ length: count }, (_, n) => `=Pkg: x${n} 1 1 noarch\n=Req: ${pairs(9, '&', '|')}`).join('\n');
    expect(install(testPool(libsolv, '', { r: `${packages(50)}\n${providers}` }), 'x1')).toEqual({
      status: 'solved',
      rules: 512,
    });
    expect(() => testPool(libsolv, '', { r: `${packages(150)}\n${providers}` })).toThrowError(limit);
  });

  it('counts the packages that provide its parts', () => {
    const many = Array.from({ length: 800 }, (_, n) => `=Pkg: p${n} 1 1 noarch\n=Prv: many`).join('\n');
    const pool = (dependency: string) =>
      testPool(libsolv, '', { r: `=Pkg: x 1 1 noarch\n=Req: ${dependency}\n${many}\n=Pkg: y 1 1 noarch` });
    // "y or not (p0 or p1 …)" is a rule for each of them; "not (many and many)" would be 640,000.
    expect(install(pool('(y <IF> many)'), 'x').rules).toBe(800);
    expect(() => pool('(y <IF> (many & (many | y)))')).toThrowError(limit);
  });

  it('is refused in a job too, and the pool stays good', () => {
    const pool = testPool(libsolv, '', { r: providers });
    const job = (dep: string) => ({ action: 'install', select: { kind: 'provides', dep } }) as const;
    const solver = pool.createSolver();
    expect(() => solver.solve([job(pairs(40, '&', '|'))])).toThrowError(limit);
    expect(solver.solve([job(pairs(3, '&', '|'))]).status).toBe('solved');
  });

  it('is refused in a testcase', () => {
    const repo = `=Ver: 3.0\n=Pkg: x 1 1 noarch\n=Req: ${pairs(40, '&', '|')}\n${providers}`.replace(/^/gm, '#>');
    const text = `repo r 0 testtags <inline>\n${repo}\nsystem x86_64 rpm\njob install name x\n`;
    const testcase = libsolv.openTestcase('t', new Map([['t', new TextEncoder().encode(text)]]));
    expect(() => testcase.next()).toThrowError(limit);
    testcase.dispose();
  });

  it('never is one that a person wrote: random ones of up to twelve parts pass', () => {
    const part = fc.integer({ min: 0, max: 39 }).map((n) => `a${n}`);
    const tree = fc.letrec<{ readonly dep: string }>((tie) => ({
      dep: fc.oneof(
        { maxDepth: 2, withCrossShrink: true },
        part,
        fc
          .tuple(tie('dep'), fc.constantFrom('&', '|', '<IF>', '<UNLESS>', '+'), tie('dep'))
          .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
      ),
    })).dep;
    fc.assert(
      fc.property(tree, fc.constantFrom('Req', 'Con', 'Rec', 'Sup'), (dependency, tag) => {
        const pool = withDependency(dependency, tag);
        install(pool, 'x');
        pool.dispose();
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

describe('a dependency that is nested deep', () => {
  it.each(['|', '&', '+', '-'])('is solved over up to 500 levels, and refused beyond: %s', (operator) => {
    expect(install(withDependency(chain(501, operator)), 'x').status).toBe('unsolvable');
    expect(() => withDependency(chain(502, operator))).toThrowError(
      expect.objectContaining({
        code: 'limit',
        message: expect.stringMatching(/^x: a dependency is nested deeper than 500 levels/),
      }),
    );
  });

  it('on the left side as well, in every kind of dependency', () => {
    for (const tag of ['Req', 'Con', 'Obs', 'Rec', 'Sug', 'Sup', 'Enh']) {
      expect(install(withDependency(nested(499), tag), 'a1').status).toBe('solved');
      expect(() => withDependency(nested(501), tag)).toThrowError(limit);
    }
    expect(libsolv.dead).toBe(false);
  });

  it('is refused when rpm-md carries it, before libsolv parses it', () => {
    const primary = (dependency: string) => `<metadata xmlns="http://linux.duke.edu/metadata/common"
      xmlns:rpm="http://linux.duke.edu/metadata/rpm" packages="1"><package type="rpm"><name>x</name><arch>noarch</arch>
      <version epoch="0" ver="1" rel="1"/><format><rpm:requires><rpm:entry name="${dependency}"/></rpm:requires></format></package></metadata>`;
    const read = (dependency: string) =>
      libsolv
        .createPool({ arch: 'x86_64' })
        .addRepo('r')
        .addRpmmd({ primary: new TextEncoder().encode(primary(dependency)) });
    const words = (count: number) => `(${Array.from({ length: count }, (_, n) => `a${n}`).join(' or ')})`;
    read(words(1000));
    expect(() => read(words(1001))).toThrowError(limit);
    expect(() => read(`${'('.repeat(60_000)}a${')'.repeat(60_000)}`)).toThrowError(limit);
    expect(libsolv.dead).toBe(false);
  });

  it('is refused as a text of the caller', () => {
    const pool = testPool(libsolv, '');
    expect(() => pool.whatProvides(`${'('.repeat(200_000)}a${')'.repeat(200_000)}`)).toThrowError(limit);
    expect(pool.solvables()).toEqual([]);
  });

  it('is refused when a .solv document carries it', () => {
    const strings = ['', 'repository:solvables', 'repokey:type:flexarray', 'repokey:type:id', 'repokey:type:idarray'];
    const names = ['solvable:name', 'solvable:arch', 'solvable:evr', 'solvable:requires', 'pkg', 'noarch', '1-1'];
    const all = [...strings, ...names];
    const id = (text: string) => all.indexOf(text) + 1;
    const key = (name: string, type: string) => [id(name), id(`repokey:type:${type}`), 3, 2] as const;
    // Each relation is the one before it, "or" pkg; the last one is the package's only requirement.
    const read = (depth: number) => {
      const pool = libsolv.createPool({ arch: 'x86_64' });
      const last = all.length + depth;
      pool.addRepo('r').addSolv(
        solvDocument({
          strings: all,
          relations: Array.from({ length: depth }, (_, n) => [n === 0 ? id('pkg') : all.length + n, id('pkg'), 17]),
          directories: [],
          solvables: 1,
          keys: [
            key('repository:solvables', 'flexarray'),
            ...['name', 'arch', 'evr'].map((name) => key(`solvable:${name}`, 'id')),
            key('solvable:requires', 'idarray'),
          ],
          schemata: [[1], [2, 3, 4, 5]],
          data: [1, 1, 2, id('pkg'), id('noarch'), id('1-1'), ...(last < 64 ? [last] : [128 | (last >> 6), last & 63])],
          pages: [],
        }),
      );
      pool.createWhatprovides();
      return pool;
    };
    expect(read(400).dependencies(read(400).solvables(), 'requires')[0]?.[0]).toMatch(/^\(pkg or pkg/);
    expect(() => read(600)).toThrowError(limit);
  });

  it('leaves a later pool alone', () => {
    expect(() => withDependency(nested(600))).toThrowError(limit);
    const pool = libsolv.createPool({ arch: 'x86_64' });
    addPackages(pool.addRepo('r'), '=Pkg: a 1 1 noarch\n=Req: b\n=Pkg: b 1 1 noarch');
    pool.createWhatprovides();
    expect(install(pool, 'a').status).toBe('solved');
  });
});
