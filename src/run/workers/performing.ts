import { withScratch } from '#files';
import type { Job } from '#jobs';
import type { Bound, LibsolvModules } from '#solve';
import { withBound } from '../bound.js';
import { performGrowthJob } from '../growth/growth-jobs.js';
import { withLibsolv } from '../instances.js';
import { CountedWorkers, type OnCount } from './counted-workers.js';
import { openWorkers } from './workers.js';

export interface PerformerOptions {
  /** Files below this directory are named relative to it. */
  readonly root: string;
  /** Jobs beside each other. */
  readonly jobs: number;
  /** Whether this thread stays free meanwhile, so that it can say that it is alive. */
  readonly stayFree: boolean;
  readonly libsolv: LibsolvModules | null;
  readonly bound: Bound;
  readonly onProgress: (what: string) => void;
  readonly onCount?: OnCount;
}

/** Something that does jobs, for as long as `use` takes. */
export async function withPerformer<Result>(
  { root, jobs, stayFree, libsolv, bound, onProgress, onCount = () => undefined }: PerformerOptions,
  use: (perform: (job: Job) => Promise<unknown>) => Promise<Result>,
): Promise<Result> {
  const solving = <Value>(work: () => Value): Value => withBound(bound, () => withLibsolv(libsolv, work));
  return solving(() =>
    withScratch(async (store) => {
      const workshop = { store, root, keepSolves: false, measureZstd: false, libsolv, bound };
      const threads = await openWorkers(jobs, workshop, onProgress, stayFree ? 'always' : 'if several');
      const workers = new CountedWorkers(threads, onCount);
      try {
        return await use((job) => performGrowthJob(workers, job));
      } finally {
        await workers.close();
      }
    }),
  );
}
