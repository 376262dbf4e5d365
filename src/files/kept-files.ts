import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { sha256Hex } from './hash.js';
import { asOutputError } from './read.js';

/**
 * What a cache keeps, as files that outlive the process, by a key that says all that their content depends on. Each begins with the SHA-256
 * of the rest: what was torn or damaged is noticed, counted, and made again.
 */
export class KeptFiles {
  readonly #directory: string;
  readonly #extension: string;
  /** What a file is, in words, for whoever has no room for it. */
  readonly #meaning: string;
  #written = 0;
  #damaged = 0;

  constructor(directory: string, extension: string, meaning: string) {
    this.#directory = directory;
    this.#extension = extension;
    this.#meaning = meaning;
  }

  /** Files that were not what had been written. */
  get damaged(): number {
    return this.#damaged;
  }

  /** Null where nobody has kept one, or what was kept is damaged. */
  async find(key: string): Promise<Buffer | null> {
    const file = this.#file(key);
    const kept = await readFile(file).catch(() => null);
    if (kept === null) return null;
    const end = kept.indexOf('\n');
    const content = kept.subarray(end + 1);
    if (end > 0 && kept.toString('latin1', 0, end) === sha256Hex(content)) {
      // Used now: a cache that is pruned loses first what nobody has used for longest.
      await utimes(file, new Date(), new Date()).catch(() => undefined);
      return content;
    }
    this.#damaged += 1;
    await rm(file, { force: true }).catch(() => undefined);
    return null;
  }

  /** Whole or not at all; who keeps one twice keeps the same. @throws InputError where there is no room */
  async keep(key: string, content: string | Uint8Array): Promise<void> {
    const file = this.#file(key);
    this.#written += 1;
    const aside = `${file}.${process.pid}-${threadId}-${this.#written}`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(aside, Buffer.concat([Buffer.from(`${sha256Hex(content)}\n`), Buffer.from(content)]));
      await rename(aside, file);
    } catch (error) {
      await rm(aside, { force: true }).catch(() => undefined);
      throw asOutputError(error, file, `room for ${this.#meaning}`);
    }
  }

  /** Not thousands of files in one directory. */
  #file(key: string): string {
    return join(this.#directory, key.slice(0, 2), `${key}.${this.#extension}`);
  }
}
