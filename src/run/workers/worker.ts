import { parentPort } from 'node:worker_threads';
import { workerData } from 'piscina';
import { withBound } from '../bound.js';
import { withLibsolv } from '../instances.js';
import { tasks } from './tasks.js';
import { type Answer, answered } from './threads.js';
import { openWorkshop, type Workshop, type WorkshopOptions } from './workshop.js';

/** The thread's side of `Workers`: one export for each task, under the task's name. */
// oxlint-disable-next-line typescript/no-unsafe-assignment -- `openWorkers` sends it
const options: WorkshopOptions = workerData;
const workshop = openWorkshop(options, (what) => parentPort?.postMessage(what));

function inThread<Input, Result>(task: (workshop: Workshop, input: Input) => Promise<Result>) {
  const solving = <Value>(work: () => Value): Value =>
    withBound(options.bound, () => withLibsolv(options.libsolv, work));
  return (input: Input): Promise<Answer<Result>> => answered(() => solving(() => task(workshop, input)));
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
