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
  /** The module itself, where it is not to be looked for beside this package: its bytes, or compiled. */
  readonly module?: ModuleSource;
}

const gibibyte = 2 ** 30;

/** Compiles the module (once per build and process) and starts an instance of it. */
export async function load(options: LoadOptions = {}): Promise<Libsolv> {
  const module = await findModule(options.module ?? options.build ?? 'release');
  return new Libsolv(module, options);
}

/** One instance of libsolv with a memory of its own. Instances share nothing but compiled code. */
export class Libsolv {
  readonly #instance: Instance;
  readonly #module: WebAssembly.Module;
  readonly #pools = new Set<ReleasableState>();

  /** @internal */
  constructor(module: WebAssembly.Module, options: LoadOptions) {
    this.#module = module;
    this.#instance = new Instance(module, options.memoryMaxBytes ?? 2 * gibibyte);
    this.#instance.call('shim_set_unpack_limit', options.unpackedBytesMax ?? gibibyte);
  }

  /** What is inside, and where it came from. */
  version(): Version {
    return readBuildRecord(this.#module).version;
  }

  createPool(options: PoolOptions): Pool {
    return new Pool(this.#instance, this.#pools, options);
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
    for (const pool of this.#pools) pool.abandon();
    this.#pools.clear();
    this.#instance.dispose();
  }
}
