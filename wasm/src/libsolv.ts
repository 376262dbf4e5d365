import { SolvError } from './errors.js';
import { Instance } from './instance.js';
import { findModule, type ModuleSource, readBuildRecord } from './module.js';
import { Pool, type PoolOptions } from './pool.js';
import type { ReleasableState } from './resource.js';
import type { Counters } from './statistics.js';
import { Testcase } from './testcase.js';
import type { Version } from './version.js';

export interface LoadOptions {
  /** `counting` is slower and counts executed control-flow edges. Default `release`. */
  readonly build?: 'release' | 'counting';
  /** The most memory this instance may take. Default 2 GiB; at most 4 GiB. */
  readonly memoryMaxBytes?: number;
  /** The most bytes one compressed input may unpack to. Default 1 GiB. */
  readonly unpackedBytesMax?: number;
  /** Not to begin in the zeroed memory of an ended instance: for measuring with the page faults of memory that nobody has used. */
  readonly newMemory?: boolean;
  /**
   * To have all of the module go through V8's optimising compiler before `load` resolves, so that a first solve is as fast as later ones.
   * Sets two flags of V8 (`--no-liftoff`, `--no-wasm-lazy-compilation`) for the whole process: for programs that own theirs. Default
   * false; the README has what that costs. Without effect outside of Node.js, and on a module that is handed over compiled.
   */
  readonly compileEagerly?: boolean;
  /**
   * Another module than the two of this package: its bytes, compiled, or its URL. Several can be loaded in one process; `version()` tells
   * them apart. One that is read from a URL is compiled once per process.
   */
  readonly module?: ModuleSource;
}

const gibibyte = 2 ** 30;

/** Compiles the module (once per build and process) and starts an instance of it. */
export async function load(options: LoadOptions = {}): Promise<Libsolv> {
  const module = await findModule(options.module ?? options.build ?? 'release', options.compileEagerly ?? false);
  const instance = new Instance(module, options.memoryMaxBytes ?? 2 * gibibyte, options.newMemory ? 'new' : 'any');
  instance.call('shim_set_unpack_limit', options.unpackedBytesMax ?? gibibyte);
  return new Libsolv(module, instance);
}

/** One instance of libsolv with its own memory. Instances share nothing but compiled code. */
export class Libsolv {
  readonly #instance: Instance;
  readonly #module: WebAssembly.Module;
  readonly #pools = new Set<ReleasableState>();

  /** @internal */
  constructor(module: WebAssembly.Module, instance: Instance) {
    this.#module = module;
    this.#instance = instance;
  }

  /** What is inside, and where it came from. */
  version(): Version {
    return readBuildRecord(this.#module).version;
  }

  createPool(options: PoolOptions): Pool {
    return Pool.create(this.#instance, this.#pools, options);
  }

  /**
   * A second instance that begins as this one is now, byte for byte, counters included, and the pool in it that `pool` is here. What
   * happens in one of them the other never sees: repositories that many questions share are read once, and each question has a pool that no
   * other has touched. Solvers stay behind. Copying takes as long as the memory is large. `last`: an earlier fork that is no longer
   * needed; it is disposed of, and its memory used again, which would else wait for the garbage collector.
   */
  fork(pool: Pool, last: Libsolv | null = null): { readonly libsolv: Libsolv; readonly pool: Pool } {
    if (last === this || (last !== null && last.#module !== this.#module)) {
      throw new SolvError('misuse', 'the memory of a fork is used again by a fork of the same instance only');
    }
    if (last !== null) last.#abandonPools();
    const instance = this.#instance.fork(last === null ? null : last.#instance);
    const libsolv = new Libsolv(this.#module, instance);
    return { libsolv, pool: pool.inFork(this.#instance, instance, libsolv.#pools) };
  }

  /**
   * Opens a libsolv testcase: `name` is its file among `files`, which also holds the repositories and results it refers to, by
   * their names relative to it. They may be compressed.
   */
  openTestcase(name: string, files: ReadonlyMap<string, Uint8Array>): Testcase {
    return new Testcase(this.#instance, this.#pools, name, files);
  }

  counters(): Counters {
    const reply = this.#instance.ask('shim_counters', []);
    const heapBytes = reply.wide();
    const heapBytesMax = reply.wide();
    const counts = reply.int() === 1;
    const work = reply.wide();
    return { heapBytes, heapBytesMax, work: counts ? work : null };
  }

  /** Whether C code trapped or ran out of memory. A dead instance refuses every further call; load a new one. */
  get dead(): boolean {
    return this.#instance.dead;
  }

  /** Ends the instance and every pool in it. Calling it again does nothing. */
  dispose(): void {
    this.#abandonPools();
    this.#instance.dispose();
  }

  #abandonPools(): void {
    for (const pool of this.#pools) pool.abandon();
    this.#pools.clear();
  }
}
