import { instanceDied, type Libsolv, type LibsolvModules } from '#solve';
import { freshInstance } from '../instances.js';

/** Pieces of work that one instance does: what libsolv's allocator does not give back stays small. */
const usesMax = 2000;

/** An instance of libsolv for one piece of work after the other, each of which disposes of its pool. */
export class KeptInstance {
  readonly #build: keyof LibsolvModules;
  #libsolv: Libsolv | null = null;
  #uses = 0;

  constructor(build: keyof LibsolvModules = 'release') {
    this.#build = build;
  }

  /** An instance that died is replaced; only where a fresh one dies of the same work is that the work's fault. */
  async use<Result>(work: (libsolv: Libsolv) => Result): Promise<Result> {
    if (this.#uses >= usesMax || this.#libsolv?.dead === true) this.dispose();
    const isFresh = this.#libsolv === null;
    try {
      return work(await this.#instance());
    } catch (cause) {
      if (!instanceDied(cause)) throw cause;
      this.dispose();
      if (isFresh) throw cause;
      return work(await this.#instance());
    }
  }

  dispose(): void {
    this.#libsolv?.dispose();
    this.#libsolv = null;
  }

  async #instance(): Promise<Libsolv> {
    if (this.#libsolv === null) {
      this.#libsolv = await freshInstance({ build: this.#build });
      this.#uses = 0;
    }
    this.#uses += 1;
    return this.#libsolv;
  }
}
