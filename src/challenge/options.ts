import { type PromiseId, promiseIds } from '#run-document';

/** What histories are drawn and held to. */
export interface ChallengeOptions {
  readonly seed: number;
  /** Histories to try, by their number: from `first` on so many. The same seed and number is the same history, whatever else is tried. */
  readonly first: number;
  readonly histories: number;
  /** Requests of a history, the installation included. */
  readonly requests: number;
  /** Promises to hold a design to. */
  readonly promises: readonly PromiseId[];
}

/** Promises that a random history can be held to: there is no monolithic kernel beside it to compare with. */
export const challengePromises: readonly PromiseId[] = promiseIds.filter((id) => id !== 'noMoreDownload');
