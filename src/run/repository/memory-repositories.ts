import { invariant } from '#errors';
import type { KernelBuild } from '#kernel';
import { type ContentSpec, contentKey, kernelsOf } from './content-spec.js';
import { buildsFor } from './derived-builds.js';
import { packageRepository } from './package-repository.js';
import { contentToMetadata, type OfferedRepository } from './repositories.js';
import type { Repositories } from './repository-cache.js';

/** What somebody made of a repository before: libsolv's form of it, and the size of its metadata. */
export interface MadeRepository {
  readonly solv: Uint8Array;
  readonly primaryGzipBytes: number;
}

export interface MemoryRepositoriesOptions {
  /** @throws InputError */
  readonly kernelNamed: (name: string) => Promise<KernelBuild>;
  /** By `contentKey`: taken as they are when they are asked for, so that only their packages are made again. */
  readonly made: ReadonlyMap<string, () => Promise<MadeRepository>>;
  /** How large a document would be as gzip. */
  readonly gzipBytes: (document: Uint8Array) => Promise<number>;
  readonly onProgress: (what: string) => void;
}

/**
 * Repositories without files: packaged and turned into .solv in memory, each once. What libsolv reads is the same that `prepareRepository`
 * takes over the disk; a test compares both.
 */
export class MemoryRepositories implements Repositories<OfferedRepository> {
  readonly #options: MemoryRepositoriesOptions;
  readonly #kernels = new Map<string, Promise<KernelBuild>>();
  readonly #repositories = new Map<string, Promise<OfferedRepository>>();

  constructor(options: MemoryRepositoriesOptions) {
    this.#options = options;
  }

  load(kernel: string): Promise<KernelBuild> {
    return once(this.#kernels, kernel, () => this.#options.kernelNamed(kernel));
  }

  prepare(scheme: string, content: ContentSpec): Promise<OfferedRepository> {
    const key = contentKey(scheme, content);
    return once(this.#repositories, key, () => this.#make(key, scheme, content));
  }

  async #make(key: string, scheme: string, content: ContentSpec): Promise<OfferedRepository> {
    const { made, gzipBytes, onProgress } = this.#options;
    invariant((content.patches ?? []).length === 0, 'nobody asks for patches of a repository without files');
    const names = kernelsOf(content);
    const builds = await buildsFor(content, (name) => this.load(name));
    onProgress(`packaging ${names.join(', ')}`);
    const { packages, payloads } = packageRepository(scheme, content, builds);
    const known = await made.get(key)?.();
    if (known !== undefined) return { ...offered(known), payloads };
    onProgress(`reading ${packages.length} packages of ${names.join(', ')}`);
    const { solv, primary } = await contentToMetadata(names.join(' '), packages);
    return { ...offered({ solv, primaryGzipBytes: await gzipBytes(primary) }), payloads };
  }
}

function offered({ solv, primaryGzipBytes }: MadeRepository): Omit<OfferedRepository, 'payloads'> {
  return { solv, summary: { primaryGzipBytes } };
}

/** A failure is not kept: the next question may be another. */
function once<Value>(known: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
    value.catch(() => known.delete(key));
  }
  return value;
}
