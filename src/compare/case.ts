import type { Counters, Outcome } from '#run-document';
import type { MachineInput, Request } from '#solve';

/** What one side makes of a request: an answer with its exact counts, or why there is none. */
export type Answered =
  | { readonly outcome: Outcome; readonly counters: Counters }
  | {
      readonly failed: string;
    };

/** A solve that can be timed. */
export interface TimedSolve {
  readonly machine: () => Promise<MachineInput>;
  readonly request: Request;
}

/** One request that both sides were asked. */
export interface ComparedCase {
  readonly scenario: string;
  readonly step: string;
  /** In zypper's words. */
  readonly request: string;
  readonly file: string | null;
  readonly rerun: string | null;
  readonly a: Answered;
  readonly b: Answered;
  /** What each side is timed at; null where there is nothing to time. Cases of one key are the same work, which is timed once. */
  readonly timed: { readonly key: string; readonly a: TimedSolve; readonly b: TimedSolve } | null;
}
