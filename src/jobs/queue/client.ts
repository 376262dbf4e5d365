import { Queue, Job as QueuedJob, QueueEvents } from 'bullmq';
import type { Job, JobKey } from '../job.js';
import { connectQueue, type QueuePlace } from './connection.js';
import { acceptedValue, answerSchema, queueOf } from './message.js';

/** Has jobs done by whoever works on a queue. */
export interface JobQueue {
  /** The result of a job, once a worker has done it. @throws InputError where it is refused, or the queue is gone for good */
  perform(job: Job, key: JobKey): Promise<unknown>;
  close(): Promise<void>;
}

/** Events can be lost with the connection: what is still awaited is looked at again so often. */
const lookAgainMs = 2000;

/** Results stay a day, for a client that was ended and comes again. */
const keepSeconds = 24 * 3600;

const ignore = (): void => undefined;

interface Awaited {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** @throws InputError */
export async function openQueue(place: QueuePlace, identity: string): Promise<JobQueue> {
  const connection = connectQueue(place);
  const name = queueOf(identity);
  const queue = new Queue(name, { connection: connection.redis });
  const events = new QueueEvents(name, { connection: connection.redis });
  // Of a connection that fails `connection` tells.
  queue.on('error', ignore);
  events.on('error', ignore);
  const awaited = new Map<string, Awaited>();

  const settle = (key: string, how: (waiting: Awaited) => void): void => {
    const waiting = awaited.get(key);
    awaited.delete(key);
    if (waiting !== undefined) how(waiting);
  };
  const fail = (key: string, why: string): void =>
    settle(key, ({ reject }) => reject(new Error(`kmplab bug: a worker failed: ${why}`)));
  const look = async (key: string): Promise<void> => {
    const job = await QueuedJob.fromId(queue, key);
    if (job === undefined || !(await job.isCompleted())) return;
    settle(key, ({ resolve, reject }) => {
      try {
        resolve(acceptedValue(answerSchema.parse(job.returnvalue)));
      } catch (error) {
        reject(error);
      }
    });
  };
  const lookAtAll = async (): Promise<void> => {
    for (const key of awaited.keys()) await look(key);
  };
  events.on('completed', ({ jobId }) => void look(jobId).catch(ignore));
  events.on('failed', ({ jobId, failedReason }) => fail(jobId, failedReason));
  const timer = setInterval(() => void lookAtAll().catch(ignore), lookAgainMs);
  connection.gone.catch((error: unknown) => {
    for (const key of [...awaited.keys()]) settle(key, ({ reject }) => reject(error));
  });
  const close = async (): Promise<void> => {
    clearInterval(timer);
    await connection.close([events, queue]);
  };
  try {
    await Promise.race([connection.gone, queue.waitUntilReady().then(() => events.waitUntilReady())]);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    perform({ kind, input }, key) {
      return new Promise((resolve, reject) => {
        awaited.set(key, { resolve, reject });
        // The same key is the same job: asked for twice, by whomever, it is done once.
        const options = { jobId: key, removeOnComplete: { age: keepSeconds }, removeOnFail: true };
        queue
          .add(kind, { kind, input }, options)
          .then(() => look(key), reject)
          .catch(ignore);
      });
    },
    close,
  };
}
