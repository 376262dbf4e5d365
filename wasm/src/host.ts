import { SolvError } from './errors.js';

/** The module's imports, and the reading of what it said before it died. */
export interface Host {
  readonly imports: WebAssembly.Imports;
  readonly explain: (cause: unknown) => SolvError;
}

/** Thrown through the WebAssembly frames by proc_exit, which must not return. */
class Exit extends Error {}

const errnoBadFile = 8;
const errnoNotSupported = 52;
const messageBytesMax = 4096;

/**
 * Everything the module may ask of the outside: nothing that differs between two runs. The clock stands still, entropy is a
 * fixed sequence, output is kept only to explain a death, and there is no file system.
 */
export function createHost(memory: WebAssembly.Memory): Host {
  let said = '';
  const decoder = new TextDecoder();

  const functions: Record<string, (...args: number[]) => unknown> = {
    fd_write: (_fd = 0, vectors = 0, count = 0, written = 0) => {
      const view = new DataView(memory.buffer);
      let total = 0;
      for (let index = 0; index < count; index++) {
        const at = view.getUint32((vectors >>> 0) + index * 8, true);
        const bytes = view.getUint32((vectors >>> 0) + index * 8 + 4, true);
        said = (said + decoder.decode(new Uint8Array(memory.buffer, at, bytes))).slice(-messageBytesMax);
        total += bytes;
      }
      view.setUint32(written >>> 0, total, true);
      return 0;
    },
    getentropy: (at = 0, bytes = 0) => {
      new Uint8Array(memory.buffer, at >>> 0, bytes).fill(0x2a);
      return 0;
    },
    random_get: (at = 0, bytes = 0) => {
      new Uint8Array(memory.buffer, at >>> 0, bytes).fill(0x2a);
      return 0;
    },
    proc_exit: (code = 0) => {
      throw new Exit(`exit(${code})`);
    },
    emscripten_notify_memory_growth: () => undefined,
    emscripten_get_now: () => 0,
    clock_time_get: (_clock = 0, _low = 0, ...rest: unknown[]) => {
      const at = rest.at(-1);
      if (typeof at === 'number') new DataView(memory.buffer).setBigUint64(at >>> 0, 0n, true);
      return 0;
    },
    environ_sizes_get: (count = 0, bytes = 0) => {
      const view = new DataView(memory.buffer);
      view.setUint32(count >>> 0, 0, true);
      view.setUint32(bytes >>> 0, 0, true);
      return 0;
    },
    environ_get: () => 0,
    fd_close: () => errnoBadFile,
    fd_read: () => errnoBadFile,
    fd_seek: () => errnoBadFile,
  };
  // A newer emscripten may import more system calls; each of them fails as on a system without files.
  const system = new Proxy(functions, {
    get: (known, name) => (typeof name === 'string' ? (known[name] ?? (() => errnoNotSupported)) : undefined),
  });
  const environment = new Proxy(functions, {
    get: (known, name) => {
      if (name === 'memory') return memory;
      return typeof name === 'string' ? (known[name] ?? (() => -errnoNotSupported)) : undefined;
    },
  });

  return {
    imports: { env: environment, wasi_snapshot_preview1: system },
    explain: (cause) => {
      const words = said.trim();
      const what = cause instanceof Error ? cause.message : String(cause);
      const message = words === '' ? what : `${words} (${what})`;
      const code = /out of memory/i.test(words) ? 'outOfMemory' : 'trap';
      return new SolvError(code, message, { cause });
    },
  };
}
