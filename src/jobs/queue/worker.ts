import { Worker } from 'bullmq';
import { type Job, jobKey } from '../job.js';
import { connectQueue, type QueuePlace } from './connection.js';
import { answerOf, type JobAnswer, messageSchema, queueOf } from './message.js';

export interface QueueWorkerOptions {
  readonly identity: string;
  /** Jobs beside each other. */
  readonly jobs: number;
  readonly perform: (job: Job) => Promise<unknown>;
  /** Hears of each job that was done. */
  readonly onDone: (done: number) => void;
  /** Ends when there was nothing to do for so long; null: never. */
  readonly idleMs: number | null;
  /** For how long a job belongs to a worker that gives no sign of life. */
  readonly lockMs?: number;
}

const lockMsDefault = 30_000;

/**
 * Does jobs of a queue until nothing is left to do. A worker that dies has its job done again by another one, once: a job that ends two
 * workers is reported to whoever waits for it.
 *
 * @returns how many jobs were done
 * @throws InputError where the queue is gone for good
 */
export async function workOnQueue(
  place: QueuePlace,
  { identity, jobs, perform, onDone, idleMs, lockMs = lockMsDefault }: QueueWorkerOptions,
): Promise<number> {
  const connection = connectQueue(place);
  let done = 0;
  let running = 0;
  let idleSince = performance.now();
  const answer = async (id: string | undefined, data: unknown): Promise<JobAnswer> => {
    const job = messageSchema.parse(data);
    if (jobKey(identity, job) !== id) throw new Error('a job on the queue is not under its own key');
    running += 1;
    try {
      const result = await answerOf(() => perform(job));
      done += 1;
      onDone(done);
      return result;
    } finally {
      running -= 1;
      idleSince = performance.now();
    }
  };
  const worker = new Worker(queueOf(identity), (job) => answer(job.id, job.data), {
    connection: connection.redis,
    concurrency: jobs,
    lockDuration: lockMs,
    stalledInterval: lockMs,
    maxStalledCount: 1,
  });
  worker.on('error', () => undefined);
  try {
    await Promise.race([connection.gone, untilIdle(() => (running > 0 ? 0 : performance.now() - idleSince), idleMs)]);
    return done;
  } finally {
    await connection.close([{ close: () => worker.close(true) }]);
  }
}

/** Resolves once nothing was done for `idleMs`. */
function untilIdle(idleFor: () => number, idleMs: number | null): Promise<void> {
  return new Promise((resolve) => {
    if (idleMs === null) return;
    const timer = setInterval(
      () => {
        if (idleFor() < idleMs) return;
        clearInterval(timer);
        resolve();
      },
      Math.min(200, idleMs),
    );
  });
}
