import type { PromiseId } from '#run-document';
import type { Attempt } from './attempt.js';
import type { Excuse } from './excuse.js';

export type PromiseCounts = Readonly<Record<'kept' | 'broken' | 'notApplicable' | 'notJudged', number>>;

/** What became of many histories. */
export interface ChallengeCounts {
  readonly histories: number;
  readonly requests: number;
  /** Requests that had no solution. */
  readonly unsolvable: number;
  /** Requests for which libsolv trapped or ran out of memory. */
  readonly noAnswer: number;
  /** Of all requests, each promise by what became of it; broken are those that some answer would have kept. */
  readonly promises: Readonly<Partial<Record<PromiseId, PromiseCounts>>>;
  /** Broken promises that no answer could have kept, by reason. */
  readonly excused: Readonly<Record<Excuse, number>>;
}

const none: PromiseCounts = { kept: 0, broken: 0, notApplicable: 0, notJudged: 0 };

export const nothingCounted: ChallengeCounts = {
  histories: 0,
  requests: 0,
  unsolvable: 0,
  noAnswer: 0,
  promises: {},
  excused: { notBuilt: 0, locked: 0, vendor: 0 },
};

export function countsOf({ steps, unsolvable, noAnswer, judged, excused }: Attempt): ChallengeCounts {
  const promises: Partial<Record<PromiseId, PromiseCounts>> = {};
  for (const { promise, status } of judged) {
    const counts = promises[promise] ?? none;
    promises[promise] = { ...counts, [status]: counts[status] + 1 };
  }
  const reasons = { ...nothingCounted.excused };
  for (const { excuse } of excused) reasons[excuse] += 1;
  return {
    histories: 1,
    requests: steps,
    unsolvable,
    noAnswer,
    promises,
    excused: reasons,
  };
}

export function added(some: ChallengeCounts, more: ChallengeCounts): ChallengeCounts {
  const promises: Partial<Record<PromiseId, PromiseCounts>> = { ...some.promises };
  for (const [id, counts] of Object.entries(more.promises)) {
    // Keys of an object are texts to the compiler.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const promise = id as PromiseId;
    promises[promise] = summed(promises[promise] ?? none, counts);
  }
  return {
    histories: some.histories + more.histories,
    requests: some.requests + more.requests,
    unsolvable: some.unsolvable + more.unsolvable,
    noAnswer: some.noAnswer + more.noAnswer,
    promises,
    excused: summed(some.excused, more.excused),
  };
}

function summed<Key extends string>(
  some: Readonly<Record<Key, number>>,
  more: Readonly<Record<Key, number>>,
): Readonly<Record<Key, number>> {
  const total: Record<Key, number> = { ...some };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  for (const key of Object.keys(more) as Key[]) total[key] += more[key];
  return total;
}
