import { describe, expect, it } from 'vitest';
import { solveOn } from '../../support/machine.js';
import { onlyProblem, statements } from '../../support/reasons.js';

const asks = (name: string, nevra: string): string => `"zypper in ${name}" asks for ${nevra}`;

describe('the tree of a problem', () => {
  it('leads from the gap up the chain of requires to who asked', async () => {
    const repository = {
      'a-1-1': { requires: ['b'] },
      'b-1-1': { requires: ['c >= 2'] },
      'c-2-1': { requires: ['libgone = 7'] },
      'c-1-1': {},
    };
    const { outcome } = await solveOn({ repository }, { verb: 'in', names: ['a'] });
    const { tree, cause, explanation } = onlyProblem(outcome);
    expect(statements(tree).map(({ kind, text }) => [kind, text])).toEqual([
      ['asked', asks('a', 'a-1-1.x86_64')],
      ['requires', 'a-1-1.x86_64 requires b, which only b-1-1.x86_64 provides'],
      ['requires', 'b-1-1.x86_64 requires c >= 2, which only c-2-1.x86_64 provides'],
      ['nothingProvides', 'nothing in reach provides libgone = 7, which c-2-1.x86_64 requires'],
    ]);
    expect(cause).toBe('nothing in reach provides libgone = 7, which c-2-1.x86_64 requires');
    expect(explanation[0]).toBe(asks('a', 'a-1-1.x86_64'));
  });

  it('tells both sides of a conflict, and why each must be there', async () => {
    const repository = { 'a-1-1': { requires: ['b'] }, 'b-1-1': { conflicts: ['old < 2'] } };
    const { outcome } = await solveOn({ installed: { 'old-1-1': {} }, repository }, { verb: 'in', names: ['a'] });
    const { tree, solutions } = onlyProblem(outcome);
    const told = statements(tree).map(({ text }) => text);
    expect(told).toContain('b-1-1.x86_64 conflicts with old < 2, which old-1-1.x86_64 provides');
    expect(told).toContain('old-1-1.x86_64 is installed and has to stay or be updated');
    expect(told).toContain(asks('a', 'a-1-1.x86_64'));
    expect(solutions.map(({ elements }) => elements)).toHaveLength(2);
  });

  it('tells forty dependencies on one gap as one', async () => {
    const requires = Array.from({ length: 40 }, (_, index) => `gone${String(index).padStart(2, '0')}`);
    const { outcome } = await solveOn({ repository: { 'a-1-1': { requires } } }, { verb: 'in', names: ['a'] });
    const gap = statements(onlyProblem(outcome).tree).find(({ kind }) => kind === 'nothingProvides');
    expect(gap).toMatchObject({ dependencies: ['gone00', 'gone01', 'gone02'], dependenciesTotal: 40 });
    expect(gap?.text).toBe('nothing in reach provides gone00 and 39 more, which a-1-1.x86_64 requires');
  });

  it('says of a name that is not there that nothing is called so', async () => {
    const { outcome } = await solveOn({ repository: {} }, { verb: 'in', names: ['a'] });
    expect(onlyProblem(outcome).cause).toBe('"zypper in a" asks for a, which nothing in reach provides');
  });

  it('keeps hostile names as they are', async () => {
    const name = '<b>$(reboot)';
    const { outcome } = await solveOn({ repository: {} }, { verb: 'in', names: [name] });
    expect(onlyProblem(outcome).cause).toContain(name);
  });
});

describe('what a solution would do', () => {
  const repository = { 'a-2-1': { conflicts: ['old'] }, 'b-1-1': {} };
  const installed = { 'old-1-1': {}, 'a-1-1': {} };

  it('is what a second solve with it taken does', async () => {
    const { outcome, solutionResults } = await solveOn({ installed, repository }, { verb: 'in', names: ['a', 'b'] });
    const { solutions } = onlyProblem(outcome);
    const effects = solutions.map(({ effect }) =>
      effect.status === 'solved' ? effect.steps.map(({ nevra }) => nevra) : [],
    );
    const erasing = solutions.findIndex(({ elements }) => elements.some((text) => text.includes('old-1-1')));
    expect(effects[erasing]?.sort()).toEqual(['a-2-1.x86_64', 'b-1-1.x86_64', 'old-1-1.x86_64']);
    expect(effects[1 - erasing]).toEqual(['b-1-1.x86_64']);
    const left = solutionResults[0]?.[erasing]?.map(({ nevra }) => nevra);
    expect(left?.sort()).toEqual(['a-2-1.x86_64', 'b-1-1.x86_64']);
  });

  it('takes a way out of every other problem with it, and names it', async () => {
    const { outcome } = await solveOn({ repository }, { verb: 'in', names: ['x', 'y', 'b'] });
    if (outcome.status === 'solved') throw new Error('x and y do not exist');
    expect(outcome.problems.map(({ solutions }) => solutions.map(({ effect }) => effect))).toMatchObject([
      [{ status: 'solved', together: ['do not ask to install a package providing y'], stepsTotal: 1 }],
      [{ status: 'solved', together: ['do not ask to install a package providing x'], stepsTotal: 1 }],
    ]);
  });
});
