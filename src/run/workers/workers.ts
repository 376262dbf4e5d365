import { availableParallelism } from 'node:os';
import { InputError, type InputErrorCode } from '#errors';
import { type TaskInput, type TaskName, type TaskResult, tasks } from './tasks.js';
import { workerFile } from './worker-file.js';
import { openWorkshop, type Workshop, type WorkshopOptions } from './workshop.js';

/** What a thread answers: errors of the user's input as values. Anything else that goes wrong is thrown across. */
export type Answer<Result> =
  | { readonly value: Result }
  | { readonly refused: { readonly code: InputErrorCode; readonly message: string } };

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
    ? openThreads(jobs, options, onProgress)
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

async function openThreads(
  jobs: number,
  options: WorkshopOptions,
  onProgress: (what: string) => void,
): Promise<Workers> {
  // On demand: a single job needs no threads, and most commands no workers.
  const { Piscina } = await import('piscina');
  const pool = new Piscina({
    ...workerFile(new URL('./worker.js', import.meta.url)),
    workerData: options,
    minThreads: 1,
    maxThreads: jobs,
    // A worker keeps what it has read: it must not be replaced while there is work.
    idleTimeout: Number.POSITIVE_INFINITY,
    // Packaging makes many objects that soon die: with V8's default of 48 MB for young ones a third of the time went into collecting them. Below a
    // gigabyte for old ones V8 lets a heap double before it collects, above grow fourfold: that is twice the memory for nothing.
    resourceLimits: { maxYoungGenerationSizeMb: 96, maxOldGenerationSizeMb: 960 },
  });
  pool.on('message', onProgress);
  return {
    async run(name, input) {
      // What is sent to a thread comes back from the task of that name: `worker.ts` exports them one by one.
      // oxlint-disable-next-line typescript/no-unsafe-assignment
      const answer: Answer<TaskResult<typeof name>> = await pool.run(input, { name });
      if ('refused' in answer) throw new InputError(answer.refused.code, answer.refused.message);
      return answer.value;
    },
    close: () => pool.destroy(),
  };
}
