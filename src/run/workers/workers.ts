import { availableParallelism } from 'node:os';
import { type TaskInput, type TaskName, type TaskResult, tasks } from './tasks.js';
import { openThreads } from './threads.js';
import { openWorkshop, type Workshop, type WorkshopOptions } from './workshop.js';

/** Does tasks, in any order, and is closed when there are no more. */
export interface Workers {
  run<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskResult<Name>>;
  close(): Promise<void>;
}

/**
 * Workers in threads of their own, or none: with one job everything is done in this thread, one task after the other. `always` has threads
 * also then, where this one must stay free to answer.
 */
export async function openWorkers(
  jobs: number,
  options: WorkshopOptions,
  onProgress: (what: string) => void,
  threads: 'always' | 'if several' = 'if several',
): Promise<Workers> {
  return jobs > 1 || threads === 'always'
    ? inThreads(jobs, options, onProgress)
    : new ThisThread(openWorkshop(options, onProgress));
}

/**
 * What a worker may come to: ten kernel builds and a repository of each under one scheme (11 and 20 MB each, measured), an instance of
 * libsolv with all of them, and the garbage in between.
 */
const workerBytes = 600e6;

/** As many workers as there are processors, and as fit into half of the memory that is free. */
export function defaultJobs(): number {
  const byMemory = Math.floor(process.availableMemory() / 2 / workerBytes);
  return Math.max(1, Math.min(availableParallelism(), byMemory));
}

class ThisThread implements Workers {
  readonly #workshop: Workshop;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(workshop: Workshop) {
    this.#workshop = workshop;
  }

  run<Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskResult<Name>> {
    const table: { [One in TaskName]: (workshop: Workshop, input: TaskInput<One>) => Promise<TaskResult<One>> } = tasks;
    const done = this.#last.then(() => {
      if (this.#closed) throw new Error('kmplab bug: these workers were closed');
      return table[name](this.#workshop, input);
    });
    // What failed is the caller's news; those that wait must not fail with it.
    this.#last = done.catch(() => undefined);
    return done;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
  }
}

async function inThreads(jobs: number, options: WorkshopOptions, onProgress: (what: string) => void): Promise<Workers> {
  const threads = await openThreads(new URL('./worker.js', import.meta.url), { jobs, data: options, onProgress });
  return {
    run: <Name extends TaskName>(name: Name, input: TaskInput<Name>) => threads.run<TaskResult<Name>>(name, input),
    close: () => threads.close(),
  };
}
