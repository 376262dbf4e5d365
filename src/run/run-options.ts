import type { RememberedJobs, RememberedJobsOptions } from '#jobs';
import type { Bound, LibsolvModules } from '#solve';
import type { PlannedSeries } from './growth/growth.js';
import type { OnCount } from './workers/counted-workers.js';

/** What a run is asked for. */
export interface RunOptions {
  readonly name: string;
  /** Scenarios and histories. */
  readonly files: readonly string[];
  /** Run every scenario under each of these, to compare them; empty: each under its own, histories under theirs. */
  readonly schemes: readonly string[];
  /** Hardware profiles that histories run on; empty: all that come along. */
  readonly profiles: readonly string[];
  /** Files below this directory are named relative to it, so that the document is the same wherever the checkout lies. */
  readonly root: string;
  /** Samples of each phase; 0 measures no time and leaves only exact results. */
  readonly samples: number;
  /** Workers that make the exact results, which do not depend on their number; 1: this thread. */
  readonly jobs: number;
  /** The growth series; null leaves growth out. */
  readonly growth: readonly PlannedSeries[] | null;
  readonly seed: number;
  /** Where results of jobs are found again; null does all work anew. Nothing is found where time is measured, which needs the work itself. */
  readonly remembered?: Remembering | null;
  /** Which libsolv solves; by default the lab's own. */
  readonly libsolv?: LibsolvModules | null;
  /** What a request may take; generous unless given. */
  readonly bound?: Bound;
  readonly kmplab: { readonly version: string; readonly commit: string | null };
  readonly onProgress: (what: string) => void;
  /** How far the exact results are. */
  readonly onCount?: OnCount;
}

/** Gives the jobs of a run, from what does one of them in this process. */
export type Remembering = (perform: RememberedJobsOptions['perform']) => RememberedJobs;
