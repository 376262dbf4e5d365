import type { ImportWarning, KernelBuild } from './build.js';
import type { ModuleFile } from './read/module-file.js';
import type { SupportOf } from './read/supported.js';
import type { Symvers } from './read/symvers.js';
import type { OpenSource } from './source/open.js';

export interface ImportOptions {
  /** `uname -r` of the build wanted, where the sources hold several. */
  readonly release?: string;
  /** What the build's configuration is called; without it the text after the last `-` of the release. */
  readonly flavor?: string;
  /** Also compress every kernel module to learn `compressedBytes`; takes minutes for a distribution's kernel. */
  readonly measureCompressed?: boolean;
  /** An earlier import of the same packages, to take `compressedBytes` from. */
  readonly compressedFrom?: KernelBuild;
  /** What each source may unpack to at most, in bytes, all its files together; 2 GiB unless stated. */
  readonly unpackedBytesMax?: number;
  /** Called after each kernel module. */
  readonly onProgress?: (modules: number) => void;
}

/** A kernel module with its place, before the build is put together. */
export interface FoundModule {
  /** Below `/lib/modules/<release>/`. */
  readonly path: string;
  readonly bytes: number;
  readonly compressedBytes: number | null;
  readonly facts: ModuleFile;
}

/** Everything found in the sources that concerns one release. */
export interface Findings {
  readonly sources: readonly OpenSource[];
  readonly release: string | undefined;
  readonly modules: readonly FoundModule[];
  readonly builtin: readonly string[];
  readonly imageBytes: number;
  readonly symvers: Symvers | undefined;
  readonly supportOf: SupportOf | undefined;
  readonly warnings: readonly ImportWarning[];
}
