import { type BuildRecord, parseBuildRecord } from './build-record.js';
import { SolvError } from './errors.js';

/** The compiled module, its bytes, or where it lies: a `file:` URL in Node.js, or what fetch can read. */
export type ModuleSource = WebAssembly.Module | ArrayBuffer | Uint8Array<ArrayBuffer> | URL;

export type BuildName = 'release' | 'counting';

/** Relative to this file, both in src/ and in dist/. */
const files: Readonly<Record<BuildName, URL>> = {
  release: new URL('../dist/libsolv.wasm', import.meta.url),
  counting: new URL('../dist/libsolv-counting.wasm', import.meta.url),
};

const compiled = new Map<string, Promise<WebAssembly.Module>>();

/** Compiles once per place and way to compile; a failure is not kept, so that a later try may succeed. */
export async function findModule(source: BuildName | ModuleSource, eagerly: boolean): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source !== 'string' && !(source instanceof URL)) return compile(source, eagerly);
  const url = typeof source === 'string' ? files[source] : source;
  const key = `${eagerly} ${url.href}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const fresh = readModule(url).then((bytes) => compile(bytes, eagerly));
  compiled.set(key, fresh);
  fresh.catch(() => compiled.delete(key));
  return fresh;
}

async function compile(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>, eagerly: boolean): Promise<WebAssembly.Module> {
  if (eagerly) compileEagerly();
  const awake = keepAwake();
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw new SolvError('moduleInvalid', 'the bytes are not a WebAssembly module this engine can compile', { cause });
  } finally {
    clearInterval(awake);
  }
}

/**
 * Node.js 24 does not wait for a compilation in the background: a program that has nothing else to do than `await load()` would end
 * there, with exit code 13. A timer is something to do.
 */
function keepAwake() {
  return setInterval(() => undefined, 60_000);
}

/**
 * V8 would compile each function when it is first called, with its baseline compiler; libsolv calls its big functions once, so a
 * first solve would run slow code and pay for compiling it. V8 has no such setting for one module: its flags hold for the process.
 */
function compileEagerly(): void {
  nodeBuiltin('node:v8')?.setFlagsFromString('--no-liftoff');
  nodeBuiltin('node:v8')?.setFlagsFromString('--no-wasm-lazy-compilation');
}

async function readModule(url: URL): Promise<Uint8Array<ArrayBuffer> | ArrayBuffer> {
  try {
    const files = url.protocol === 'file:' ? nodeBuiltin('node:fs') : undefined;
    if (files !== undefined) return new Uint8Array(files.readFileSync(url));
    const response = await fetch(url);
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    return await response.arrayBuffer();
  } catch (cause) {
    throw new SolvError('moduleMissing', `cannot read the libsolv module at ${url.href}`, { cause });
  }
}

/** A Node.js module where there is Node.js, without an import that a browser or a bundler would trip over. */
function nodeBuiltin<Name extends 'node:fs' | 'node:v8'>(name: Name) {
  return typeof process === 'undefined' ? undefined : process.getBuiltinModule?.(name);
}

/** The facts that the build recorded inside the module. */
export function readBuildRecord(module: WebAssembly.Module): BuildRecord {
  const [section] = WebAssembly.Module.customSections(module, 'libsolv-wasm');
  if (section === undefined) {
    throw new SolvError('moduleInvalid', 'the module was not built by this package: it carries no build record');
  }
  return parseBuildRecord(new TextDecoder().decode(section));
}
