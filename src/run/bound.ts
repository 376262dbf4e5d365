import { AsyncLocalStorage } from 'node:async_hooks';
import { type Bound, defaultBound } from '#solve';

const chosen = new AsyncLocalStorage<Bound>();

/** Does work in which each request is bounded so; threads are told by their workshop's options. */
export function withBound<Result>(bound: Bound | null, work: () => Result): Result {
  return bound === null ? work() : chosen.run(bound, work);
}

/** What a request of this work may take. */
export function currentBound(): Bound {
  return chosen.getStore() ?? defaultBound;
}
