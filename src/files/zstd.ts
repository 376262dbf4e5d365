import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compress, decompress, init } from '@bokuweb/zstd-wasm';
import { z } from 'zod';

/**
 * The part of the library's module that its own interface hides. Without it two failures are silent: a module that gets no memory never answers,
 * and an allocation that fails is taken for the address 0.
 */
interface Module {
  instantiateWasm?: (imports: object, receive: (instance: object) => unknown) => object;
  readonly _malloc: (bytes: number) => number;
  readonly _free: (address: number) => void;
}

const moduleSchema = z.object({ Module: z.custom<Module>((value) => typeof value === 'object' && value !== null) });

/** Node.js has it; its types have not. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ readonly instance: object }>;
};

let loaded: Promise<Module> | undefined;

/** zstd in one frame that states its size, without a checksum. The encoder is pinned by the lock file: same input, same bytes. */
export async function compressZstd(bytes: Uint8Array, level: number): Promise<Uint8Array> {
  // Its own bound is an eighth of a thousandth above this (ZSTD_COMPRESSBOUND), and level 10 works in some tens of megabytes.
  requireMemory(await load(), 2 * bytes.length + (bytes.length >> 7) + 1024);
  return compress(asBuffer(bytes), level);
}

/** Unpacks one frame of at most `capacityBytes`. Throws the library's error where it is damaged or larger. */
export async function decompressFrame(frame: Uint8Array, capacityBytes: number): Promise<Uint8Array> {
  requireMemory(await load(), frame.length + capacityBytes);
  return decompress(asBuffer(frame), { defaultHeapSize: capacityBytes });
}

/** A failure stays: the library cannot be started twice. */
function load(): Promise<Module> {
  loaded ??= start();
  return loaded;
}

async function start(): Promise<Module> {
  const require = createRequire(import.meta.url);
  const directory = dirname(require.resolve('@bokuweb/zstd-wasm'));
  const { Module } = moduleSchema.parse(require(join(directory, 'module.js')));
  const bytes = await readFile(join(directory, 'zstd.wasm'));
  return new Promise((resolve, reject) => {
    Module.instantiateWasm = (imports, receive) => {
      WebAssembly.instantiate(bytes, imports)
        .then(({ instance }) => receive(instance))
        .catch(reject);
      return {};
    };
    init().then(() => resolve(Module), reject);
  });
}

function requireMemory(module: Module, bytes: number): void {
  const address = module._malloc(bytes);
  if (address === 0) throw new RangeError(`zstd cannot allocate ${bytes} bytes`);
  module._free(address);
}

/** A view on the same memory: the library is typed for Buffer. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
