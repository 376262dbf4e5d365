import { parentPort } from 'node:worker_threads';
import { workerData } from 'piscina';
import { InputError } from '#errors';
import { withBound } from '../bound.js';
import { withLibsolv } from '../instances.js';
import { tasks } from './tasks.js';
import type { Answer } from './workers.js';
import { openWorkshop, type Workshop, type WorkshopOptions } from './workshop.js';

/** The thread's side of `Workers`: one export for each task, under the task's name. */
// oxlint-disable-next-line typescript/no-unsafe-assignment -- `openThreads` sends it
const options: WorkshopOptions = workerData;
const workshop = openWorkshop(options, (what) => parentPort?.postMessage(what));

function inThread<Input, Result>(task: (workshop: Workshop, input: Input) => Promise<Result>) {
  return async (input: Input): Promise<Answer<Result>> => {
    try {
      return { value: await withBound(options.bound, () => withLibsolv(options.libsolv, () => task(workshop, input))) };
    } catch (cause) {
      // An error loses its class on the way between threads; one that is a bug keeps what matters, its stack.
      if (cause instanceof InputError) return { refused: { code: cause.code, message: cause.message } };
      throw cause;
    }
  };
}

export const prepare = inThread(tasks.prepare);
export const scenario = inThread(tasks.scenario);
export const answer = inThread(tasks.answer);
export const facts = inThread(tasks.facts);
export const growthPoint = inThread(tasks.growthPoint);
export const comparison = inThread(tasks.comparison);
export const updates = inThread(tasks.updates);
export const publish = inThread(tasks.publish);
export const machines = inThread(tasks.machines);
