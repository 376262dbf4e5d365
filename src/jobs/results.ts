import { KeptFiles } from '#files';
import type { JobKey } from './job.js';

/** Where results of jobs are found again: plain values. */
export interface Results {
  /** Undefined where nobody has kept one, or what was kept is damaged. */
  find(key: JobKey): Promise<unknown>;
  keep(key: JobKey, result: unknown): Promise<void>;
}

/** Results as files, which outlive the process. */
export class ResultFiles implements Results {
  readonly #files: KeptFiles;

  constructor(directory: string) {
    this.#files = new KeptFiles(directory, 'json', 'results of jobs');
  }

  /** Files that were not what had been written. */
  get damaged(): number {
    return this.#files.damaged;
  }

  async find(key: JobKey): Promise<unknown> {
    const text = await this.#files.find(key);
    return text === null ? undefined : JSON.parse(text.toString());
  }

  keep(key: JobKey, result: unknown): Promise<void> {
    return this.#files.keep(key, JSON.stringify(result));
  }
}

/** Another place of results, and what was found or kept there meanwhile, by key. */
export class ResultsUsed implements Results {
  readonly #from: Results;
  readonly #used = new Map<JobKey, unknown>();

  constructor(from: Results) {
    this.#from = from;
  }

  async find(key: JobKey): Promise<unknown> {
    const found = await this.#from.find(key);
    if (found !== undefined) this.#used.set(key, found);
    return found;
  }

  async keep(key: JobKey, result: unknown): Promise<void> {
    await this.#from.keep(key, result);
    this.#used.set(key, result);
  }

  /** Sorted by key, so that it does not matter which job came first. */
  list(): Record<string, unknown> {
    return Object.fromEntries([...this.#used].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
