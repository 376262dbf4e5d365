import { describe, expect, it } from 'vitest';
import { solveOn } from '../../support/machine.js';
import { firstOf, onlyProblem, statements } from '../../support/reasons.js';

const asks = (name: string, nevra: string) => ({
  kind: 'asked',
  asker: { kind: 'request', verb: 'in', name },
  action: 'install',
  what: nevra,
});

describe('the reasons of a problem', () => {
  it('leads from the gap up the chain of requires to who asked', async () => {
    const repository = {
      'a-1-1': { requires: ['b'] },
      'b-1-1': { requires: ['c >= 2'] },
      'c-2-1': { requires: ['libgone = 7'] },
      'c-1-1': {},
    };
    const { outcome } = await solveOn({ repository }, { verb: 'in', names: ['a'] });
    const { reasons, cause } = onlyProblem(outcome);
    const one = { dependenciesTotal: 1, providers: 1 };
    const gap = { by: 'c-2-1.x86_64', asker: null, dependencies: ['libgone = 7'], dependenciesTotal: 1 };
    expect(reasons.map(({ depth, statement }) => [depth, statement])).toEqual([
      [0, asks('a', 'a-1-1.x86_64')],
      [1, { kind: 'requires', by: 'a-1-1.x86_64', dependencies: ['b'], ...one, provider: 'b-1-1.x86_64' }],
      [2, { kind: 'requires', by: 'b-1-1.x86_64', dependencies: ['c >= 2'], ...one, provider: 'c-2-1.x86_64' }],
      [3, { kind: 'nothingProvides', ...gap }],
    ]);
    expect(cause).toEqual({ kind: 'nothingProvides', ...gap });
  });

  it('tells both ends of a chain of 5,000 requirements, and how much lies between', { timeout: 60_000 }, async () => {
    const repository = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [`p${index}-1-1`, { requires: [`p${index + 1}`] }]),
    );
    const { outcome } = await solveOn({ repository }, { verb: 'in', names: ['p0'] });
    const { reasons, cause } = onlyProblem(outcome);
    expect(cause).toMatchObject({ kind: 'nothingProvides', by: 'p4999-1-1.x86_64', dependencies: ['p5000'] });
    expect(statements(reasons)[0]).toEqual(asks('p0', 'p0-1-1.x86_64'));
    expect(firstOf(reasons, 'leftOut')).toEqual({ kind: 'leftOut', statements: 4961 });
    expect(reasons.at(-1)?.statement).toEqual(cause);
    expect(reasons).toHaveLength(41);
  });

  it('tells both sides of a conflict, and why each must be there', async () => {
    const repository = { 'a-1-1': { requires: ['b'] }, 'b-1-1': { conflicts: ['old < 2'] } };
    const { outcome } = await solveOn({ installed: { 'old-1-1': {} }, repository }, { verb: 'in', names: ['a'] });
    const { reasons, solutions } = onlyProblem(outcome);
    expect(firstOf(reasons, 'conflicts')).toMatchObject({
      by: 'b-1-1.x86_64',
      with: 'old-1-1.x86_64',
      dependencies: ['old < 2'],
    });
    expect(firstOf(reasons, 'kept')).toEqual({ kind: 'kept', package: 'old-1-1.x86_64', why: 'rule' });
    expect(statements(reasons)).toContainEqual(asks('a', 'a-1-1.x86_64'));
    expect(solutions.map(({ elements }) => elements)).toHaveLength(2);
  });

  it('tells forty dependencies on one gap as one', async () => {
    const requires = Array.from({ length: 40 }, (_, index) => `gone${String(index).padStart(2, '0')}`);
    const { outcome } = await solveOn({ repository: { 'a-1-1': { requires } } }, { verb: 'in', names: ['a'] });
    const gap = firstOf(onlyProblem(outcome).reasons, 'nothingProvides');
    expect(gap).toMatchObject({ dependencies: ['gone00', 'gone01', 'gone02'], dependenciesTotal: 40 });
  });

  it('says of a name that is not there that nothing is called so', async () => {
    const { outcome } = await solveOn({ repository: {} }, { verb: 'in', names: ['a'] });
    expect(onlyProblem(outcome).cause).toEqual({
      kind: 'nothingProvides',
      by: null,
      asker: { kind: 'request', verb: 'in', name: 'a' },
      dependencies: ['a'],
      dependenciesTotal: 1,
    });
  });

  it.each(['a*', 'a = 1', 'a-1-1', 'a-1-1.x86_64', '+a', 'cap'])(
    'says who asked where it was for "%s"',
    async (name) => {
      const repository = { 'a-1-1': { requires: ['gone'], provides: ['cap'] } };
      const { outcome } = await solveOn({ repository }, { verb: 'in', names: [name] });
      expect(firstOf(onlyProblem(outcome).reasons, 'asked')).toMatchObject({
        asker: { kind: 'request', verb: 'in', name },
        what: 'a-1-1.x86_64',
      });
    },
  );

  it('tells a thousand problems without a look at every name for each', { timeout: 30_000 }, async () => {
    const names = Array.from({ length: 1500 }, (_, index) => `p${index}`);
    const repository = Object.fromEntries(names.map((name) => [`${name}-1-1`, { requires: [`gone-${name}`] }]));
    const { outcome } = await solveOn({ repository }, { verb: 'in', names });
    const problems = outcome.status === 'unsolvable' ? outcome.problems : [];
    expect(problems.map(({ reasons }) => firstOf(reasons, 'asked').asker)).toEqual(
      expect.arrayContaining(names.map((name) => ({ kind: 'request', verb: 'in', name }))),
    );
  });

  it('keeps hostile names as they are', async () => {
    const name = '<b>$(reboot)';
    const { outcome } = await solveOn({ repository: {} }, { verb: 'in', names: [name] });
    expect(onlyProblem(outcome).cause).toMatchObject({ asker: { name }, dependencies: [name] });
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
    const erasing = solutions.findIndex(({ elements }) => elements.some(({ kind }) => kind === 'erase'));
    expect(solutions[erasing]?.elements).toEqual([{ kind: 'erase', package: 'old-1-1.x86_64' }]);
    const asker = { kind: 'request', verb: 'in', name: 'a' };
    expect(solutions[1 - erasing]?.elements).toEqual([
      { kind: 'job', asker, action: 'install', what: ['a-2-1.x86_64'] },
    ]);
    expect(effects[erasing]?.sort()).toEqual(['a-2-1.x86_64', 'b-1-1.x86_64', 'old-1-1.x86_64']);
    expect(effects[1 - erasing]).toEqual(['b-1-1.x86_64']);
    const left = solutionResults[0]?.[erasing]?.map(({ nevra }) => nevra);
    expect(left?.sort()).toEqual(['a-2-1.x86_64', 'b-1-1.x86_64']);
  });

  it('takes a way out of every other problem with it, and names it', async () => {
    const { outcome } = await solveOn({ repository }, { verb: 'in', names: ['x', 'y', 'b'] });
    if (outcome.status !== 'unsolvable') throw new Error('x and y do not exist');
    const notAsking = (name: string) => ({
      kind: 'job',
      asker: { kind: 'request', verb: 'in', name },
      action: 'install',
      what: [name],
    });
    expect(outcome.problems.map(({ solutions }) => solutions.map(({ effect }) => effect))).toMatchObject([
      [{ status: 'solved', together: [[notAsking('y')]], stepsTotal: 1 }],
      [{ status: 'solved', together: [[notAsking('x')]], stepsTotal: 1 }],
    ]);
  });
});
