import { z } from 'zod';
import { invariant } from '#errors';
import type { KernelBuild } from '#kernel';
import { type RepositorySummary, repositorySummarySchema } from '#run-document';
import type { KernelCache } from '../inputs.js';
import type { Store } from '../workers/store.js';
import { type ContentSpec, kernelsOf, packageRepository } from './package-repository.js';
import { type PreparedRepository, prepareRepository } from './repositories.js';

/** Whoever hands out prepared repositories. */
export interface Repositories {
  /** Loads a kernel build before it is asked for, so that its error can be told from others. @throws InputError */
  load(kernel: string): Promise<KernelBuild>;
  prepare(scheme: string, content: ContentSpec): Promise<PreparedRepository>;
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

  async load(kernel: string): Promise<KernelBuild> {
    const { kernels } = this.#options;
    await kernels.load([kernel]);
    const build = kernels.builds.get(kernel);
    invariant(build !== undefined, `kernel ${kernel} is there once it is loaded`);
    return build;
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

  async #make(key: string, scheme: string, content: ContentSpec): Promise<PreparedRepository> {
    const { kernels, store, measureZstd, onProgress } = this.#options;
    await kernels.load(kernelsOf(content));
    const known = await store.document(key);
    if (known !== null) {
      const { summary, solv } = keptSchema.parse(JSON.parse(known));
      const packaged = (): Payloads => packageRepository(scheme, content, kernels.builds).payloads;
      return withPayloads({ summary, solv: await store.bytes(solv) }, packaged);
    }
    const name = repositoryName(content);
    onProgress(`packaging ${name}`);
    const how = { samples: 1, measureZstd, scratch: store.directory };
    const prepared = await prepareRepository(name, scheme, content, kernels.builds, how);
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

/** A repository that somebody used. */
export interface UsedRepository {
  readonly scheme: string;
  readonly content: ContentSpec;
  readonly summary: RepositorySummary;
}

/** Passes requests on and remembers what came, in the order of the first request. */
export class RepositoryUse implements Repositories {
  readonly #used = new Map<string, UsedRepository>();
  readonly #from: Repositories;

  constructor(from: Repositories) {
    this.#from = from;
  }

  load(kernel: string): Promise<KernelBuild> {
    return this.#from.load(kernel);
  }

  async prepare(scheme: string, content: ContentSpec): Promise<PreparedRepository> {
    const prepared = await this.#from.prepare(scheme, content);
    const { summary } = prepared;
    this.#used.set(contentKey(scheme, content), { scheme, content: contentOf(content), summary });
    return prepared;
  }

  list(): UsedRepository[] {
    return [...this.#used.values()];
  }
}

/** Equal for repositories of equal content, whatever a scenario calls them and at whatever priority. */
export function contentKey(scheme: string, content: ContentSpec): string {
  return JSON.stringify([scheme, contentOf(content)]);
}

/** What decides the content, and nothing else, always in the same order. */
function contentOf({
  kernels,
  drivers,
  externalDrivers = [],
  packages = {},
  patterns,
  only,
  without,
  patches = [],
  vendor,
  kernelModules,
  earlier,
}: ContentSpec): ContentSpec {
  return {
    kernels,
    drivers,
    externalDrivers,
    packages,
    patterns,
    only,
    without,
    patches,
    vendor,
    kernelModules,
    earlier,
  };
}

function repositoryName(content: ContentSpec): string {
  const { kernels, drivers, patterns, only, without, vendor, kernelModules } = content;
  const { externalDrivers = [], packages = {} } = content;
  const made = [...drivers, ...externalDrivers].map(({ kernelModule, version }) => `${kernelModule} ${version}`);
  return [
    [...kernels, ...made, ...Object.keys(packages)].join(' + '),
    ...(patterns ? ['with patterns'] : []),
    ...(kernelModules === undefined ? [] : [`(kernel modules ${kernelModules.join(', ')})`]),
    ...(only === undefined ? [] : [`only ${only.join(', ')}`]),
    ...(without === undefined ? [] : [`without ${without.join(', ')}`]),
    ...(vendor === undefined ? [] : [`by ${vendor}`]),
  ].join(' ');
}

/** Preparing one takes seconds, and is a measurement of the lab more than of a package manager. */
const repositorySamplesMax = 3;

/** The phases of preparing a repository, measured with nothing else running. One repository is enough to say what it costs. */
export async function sampleRepository(
  { scheme, content, summary }: UsedRepository,
  kernels: KernelCache,
  { samples, scratch }: { readonly samples: number; readonly scratch: string },
): Promise<RepositorySummary> {
  if (samples === 0) return summary;
  await kernels.load(kernelsOf(content));
  const how = { samples: Math.min(samples, repositorySamplesMax), measureZstd: false, scratch };
  const again = await prepareRepository(summary.name, scheme, content, kernels.builds, how);
  return { ...summary, phases: again.summary.phases };
}
