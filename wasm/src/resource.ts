import { SolvError } from './errors.js';
import type { Instance } from './instance.js';

/** What can still be freed after its JavaScript object was forgotten: it must not refer to that object. */
export interface ReleasableState {
  /** Frees it in C, children first. Doing so again does nothing. */
  release(): void;
  /** Marks it as gone without touching C, because the whole instance is gone. */
  abandon(): void;
}

// Frees what the caller forgot to dispose of. Its work must not show in the work counter, which would then depend on
// when the garbage collector runs.
const forgotten = new FinalizationRegistry<Resource>((resource) => resource.releaseUncounted());

/** How often a pool has changed. What was made of it before a change has ids and tables that C no longer keeps in step. */
export class Generation {
  #number = 0;

  get current(): number {
    return this.#number;
  }

  next(): void {
    this.#number += 1;
  }
}

/** A C object with an owner: pool, solver, transaction. */
export class Resource implements ReleasableState {
  readonly instance: Instance;
  readonly children = new Set<ReleasableState>();
  readonly #siblings: Set<ReleasableState>;
  readonly #what: string;
  readonly #free: string;
  readonly #handle: number;
  readonly #pool: Generation | null;
  #born: number;
  #gone = false;

  /**
   * `free` is the exported function that frees `handle`; `siblings` the set the owner keeps; `pool` for what is made of a pool and of no
   * use once that has changed.
   */
  constructor(
    instance: Instance,
    siblings: Set<ReleasableState>,
    what: string,
    free: string,
    handle: number,
    pool: Generation | null = null,
  ) {
    this.instance = instance;
    this.#siblings = siblings;
    this.#what = what;
    this.#free = free;
    this.#handle = handle;
    this.#pool = pool;
    this.#born = pool?.current ?? 0;
    siblings.add(this);
  }

  /** From now on a forgotten `owner` is freed at some time after it was collected. */
  guard(owner: object): void {
    forgotten.register(owner, this, this);
  }

  /** The C address, for calls; throws once it is gone or stale. */
  get handle(): number {
    if (this.#gone) throw new SolvError('disposed', `this ${this.#what} was disposed of`);
    if (this.#pool !== null && this.#pool.current !== this.#born) {
      throw new SolvError('misuse', `the pool changed after this ${this.#what} was made: create a new solver`);
    }
    return this.#handle;
  }

  /** C has brought it up to date with its pool. */
  renew(): void {
    this.#born = this.#pool?.current ?? 0;
  }

  release(): void {
    if (this.#gone) return;
    for (const child of this.children) child.release();
    if (!this.instance.dead) this.instance.call(this.#free, this.#handle);
    this.#leave();
  }

  abandon(): void {
    for (const child of this.children) child.abandon();
    this.#leave();
  }

  releaseUncounted(): void {
    if (this.#gone || this.instance.dead) return;
    this.instance.call('shim_pause_work', 1);
    this.release();
    this.instance.call('shim_pause_work', 0);
  }

  #leave(): void {
    this.#gone = true;
    this.children.clear();
    this.#siblings.delete(this);
    forgotten.unregister(this);
  }
}
