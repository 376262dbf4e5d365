import { describe, expect, it } from 'vitest';
import type { PromiseResult } from '#run-document';
import { judgeExpectations } from '../../src/run/scenario/expectations.js';
import { step } from '../support/run-document/step.js';

const outcome = { status: 'solved' as const, steps: [], recommendedNotInstalled: [], orphaned: [], unknown: [] };
const promises: PromiseResult[] = [
  { promise: 'rootMounted', status: 'kept' },
  { promise: 'driverAlone', status: 'broken', total: 1, evidence: [{ kind: 'unsolvable' }] },
  { promise: 'vendorReplaces', status: 'notApplicable', why: 'noVendor' },
  { promise: 'againNothing', status: 'notJudged', why: 'notTriedAgain' },
];

describe('a promise that a scenario expects', () => {
  const judged = (expected: Parameters<typeof judgeExpectations>[0]['promises']) =>
    judgeExpectations({ promises: expected }, step('s', 'zypper up', outcome, { promises }))
      .filter(({ aspect }) => aspect.startsWith('promises.'))
      .map(({ aspect, found, passed }) => [aspect, found, passed]);

  it('is held against the judgement of src/promise, and against no other one', () => {
    expect(judged({ rootMounted: 'kept', driverAlone: 'broken' })).toEqual([
      ['promises.rootMounted', { is: 'kept' }, true],
      ['promises.driverAlone', { is: 'broken' }, true],
    ]);
    expect(judged({ rootMounted: 'broken', driverAlone: 'kept' }).map(([, , passed]) => passed)).toEqual([
      false,
      false,
    ]);
    expect(judged(undefined)).toEqual([]);
  });

  it('is missed where nobody could judge it, or where it says nothing of the step', () => {
    expect(judged({ vendorReplaces: 'kept', againNothing: 'broken' })).toEqual([
      ['promises.vendorReplaces', { is: 'notApplicable' }, false],
      ['promises.againNothing', { is: 'notJudged' }, false],
    ]);
  });
});
