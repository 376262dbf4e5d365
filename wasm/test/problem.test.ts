import { describe, expect, it } from 'vitest';
import { testInstance, testPool } from './support/pool.js';
import { install, solve, steps } from './support/solve.js';

const libsolv = await testInstance();

describe('a problem', () => {
  const pool = testPool(libsolv, '=Pkg: a 2 1 noarch\n=Pkg: keep 1 1 noarch\n=Req: a = 2', {
    r: '=Pkg: a 1 1 noarch\n=Pkg: b 1 1 noarch\n=Req: missing >= 3\n=Pkg: c 1 1 noarch\n=Con: keep\n=Pkg: d 1 1 noarch\n=Req: a = 1',
  });

  it('says which dependency nothing provides', () => {
    const { result } = solve(pool, [install('b')]);
    expect(result).toMatchObject({
      status: 'unsolvable',
      problems: [
        {
          mainRule: {
            type: 'pkgNothingProvidesDep',
            source: pool.find('b-1-1.noarch'),
            dependency: 'missing >= 3',
            job: null,
          },
          text: 'nothing provides missing >= 3 needed by b-1-1.noarch',
          solutions: [{ elements: [{ type: 'job', index: 0, job: install('b') }] }],
        },
      ],
    });
  });

  it('carries jobs as jobs, never as packages', () => {
    const { result } = solve(pool, [install('keep'), install('nowhere')]);
    const rules = result.status === 'unsolvable' ? result.problems.flatMap((problem) => problem.rules) : [];
    expect(rules).toMatchObject([
      { type: 'jobUnknownPackage', source: null, target: null, job: 1, dependency: 'nowhere' },
    ]);
  });

  it('offers to replace an installed package against policy, with the reason', () => {
    const { result } = solve(pool, [install('d')]);
    const elements =
      result.status === 'unsolvable' ? result.problems.flatMap((p) => p.solutions.flatMap((s) => s.elements)) : [];
    expect(elements).toContainEqual(
      expect.objectContaining({
        type: 'replace',
        installed: pool.find('a-2-1.noarch'),
        replacement: pool.find('a-1-1.noarch'),
        reasons: ['downgrade'],
      }),
    );
    expect(elements).toContainEqual(
      expect.objectContaining({ type: 'erase', installed: pool.find('keep-1-1.noarch') }),
    );
  });

  it('is gone when one of its solutions is applied', () => {
    const { solver, result } = solve(pool, [install('c')]);
    const problem = result.status === 'unsolvable' ? result.problems[0] : undefined;
    const erasing = problem?.solutions.findIndex(({ elements }) => elements.some(({ type }) => type === 'erase')) ?? -1;
    const jobs = solver.applySolution(0, erasing);
    expect(jobs).toEqual([
      { ...install('c'), flags: [] },
      { action: 'erase', select: { kind: 'solvable', id: pool.find('keep-1-1.noarch') }, flags: [] },
    ]);
    expect(steps(pool, solver.solve(jobs)).sort()).toEqual(['erase keep-1-1.noarch', 'install c-1-1.noarch']);
    expect(() => solver.applySolution(0, 0)).toThrowError(expect.objectContaining({ code: 'misuse' }));
  });

  it('is proven: the last step of the proof is the contradiction', () => {
    const { solver } = solve(pool, [install('c')]);
    const proof = solver.proof(0);
    expect(proof.at(-1)).toMatchObject({ solvable: null, reason: 'unsolvable' });
    expect(proof.flatMap(({ infos }) => infos.map(({ type }) => type))).toContain('pkgConflicts');
    expect(solver.learntRules(0)).toEqual([]);
  });
});

describe('a learnt rule', () => {
  // Either provider of x excludes what every provider of y and z needs: the solver has to go back.
  const pool = testPool(libsolv, '', {
    r: `=Pkg: top 1 1 noarch\n=Req: x\n=Req: y
=Pkg: x1 1 1 noarch\n=Prv: x\n=Con: z1\n=Con: z2\n=Pkg: x2 1 1 noarch\n=Prv: x\n=Con: z1\n=Con: z2
=Pkg: y1 1 1 noarch\n=Prv: y\n=Req: z\n=Pkg: y2 1 1 noarch\n=Prv: y\n=Req: z
=Pkg: z1 1 1 noarch\n=Prv: z\n=Pkg: z2 1 1 noarch\n=Prv: z`,
  });
  const { solver, result } = solve(pool, [install('top')]);

  it('carries the proof of a problem, and has a proof and literals of its own', () => {
    expect(result.status).toBe('unsolvable');
    const learnt = solver.learntRules(0);
    expect(learnt.length).toBeGreaterThan(0);
    expect(solver.statistics().rules.learnt).toBeGreaterThanOrEqual(learnt.length);
    for (const rule of learnt) {
      const { literals, infos } = solver.rule(rule);
      expect(literals.length).toBeGreaterThan(0);
      expect(infos).toMatchObject([{ type: 'learnt' }]);
      // Its proof assumes the opposite of each literal and ends in a contradiction.
      const proof = solver.learntProof(rule);
      const premises = proof.filter(({ reason }) => reason === 'premise');
      expect(premises.map(({ solvable, install: taken }) => [solvable, !taken]).sort()).toEqual(
        literals.map(({ solvable, install: taken }) => [solvable, taken]).sort(),
      );
      expect(proof.at(-1)).toMatchObject({ solvable: null, reason: 'unsolvable' });
    }
    const used = solver.proof(0).flatMap(({ infos }) => infos.map(({ rule }) => rule));
    expect(learnt.some((rule) => used.includes(rule))).toBe(true);
  });

  it('is one of the rules; others are not there', () => {
    const misuse = expect.objectContaining({ code: 'misuse' });
    expect(() => solver.rule((solver.statistics().rules.total + 1) as never)).toThrowError(misuse);
    expect(() => solver.learntProof(1 as never)).toThrowError(misuse);
  });
});
