import { inShard, type JobCounts, type ShardNumber } from '#jobs';
import { growthPointSchema } from '#run-document';
import type { RunOptions } from '../run-options.js';
import { type PerformerOptions, withPerformer } from '../workers/performing.js';
import type { PlannedSeries } from './growth.js';
import { growthJob, isSynthetic } from './growth-jobs.js';

type ShardOptions = Omit<PerformerOptions, 'stayFree'> & {
  readonly growth: readonly PlannedSeries[];
  readonly remembered: NonNullable<RunOptions['remembered']>;
};

/** Does the jobs of one part of a sweep, and nothing else; the results are where the jobs keep them. */
export function runSweepShard({ growth, remembered, ...how }: ShardOptions, shard: ShardNumber): Promise<JobCounts> {
  return withPerformer({ ...how, stayFree: false }, async (perform) => {
    const jobs = remembered(perform);
    const own = growth.flatMap(({ points }) => points.filter(isSynthetic)).filter((_, at) => inShard(at, shard));
    await Promise.all(own.map((point) => jobs.run(growthJob(point), growthPointSchema)));
    return jobs.counts;
  });
}
