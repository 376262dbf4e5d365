import type { SolvableId } from './ids.js';
import type { Job } from './job.js';
import type { RuleInfo } from './rule.js';

/** Why a replacement would need the user's consent; more than one can hold. */
export type ReplaceReason = 'downgrade' | 'archChange' | 'vendorChange' | 'nameChange';

/** libsolv's SOLVER_SOLUTION_* (problems.h). */
export const solutionElements = {
  job: 0,
  distupgrade: -1,
  infarch: -2,
  best: -3,
  poolJob: -4,
  black: -5,
  strictRepoPriority: -6,
  erase: -100,
  replace: -101,
} as const;

/** One change of mind that a solution asks for. `text` is libsolv's sentence. */
export type SolutionElement =
  /** Give up a job; `index` is its place in the list given to `solve`. */
  | { readonly type: 'job'; readonly index: number; readonly job: Job; readonly text: string }
  /** Give up a job of the pool itself. */
  | { readonly type: 'poolJob'; readonly index: number; readonly text: string }
  /** Let an installed package go. */
  | { readonly type: 'erase'; readonly installed: SolvableId; readonly text: string }
  /** Take another package for an installed one although policy speaks against it. */
  | {
      readonly type: 'replace';
      readonly installed: SolvableId;
      readonly replacement: SolvableId;
      readonly reasons: readonly ReplaceReason[];
      readonly text: string;
    }
  /** Keep (or take) this package although a rule of that kind speaks against it. */
  | {
      readonly type: 'distupgrade' | 'infarch' | 'best' | 'black' | 'strictRepoPriority';
      readonly solvable: SolvableId;
      readonly text: string;
    }
  /** An element a newer libsolv added. */
  | { readonly type: 'other'; readonly raw: number; readonly text: string };

export interface ProblemSolution {
  readonly elements: readonly SolutionElement[];
}

/** One set of rules that cannot hold together, and the ways out. */
export interface Problem {
  /** The rule that libsolv thinks a person should hear of first. */
  readonly mainRule: RuleInfo;
  /** Every rule that takes part, with all of its reasons. */
  readonly rules: readonly RuleInfo[];
  readonly solutions: readonly ProblemSolution[];
  /** libsolv's sentence for the main rule. */
  readonly text: string;
}
