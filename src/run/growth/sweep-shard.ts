import { withScratch } from '#files';
import { inShard, type JobCounts, type ShardNumber } from '#jobs';
import { growthPointSchema } from '#run-document';
import type { Bound, LibsolvModules } from '#solve';
import { withBound } from '../bound.js';
import { withLibsolv } from '../instances.js';
import type { RunOptions } from '../run-options.js';
import { CountedWorkers } from '../workers/counted-workers.js';
import { openWorkers } from '../workers/workers.js';
import type { PlannedSeries } from './growth.js';
import { growthJob, isSynthetic, performGrowthJob } from './growth-jobs.js';

type ShardOptions = Pick<RunOptions, 'root' | 'jobs' | 'onProgress' | 'onCount'> & {
  readonly libsolv: LibsolvModules | null;
  readonly bound: Bound;
  readonly growth: readonly PlannedSeries[];
  readonly remembered: NonNullable<RunOptions['remembered']>;
};

/** Does the jobs of one part of a sweep, and nothing else; the results are where the jobs keep them. */
export async function runSweepShard(options: ShardOptions, shard: ShardNumber): Promise<JobCounts> {
  const { root, jobs, libsolv, bound, onProgress, growth, remembered } = options;
  const solving = <Result>(work: () => Result) => withBound(bound, () => withLibsolv(libsolv, work));
  return solving(() =>
    withScratch(async (store) => {
      const workshop = { store, root, keepSolves: false, measureZstd: false, libsolv, bound };
      const workers = new CountedWorkers(
        await openWorkers(jobs, workshop, onProgress),
        options.onCount ?? (() => undefined),
      );
      try {
        const all = remembered((job) => performGrowthJob(workers, job));
        const own = sweepPoints(growth).filter((_, position) => inShard(position, shard));
        await Promise.all(own.map((point) => all.run(growthJob(point), growthPointSchema)));
        return all.counts;
      } finally {
        await workers.close();
      }
    }),
  );
}

/** In the order in which parts take turns. */
function sweepPoints(growth: readonly PlannedSeries[]) {
  return growth.flatMap(({ points }) => points.filter(isSynthetic));
}
