import { z } from 'zod';
import type { KernelBuild } from '#kernel';
import { repositorySummarySchema } from '#run-document';
import { deriver, type KernelCache } from '../inputs.js';
import type { Store } from '../workers/store.js';
import { type ContentSpec, contentKey, repositoryName } from './content-spec.js';
import { buildsFor } from './derived-builds.js';
import { packageRepository } from './package-repository.js';
import { type OfferedRepository, type PreparedRepository, prepareRepository } from './repositories.js';

/** Hands out prepared repositories. */
export interface Repositories<Repository extends OfferedRepository = PreparedRepository> {
  /** Loads a kernel build before it is asked for, so that its error can be told from others. @throws InputError */
  load(kernel: string): Promise<KernelBuild>;
  prepare(scheme: string, content: ContentSpec): Promise<Repository>;
}

export interface RepositoryCacheOptions {
  readonly kernels: KernelCache;
  readonly store: Store;
  /** Whether to say how large primary would be in zstd, which is not written. */
  readonly measureZstd: boolean;
  readonly onProgress: (what: string) => void;
}

/** Packages that a worker keeps at hand: five repositories of whole kernels under one KMP for each kernel module, 20 MB each. */
const packagesMax = 20_000;

const keptSchema = z.strictObject({ summary: repositorySummarySchema, solv: z.string() });

/**
 * Repositories by what they contain. The way over the disk to a .solv is gone once a run, by the worker that comes first; each other worker
 * that needs the repository takes that from the store. Who asks for its packages there has the kernel builds packaged again, which is
 * quicker than reading packages.
 */
export class RepositoryCache implements Repositories {
  /** In the order of their last use. */
  readonly #prepared = new Map<string, { readonly repository: Promise<PreparedRepository>; packages: number }>();
  readonly #options: RepositoryCacheOptions;

  constructor(options: RepositoryCacheOptions) {
    this.#options = options;
  }

  load(kernel: string): Promise<KernelBuild> {
    return this.#options.kernels.build(kernel);
  }

  prepare(scheme: string, content: ContentSpec): Promise<PreparedRepository> {
    const key = contentKey(scheme, content);
    const known = this.#prepared.get(key);
    if (known !== undefined) {
      this.#prepared.delete(key);
      this.#prepared.set(key, known);
      return known.repository;
    }
    const prepared = { repository: this.#make(key, scheme, content), packages: 0 };
    this.#prepared.set(key, prepared);
    return prepared.repository.then((repository) => {
      prepared.packages = repository.summary.packages;
      this.#forgetOldest();
      return repository;
    });
  }

  /** What was not used for longest is made again from the store when it is asked for again. */
  #forgetOldest(): void {
    let packages = [...this.#prepared.values()].reduce((sum, one) => sum + one.packages, 0);
    for (const [key, one] of this.#prepared) {
      if (packages <= packagesMax) return;
      packages -= one.packages;
      if (one.packages > 0) this.#prepared.delete(key);
    }
  }

  /** Keeps its packages no longer; the store still has what came of them. */
  forget(scheme: string, content: ContentSpec): void {
    this.#prepared.delete(contentKey(scheme, content));
  }

  #builds(content: ContentSpec): Promise<ReadonlyMap<string, KernelBuild>> {
    return buildsFor(content, (kernel) => this.load(kernel), deriver);
  }

  async #make(key: string, scheme: string, content: ContentSpec): Promise<PreparedRepository> {
    const { store, measureZstd, onProgress } = this.#options;
    const builds = await this.#builds(content);
    const known = await store.document(key);
    if (known !== null) {
      const { summary, solv } = keptSchema.parse(JSON.parse(known));
      const packaged = (): Payloads => packageRepository(scheme, content, builds).payloads;
      return withPayloads({ summary, solv: await store.bytes(solv) }, packaged);
    }
    const name = repositoryName(content);
    onProgress(`packaging ${name}`);
    const how = { samples: 1, measureZstd, scratch: store.directory };
    const prepared = await prepareRepository(name, scheme, content, builds, how);
    // How long it took while others worked is no measurement: see `sampleRepository`.
    const summary = { ...prepared.summary, phases: [] };
    await store.keepDocument(key, JSON.stringify({ summary, solv: await store.keep(prepared.solv) }));
    return { ...prepared, summary };
  }
}

type Payloads = PreparedRepository['payloads'];

/** Growth needs the .solv alone, and packages of whole kernels are most of a worker's memory. */
function withPayloads(repository: Omit<PreparedRepository, 'payloads'>, make: () => Payloads): PreparedRepository {
  let made: Payloads | null = null;
  return {
    ...repository,
    get payloads() {
      made ??= make();
      return made;
    },
  };
}
