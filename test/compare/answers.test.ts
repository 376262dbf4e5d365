import { describe, expect, it } from 'vitest';
import type { Counters, Outcome } from '#run-document';
import { compareAnswers } from '../../src/compare/answers.js';
import { movedCounts, totalCounts } from '../../src/compare/counts.js';
import { counters } from '../support/run-document.js';

function solved(...steps: string[]): Outcome {
  return {
    status: 'solved',
    steps: steps.map((nevra) => ({ type: 'install', nevra, replaces: [], downloadBytes: 1 })),
    recommendedNotInstalled: [],
    orphaned: [],
    unknown: [],
  };
}

const answered = (outcome: Outcome, changes: Partial<Counters> = {}) => ({
  outcome,
  counters: counters(changes),
});

const differences = (a: Outcome, b: Outcome) => {
  const answer = compareAnswers({ a: answered(a), b: answered(b) });
  return answer.state === 'differs' ? answer.differences : answer.state;
};

describe('two answers', () => {
  it('are the same where steps and their order are', () => {
    expect(differences(solved('a', 'b'), solved('a', 'b'))).toBe('same');
  });

  it('differ in order from the first step that is another', () => {
    expect(differences(solved('a', 'b', 'c'), solved('a', 'c', 'b'))).toEqual([
      { aspect: 'order', from: 1, a: 'install b', b: 'install c' },
    ]);
  });

  it('differ in their transaction by what only one of them has, as often as it has it', () => {
    expect(differences(solved('a', 'b', 'b'), solved('b', 'c'))).toEqual([
      {
        aspect: 'transaction',
        onlyA: { first: ['install a', 'install b'], total: 2 },
        onlyB: { first: ['install c'], total: 1 },
      },
    ]);
  });

  it('differ in outcome, and then in nothing that only one of them has', () => {
    const refused: Outcome = { status: 'unsolvable', problems: [], causes: { first: [], total: 0 } };
    expect(differences(solved('a'), refused)).toEqual([{ aspect: 'outcome', a: 'solved', b: 'unsolvable' }]);
  });

  it('differ in decisions though they come to the same', () => {
    const a = answered(solved('a'), { decisions: 7 });
    const b = answered(solved('a'), { decisions: 9 });
    expect(compareAnswers({ a, b })).toEqual({
      state: 'differs',
      differences: [{ aspect: 'decisions', a: 7, b: 9 }],
    });
  });

  it('are missing where a side failed, with the reason', () => {
    const trapped = { failed: 'unreachable executed' };
    expect(compareAnswers({ a: answered(solved('a')), b: trapped })).toEqual({
      state: 'missing',
      a: null,
      b: 'unreachable executed',
    });
    expect(movedCounts({ a: answered(solved('a')), b: trapped })).toEqual([]);
  });
});

describe('exact counts', () => {
  const work = { loadSolv: 10, whatprovides: 5, solve: 100, order: 1 };
  const one = { a: answered(solved('a'), { work }), b: answered(solved('a'), { work: { ...work, solve: 90 } }) };

  it('are named where they moved, by phase', () => {
    expect(movedCounts(one)).toEqual([{ metric: 'work.solve', a: 100, b: 90 }]);
  });

  it('are summed over the requests that both sides answered', () => {
    const totals = totalCounts([one, one, { a: one.a, b: { failed: 'trap' } }]);
    expect(totals.find(({ metric }) => metric === 'work.solve')).toEqual({ metric: 'work.solve', a: 200, b: 180 });
  });
});
