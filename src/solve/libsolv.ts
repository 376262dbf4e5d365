import { type Libsolv, load, SolvError } from '@opensuse/libsolv-wasm';
import type { Environment } from '#run-document';

export type { Libsolv };

/**
 * A fresh instance: an empty heap, so that its high-water mark is the solve's own. Compiled code is shared, and compiled beforehand: the lab
 * takes times, and its process is its own.
 */
export function loadLibsolv(build: 'release' | 'counting' = 'release'): Promise<Libsolv> {
  return load({ build, compileEagerly: true });
}

/** The same for taking times, in memory that nobody has used: the page faults of first use belong to each sample. */
export function loadForTiming(): Promise<Libsolv> {
  return load({ newMemory: true, compileEagerly: true });
}

/** What ran, for the run document. */
export function libsolvEnvironment(libsolv: Libsolv): Environment['libsolv'] {
  const { build, libsolv: version, compiler, moduleSha256, sources } = libsolv.version();
  return {
    version,
    build,
    emcc: compiler,
    moduleSha256,
    sources: sources.map(({ name, version: of, sha256 }) => ({ name, version: of, sha256 })),
  };
}

/** Whether an error says that libsolv's code trapped or ran out of memory: its instance is lost, and nothing else. */
export function instanceDied(error: unknown): error is Error {
  return error instanceof SolvError && (error.code === 'trap' || error.code === 'outOfMemory' || error.code === 'dead');
}
