import type { z } from 'zod';
import { InputError } from '#errors';
import { type Job, type JobKey, jobKey } from './job.js';
import type { Results } from './results.js';

/** How far a list of jobs has come. */
export interface JobCounts {
  /** Jobs that were asked for, each once. */
  readonly asked: number;
  /** Results that were there before. */
  readonly found: number;
  /** Results that were made now. */
  readonly made: number;
}

export interface RememberedJobsOptions {
  /** Of the lab that does the work, see `jobKey`. */
  readonly identity: string;
  readonly results: Results;
  /** Does one job whose result nobody has; `key` is what the result will be known by. */
  readonly perform: (job: Job, key: JobKey) => Promise<unknown>;
  /** Hears of each result as it comes. */
  readonly onResult?: (counts: JobCounts) => void;
}

/** Does each job once: what is asked for twice, or was done by a process before this one, is found again. */
export class RememberedJobs {
  readonly #options: RememberedJobsOptions;
  readonly #running = new Map<JobKey, Promise<unknown>>();
  #found = 0;
  #made = 0;

  constructor(options: RememberedJobsOptions) {
    this.#options = options;
  }

  get counts(): JobCounts {
    return { asked: this.#running.size, found: this.#found, made: this.#made };
  }

  /**
   * The result, as a schema reads it: what comes from a file or a queue is input like any other.
   *
   * @throws InputError where the work is refused, or its result is not what this lab makes
   */
  async run<Result>(job: Job, schema: z.ZodType<Result>): Promise<Result> {
    const key = jobKey(this.#options.identity, job);
    let running = this.#running.get(key);
    if (running === undefined) {
      running = this.#do(job, key, schema);
      this.#running.set(key, running);
    }
    return schema.parse(await running);
  }

  async #do(job: Job, key: JobKey, schema: z.ZodType): Promise<unknown> {
    const { results, perform, onResult } = this.#options;
    const kept = schema.safeParse(await results.find(key));
    if (kept.success) {
      this.#found += 1;
      onResult?.(this.counts);
      return kept.data;
    }
    const made = await perform(job, key);
    if (!schema.safeParse(made).success) {
      throw new InputError('invalid', `the result of a job ${job.kind} is not what this lab makes`, {
        hint: 'workers on a queue must be of the same lab',
      });
    }
    await results.keep(key, made);
    this.#made += 1;
    onResult?.(this.counts);
    return made;
  }
}
