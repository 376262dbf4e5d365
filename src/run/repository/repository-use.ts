import type { KernelBuild } from '#kernel';
import type { RepositorySummary } from '#run-document';
import { deriver, type KernelCache } from '../inputs.js';
import { type ContentSpec, contentKey, contentOf } from './content-spec.js';
import { buildsFor } from './derived-builds.js';
import { type PreparedRepository, prepareRepository } from './repositories.js';
import type { Repositories } from './repository-cache.js';

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

/** Preparing one takes seconds, and is a measurement of the lab more than of a package manager. */
const repositorySamplesMax = 3;

/** The phases of preparing a repository, measured with nothing else running. One repository is enough to say what it costs. */
export async function sampleRepository(
  { scheme, content, summary }: UsedRepository,
  kernels: KernelCache,
  { samples, scratch }: { readonly samples: number; readonly scratch: string },
): Promise<RepositorySummary> {
  if (samples === 0) return summary;
  const builds = await buildsFor(content, (name) => kernels.build(name), deriver);
  const how = { samples: Math.min(samples, repositorySamplesMax), measureZstd: false, scratch };
  const again = await prepareRepository(summary.name, scheme, content, builds, how);
  return { ...summary, phases: again.summary.phases };
}
