import { type Libsolv, load } from '@opensuse/libsolv-wasm';

let module: WebAssembly.Module | null = null;

export async function provideModule(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  module = await WebAssembly.compile(bytes);
}

/** src/solve/libsolv.ts, of the module that the page carries. */
export function loadLibsolv(): Promise<Libsolv> {
  if (module === null) throw new Error('the module is provided before anything is solved');
  return load({ module });
}
