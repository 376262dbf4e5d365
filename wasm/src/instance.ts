import { SolvError, type SolvErrorCode } from './errors.js';
import { createHost, type Host } from './host.js';
import { Reply, type Request, requireNumber, writeRequest } from './memory.js';
import { readBuildRecord } from './module.js';

/** What the shim returns for an error; its text is the reply's only string. Must match shim/wire.h. */
const failureCodes: Readonly<Record<number, SolvErrorCode>> = {
  [-1]: 'invalidInput',
  [-2]: 'limit',
  [-3]: 'unsupported',
  [-4]: 'misuse',
};

const pageBytes = 65536;

interface Fork {
  readonly origin: Instance;
  readonly ended: Instance | null;
}

/** One running module: the only place that calls into WebAssembly, so the only one that can see it die. */
export class Instance {
  readonly #module: WebAssembly.Module;
  readonly #memoryMaxBytes: number;
  readonly #exports: WebAssembly.Exports;
  readonly #memory: WebAssembly.Memory;
  readonly #host: Host;
  #death: SolvError | null = null;
  #disposed = false;
  /** Whether a call is under way, or never came back. C calls nobody who could call into it again. */
  #calling = false;

  /** `begin`: in which memory, or as a fork of what, of the same module, and where an ended one leaves its memory in that. */
  constructor(module: WebAssembly.Module, memoryMaxBytes: number, begin: 'new' | 'any' | Fork) {
    this.#module = module;
    this.#memoryMaxBytes = memoryMaxBytes;
    const ended = typeof begin === 'string' ? null : begin.ended;
    const limits = memoryLimits(module, memoryMaxBytes);
    const memory = ended === null ? takeMemory(limits, begin !== 'new') : ended.#memory;
    this.#memory = memory;
    this.#host = createHost(memory);
    this.#exports = new WebAssembly.Instance(module, this.#host.imports).exports;
    if (typeof begin === 'string') this.call('_initialize');
    else copyMemory(begin.origin.#memory, memory);
  }

  /**
   * An instance that goes on from where this one is. Between calls all of C's state is in the memory: the only variable of the module
   * itself is the stack pointer, which is then back at its start. `ended`: a fork that ends here, and whose memory is used again.
   */
  fork(ended: Instance | null): Instance {
    this.#requireAlive();
    if (ended !== null) {
      ended.#requireMemory();
      ended.#disposed = true;
    }
    return new Instance(this.#module, this.#memoryMaxBytes, { origin: this, ended });
  }

  get dead(): boolean {
    return this.#death !== null || this.#calling;
  }

  /** Calls an exported function of plain numbers. Anything that C cannot recover from ends the instance. */
  call(name: string, ...args: readonly number[]): number {
    this.#requireAlive();
    args.forEach(requireNumber);
    const target = this.#exports[name];
    if (typeof target !== 'function') throw new SolvError('moduleInvalid', `the module does not export ${name}`);
    this.#calling = true;
    try {
      // oxlint-disable-next-line typescript/no-unsafe-call -- WebAssembly's exports have no types; a value that is no number is caught below
      const value: unknown = target(...args);
      this.#calling = false;
      return typeof value === 'number' ? value : 0;
    } catch (cause) {
      this.#calling = false;
      this.#death = this.#host.explain(cause);
      throw this.#death;
    }
  }

  /** Hands over a request, calls, and throws if the shim reports an error. Returns the function's own value. */
  send(name: string, args: readonly number[], request: Request): number {
    writeRequest(this.#memory, (ints, text, blob) => this.call('shim_input', ints, text, blob), request);
    return this.#checked(this.call(name, ...args));
  }

  /** The same, for functions that leave a reply. */
  ask(name: string, args: readonly number[], request: Request = {}): Reply {
    this.send(name, args, request);
    return this.#reply();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    giveBack(this.#memory, this.#memoryMaxBytes);
  }

  #reply(): Reply {
    return new Reply(this.#memory, this.call('shim_reply'));
  }

  #checked(value: number): number {
    if (value >= 0 || !Number.isInteger(value)) return value;
    const code = failureCodes[value];
    // Handles are addresses and may have the top bit set; only the listed small negative values are errors.
    if (code === undefined) return value;
    throw new SolvError(code, this.#reply().string());
  }

  #requireMemory(): void {
    if (this.#disposed) throw new SolvError('disposed', 'this libsolv instance was disposed of');
  }

  #requireAlive(): void {
    this.#requireMemory();
    // An end from outside, as by the time limit of node:vm, runs no `catch` and no `finally`.
    if (this.#calling) this.#death ??= new SolvError('trap', 'a call was ended from outside');
    if (this.#death !== null) {
      throw new SolvError('dead', `this libsolv instance died earlier (${this.#death.message}): load a new one`, {
        cause: this.#death,
      });
    }
  }
}

/** Memory of an ended instance, zeroed when it is taken, by the limit it was made with: who uses one instance after the other needs one. */
const spare = new Map<number, WebAssembly.Memory>();

/** Zeroing more than this would cost a small instance more than a new memory does. */
const spareBytesMax = 64 * 2 ** 20;

/**
 * A memory to begin with, as good as new: C's heap does not ask how large the memory is, only how much of it was given out. Engines free
 * the memories of ended instances late, and collect everything else each time some tens of megabytes of them have come together.
 */
function takeMemory(limits: WebAssembly.MemoryDescriptor, mayBeUsed: boolean): WebAssembly.Memory {
  const pages = limits.maximum ?? 0;
  const used = mayBeUsed ? spare.get(pages) : undefined;
  if (used === undefined) return newMemory(limits);
  spare.delete(pages);
  new Uint8Array(used.buffer).fill(0);
  return used;
}

/** Engines reserve addresses for the largest memory there may be, some gigabytes each, which a limit of the process can refuse. */
function newMemory(limits: WebAssembly.MemoryDescriptor): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory(limits);
  } catch (cause) {
    throw new SolvError('outOfMemory', 'the engine cannot reserve the addresses of a memory (see ulimit -v)', {
      cause,
    });
  }
}

function giveBack(memory: WebAssembly.Memory, maxBytes: number): void {
  if (memory.buffer.byteLength > spareBytesMax) return;
  spare.set(pagesOf(maxBytes), memory);
}

/** What lies behind becomes zero again, as memory is that nobody has used; C's heap does not ask how large the memory is. */
function copyMemory(from: WebAssembly.Memory, to: WebAssembly.Memory): void {
  const missing = from.buffer.byteLength - to.buffer.byteLength;
  if (missing > 0) to.grow(missing / pageBytes);
  const bytes = new Uint8Array(to.buffer);
  bytes.set(new Uint8Array(from.buffer));
  if (missing < 0) bytes.fill(0, from.buffer.byteLength);
}

function memoryLimits(module: WebAssembly.Module, maxBytes: number): WebAssembly.MemoryDescriptor {
  const initial = readBuildRecord(module).memoryPages;
  const maximum = pagesOf(maxBytes);
  if (maximum < initial) {
    throw new SolvError('misuse', `memoryMaxBytes must be at least ${initial * pageBytes} for this module`);
  }
  return { initial, maximum };
}

function pagesOf(bytes: number): number {
  return Math.min(65536, Math.floor(bytes / pageBytes));
}
