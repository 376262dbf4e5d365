import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { asOutputError, sha256Hex } from '#files';
import type { JobKey } from './job.js';

/** Where results of jobs are found again: plain values. */
export interface Results {
  /** Undefined where nobody has kept one, or what was kept is damaged. */
  find(key: JobKey): Promise<unknown>;
  keep(key: JobKey, result: unknown): Promise<void>;
}

/**
 * Results as files, which outlive the process. Each begins with the SHA-256 of the rest: what was torn or damaged is noticed, counted, and
 * made again.
 */
export class ResultFiles implements Results {
  readonly #directory: string;
  #written = 0;
  #damaged = 0;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Files that were not what had been written. */
  get damaged(): number {
    return this.#damaged;
  }

  async find(key: JobKey): Promise<unknown> {
    const file = this.#file(key);
    const kept = await readFile(file, 'utf8').catch(() => null);
    if (kept === null) return undefined;
    const end = kept.indexOf('\n');
    const text = kept.slice(end + 1);
    if (end > 0 && kept.slice(0, end) === sha256Hex(text)) {
      // Used now: a cache that is pruned loses first what nobody has used for longest.
      await utimes(file, new Date(), new Date()).catch(() => undefined);
      return JSON.parse(text);
    }
    this.#damaged += 1;
    await rm(file, { force: true }).catch(() => undefined);
    return undefined;
  }

  /** Whole or not at all; who keeps one twice keeps the same. */
  async keep(key: JobKey, result: unknown): Promise<void> {
    const file = this.#file(key);
    const text = JSON.stringify(result);
    this.#written += 1;
    const aside = `${file}.${process.pid}-${threadId}-${this.#written}`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(aside, `${sha256Hex(text)}\n${text}`);
      await rename(aside, file);
    } catch (error) {
      await rm(aside, { force: true }).catch(() => undefined);
      throw asOutputError(error, file, 'room for results of jobs');
    }
  }

  /** Not thousands of files in one directory. */
  #file(key: JobKey): string {
    return join(this.#directory, key.slice(0, 2), `${key}.json`);
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
