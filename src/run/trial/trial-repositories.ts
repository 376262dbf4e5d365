import type { Payload } from '#audit';
import type { KernelBuild } from '#kernel';
import { designNamed, parseSchemeText } from '#packaging';
import { primaryDocument, type RenderedPackages, updateinfoDocument } from '#repomd';
import { rpmmdToSolv } from '#solve';
import { KernelCache } from '../inputs.js';
import { type ContentSpec, contentKey, kernelsOf, repositoryName } from '../repository/content-spec.js';
import { allPackaged, offeredOf } from '../repository/package-repository.js';
import type { PreparedRepository } from '../repository/repositories.js';
import { cutBuild, spokenOf } from './cut-build.js';
import type { KeptInstance } from './kept-instance.js';
import { Remembered } from './remembered.js';

/** Repositories of parts of kernels, made in memory and kept; those that were not used for longest go first. */
export class TrialRepositories {
  readonly #kernels = new KernelCache();
  readonly #parts = new Remembered<KernelBuild>(partsMax);
  readonly #packaged = new Remembered<readonly Payload[]>(partsMax);
  readonly #prepared = new Remembered<PreparedRepository>(repositoriesMax);
  readonly #instance: KeptInstance;
  readonly #rendered: RenderedPackages;
  #spoken: Promise<ReadonlySet<string>> | null = null;

  /** `rendered`: packages that others have written before, and for others. */
  constructor(instance: KeptInstance, rendered: RenderedPackages) {
    this.#instance = instance;
    this.#rendered = rendered;
  }

  /** @throws InputError as `packageRepository` does */
  async prepare(scheme: string, content: ContentSpec): Promise<PreparedRepository> {
    const key = contentKey(scheme, content);
    return this.#prepared.get(key) ?? this.#prepared.set(key, await this.#make(scheme, content));
  }

  /** All that is packaged for a repository, whatever of it the repository holds. @throws InputError as `packageRepository` does */
  async packaged(scheme: string, content: ContentSpec): Promise<readonly Payload[]> {
    const key = contentKey(scheme, { ...content, only: undefined, without: undefined, patches: [], vendor: undefined });
    const known = this.#packaged.get(key);
    if (known !== undefined) return known;
    const builds = new Map<string, KernelBuild>();
    for (const kernel of kernelsOf(content)) builds.set(kernel, await this.#part(scheme, kernel, content));
    return this.#packaged.set(key, allPackaged(scheme, content, builds));
  }

  /** A kernel build, whole. @throws InputError */
  async load(kernel: string): Promise<KernelBuild> {
    const { builds } = this.#kernels;
    if (!builds.has(kernel)) await this.#kernels.load([kernel]);
    const build = builds.get(kernel);
    if (build === undefined) throw new Error(`kmplab bug: kernel ${kernel} is there once it is loaded`);
    return build;
  }

  /** Lets go of packages; kernels and parts of them stay. */
  forget(): void {
    this.#packaged.clear();
    this.#prepared.clear();
  }

  async #make(scheme: string, content: ContentSpec): Promise<PreparedRepository> {
    const { packages, payloads, advisories } = offeredOf(await this.packaged(scheme, content), content);
    const name = repositoryName(content);
    const primary = primaryDocument(packages, this.#rendered);
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
    return this.#parts.set(key, cutBuild(build, kernelModules, await this.#spoken));
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
