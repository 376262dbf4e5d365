import type { RepositorySummary } from '#run-document';
import type { KernelCache } from './inputs.js';
import type { ContentSpec } from './package-repository.js';
import { type PreparedRepository, type PrepareOptions, prepareRepository } from './repositories.js';

/** Repositories by what they contain, so that scenarios which share one share its preparation too. */
export class RepositoryCache {
  readonly #prepared = new Map<string, PreparedRepository>();
  readonly #kernels: KernelCache;
  readonly #how: PrepareOptions;
  readonly #onProgress: (what: string) => void;

  constructor(kernels: KernelCache, onProgress: (what: string) => void, how: PrepareOptions) {
    this.#kernels = kernels;
    this.#how = how;
    this.#onProgress = onProgress;
  }

  async prepare(scheme: string, { kernels, drivers, patterns }: ContentSpec): Promise<PreparedRepository> {
    const content = { kernels, drivers, patterns };
    const key = JSON.stringify([scheme, content]);
    const known = this.#prepared.get(key);
    if (known !== undefined) return known;
    const name = [...kernels, ...drivers.map(({ kernelModule, version }) => `${kernelModule} ${version}`)].join(' + ');
    this.#onProgress(`packaging ${name}`);
    await this.#kernels.load([...kernels, ...drivers.map(({ kernel }) => kernel)]);
    const prepared = await prepareRepository(
      patterns ? `${name} with patterns` : name,
      scheme,
      content,
      this.#kernels.builds,
      // One repository is enough to say what preparing one costs; the others are made once.
      { ...this.#how, samples: this.#prepared.size === 0 ? this.#how.samples : 1 },
    );
    this.#prepared.set(key, prepared);
    return prepared;
  }

  summaries(): RepositorySummary[] {
    return [...this.#prepared.values()].map(({ summary }) => summary);
  }
}
