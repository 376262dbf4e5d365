import type { KernelBuild } from '#kernel';
import { designNamed, parseSchemeText } from '#packaging';
import { primaryDocument, updateinfoDocument } from '#repomd';
import { rpmmdToSolv } from '#solve';
import { KernelCache } from '../inputs.js';
import { type ContentSpec, contentKey, kernelsOf, repositoryName } from '../repository/content-spec.js';
import { packageRepository } from '../repository/package-repository.js';
import type { PreparedRepository } from '../repository/repositories.js';
import { cutBuild, spokenOf } from './cut-build.js';
import { KeptInstance } from './kept-instance.js';

/** Repositories of parts of kernels, made in memory and kept; those that were not used for longest go first. */
export class TrialRepositories {
  readonly #kernels = new KernelCache();
  readonly #parts = new Map<string, KernelBuild>();
  readonly #prepared = new Map<string, PreparedRepository>();
  readonly #instance = new KeptInstance();
  #spoken: Promise<ReadonlySet<string>> | null = null;

  /** @throws InputError as `packageRepository` does */
  async prepare(scheme: string, content: ContentSpec): Promise<PreparedRepository> {
    const key = contentKey(scheme, content);
    const known = this.#prepared.get(key);
    if (known !== undefined) {
      this.#prepared.delete(key);
      this.#prepared.set(key, known);
      return known;
    }
    const prepared = await this.#make(scheme, content);
    remember(this.#prepared, key, prepared, repositoriesMax);
    return prepared;
  }

  /** A kernel build, whole. @throws InputError */
  async load(kernel: string): Promise<KernelBuild> {
    await this.#kernels.load([kernel]);
    const build = this.#kernels.builds.get(kernel);
    if (build === undefined) throw new Error(`kmplab bug: kernel ${kernel} is there once it is loaded`);
    return build;
  }

  dispose(): void {
    this.#instance.dispose();
  }

  async #make(scheme: string, content: ContentSpec): Promise<PreparedRepository> {
    const builds = new Map<string, KernelBuild>();
    for (const kernel of kernelsOf(content)) builds.set(kernel, await this.#part(scheme, kernel, content));
    const { packages, payloads, advisories } = packageRepository(scheme, content, builds);
    const name = repositoryName(content);
    const primary = primaryDocument(packages);
    const documents =
      advisories.length === 0
        ? { primary }
        : { primary, updateinfo: new TextEncoder().encode(updateinfoDocument(advisories)) };
    const solv = await this.#instance.use((libsolv) => rpmmdToSolv(libsolv, name, documents));
    return { solv, payloads, summary: { ...unmeasured, name, scheme, packages: packages.length } };
  }

  async #part(scheme: string, kernel: string, { kernelModules }: ContentSpec): Promise<KernelBuild> {
    const build = await this.load(kernel);
    // Hashes of symbol sets are of all that the image exports.
    const hashed = designNamed(parseSchemeText(scheme).name).symbolSets !== undefined;
    if (kernelModules === undefined || hashed) return build;
    const key = JSON.stringify([kernel, kernelModules]);
    const known = this.#parts.get(key);
    if (known !== undefined) return known;
    this.#spoken ??= spokenOf();
    const part = cutBuild(build, kernelModules, await this.#spoken);
    remember(this.#parts, key, part, partsMax);
    return part;
  }
}

/** About 200 kB each. */
const repositoriesMax = 2000;
const partsMax = 1000;

/** Nobody reads sizes of these repositories, and taking them would cost more than solving. */
const unmeasured = {
  kernels: [],
  dependencies: 0,
  primaryBytes: 0,
  primaryGzipBytes: 0,
  primaryZstdBytes: null,
  solvBytes: 0,
  repomdSha256: '',
  phases: [],
};

function remember<Value>(known: Map<string, Value>, key: string, value: Value, most: number): void {
  known.set(key, value);
  const [oldest] = known.keys();
  if (known.size > most && oldest !== undefined) known.delete(oldest);
}
