import type { JobQueue } from './client.js';
import type { QueuePlace } from './connection.js';
import type { QueueWorkerOptions } from './worker.js';

// BullMQ and its client of Redis are read only by who uses a queue: every other command would wait for them.

/** See `client.ts`. @throws InputError */
export async function openQueue(place: QueuePlace, identity: string): Promise<JobQueue> {
  const client = await import('./client.js');
  return client.openQueue(place, identity);
}

/** See `worker.ts`. @throws InputError */
export async function workOnQueue(place: QueuePlace, options: QueueWorkerOptions): Promise<number> {
  const worker = await import('./worker.js');
  return worker.workOnQueue(place, options);
}
