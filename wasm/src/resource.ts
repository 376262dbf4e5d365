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

/** A C object with an owner: pool, solver, transaction. */
export class Resource implements ReleasableState {
  readonly instance: Instance;
  readonly children = new Set<ReleasableState>();
  readonly #siblings: Set<ReleasableState>;
  readonly #what: string;
  readonly #free: string;
  readonly #handle: number;
  #gone = false;

  /** `free` is the exported function that frees `handle`; `siblings` the set the owner keeps. */
  constructor(instance: Instance, siblings: Set<ReleasableState>, what: string, free: string, handle: number) {
    this.instance = instance;
    this.#siblings = siblings;
    this.#what = what;
    this.#free = free;
    this.#handle = handle;
    siblings.add(this);
  }

  /** From now on a forgotten `owner` is freed at some time after it was collected. */
  guard(owner: object): void {
    forgotten.register(owner, this, this);
  }

  /** The C address, for calls; throws once it is gone. */
  get handle(): number {
    if (this.#gone) throw new SolvError('disposed', `this ${this.#what} was disposed of`);
    return this.#handle;
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
