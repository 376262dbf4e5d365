import type { Counterexample, PromiseId } from '#run-document';
import type { SmallScenario } from '#scorecard';
import type { Edit } from './edits-file.js';

export interface SearchOptions {
  /** The design to begin with. */
  readonly from: string;
  readonly edits: readonly Edit[];
  /** Promises that a design must keep. */
  readonly promises: readonly PromiseId[];
  /** Scenarios on parts of kernels, each of which every design must keep them in. */
  readonly scenarios: readonly SmallScenario[];
  /** Random histories that a design which keeps them there is put to besides. */
  readonly histories: number;
  readonly seed: number;
  /** Whether what the designs that are found cost is counted on whole kernels. */
  readonly costs: boolean;
  /** Where `scenarios/` lies. */
  readonly root: string;
  readonly jobs: number;
  readonly onProgress: (what: string) => void;
  readonly onCount: (count: { readonly done: number; readonly total: number }) => void;
}

/** Why a design is none to choose. */
export type ThrownOut =
  /** The smallest scenario among those tried until then. */
  | { readonly status: 'thrownOut'; readonly promise: PromiseId; readonly counterexample: Counterexample }
  /** It packages no kernel, or libsolv dies of it: the error says in which scenario. */
  | { readonly status: 'refused'; readonly error: string };
