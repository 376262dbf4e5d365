import { pathToFileURL } from 'node:url';
import { type Libsolv, load } from '@opensuse/libsolv-wasm';
import type { Environment } from '#run-document';

export type { Libsolv };

/** Files of the two builds of one libsolv. */
export interface LibsolvModules {
  readonly release: string;
  readonly counting: string;
}

export interface LibsolvOptions {
  readonly build?: keyof LibsolvModules;
  /** Another libsolv than the lab's own. */
  readonly modules?: LibsolvModules | undefined;
  /** For taking times, in memory that nobody has used: the page faults of first use belong to each sample. */
  readonly newMemory?: boolean;
  /** The most memory that the instance may take; the library's own limit unless given. */
  readonly memoryMaxBytes?: number | undefined;
}

/**
 * A fresh instance: an empty heap, so that its high-water mark is the solve's own. Compiled code is shared, and compiled beforehand: the lab
 * takes times, and its process is its own.
 */
export function loadLibsolv({
  build = 'release',
  modules,
  newMemory = false,
  memoryMaxBytes,
}: LibsolvOptions = {}): Promise<Libsolv> {
  const module = modules === undefined ? {} : { module: pathToFileURL(modules[build]) };
  const memory = memoryMaxBytes === undefined ? {} : { memoryMaxBytes };
  return load({ build, newMemory, compileEagerly: true, ...memory, ...module });
}

/** What ran, for the run document. */
export function libsolvEnvironment(libsolv: Libsolv): Environment['libsolv'] {
  const { build, libsolv: version, patches, compiler, moduleSha256, sources } = libsolv.version();
  return { version, patches: [...patches], build, emcc: compiler, moduleSha256, sources: [...sources] };
}
