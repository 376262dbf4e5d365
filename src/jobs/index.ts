export { type Job, type JobKey, jobKey, jobKeySchema } from './job.js';
export type { JobQueue } from './queue/client.js';
export type { QueuePlace } from './queue/connection.js';
export { openQueue, workOnQueue } from './queue/on-demand.js';
export type { QueueWorkerOptions } from './queue/worker.js';
export { type JobCounts, RememberedJobs, type RememberedJobsOptions } from './remembered.js';
export { ResultFiles, type Results, ResultsUsed } from './results.js';
export { inShard, mergedShards, parseShard, readShard, type Shard, type ShardNumber } from './shard.js';
