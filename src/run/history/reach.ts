import type { Payload } from '#audit';
import { invariant } from '#errors';
import type { DriverBuild, History, KernelBuild } from '#kernel';
import type { ReachableRepository } from '#solve';
import type { HistoryScheme } from './history-scheme.js';
import { type Published, publishedNames } from './published.js';
import { byNevra, type HistoryShelf } from './shelf.js';

/** What one machine can reach, growing from day to day: everything ever published stays. */
export class Reach {
  readonly repositories: ReachableRepository[] = [];
  readonly #shelf: HistoryShelf;
  readonly #file: string;
  readonly #history: History;
  readonly #scheme: HistoryScheme;
  readonly #kernels: { readonly build: KernelBuild; readonly published: Published }[] = [];
  readonly #vendors = new Map<string, Payload>();

  constructor(shelf: HistoryShelf, file: string, history: History, scheme: HistoryScheme) {
    this.#shelf = shelf;
    this.#file = file;
    this.#history = history;
    this.#scheme = scheme;
  }

  /** A kernel build is published. */
  async addKernel(index: number): Promise<void> {
    const build = this.#history.builds[index]?.build;
    invariant(build !== undefined, `the history has a build ${index}`);
    const { scheme, publish } = this.#scheme;
    const published = await this.#shelf.published(this.#file, scheme, index);
    this.#kernels.push({ build, published });
    this.#add(build.release, await this.#shelf.solv(published.solv[publish]));
  }

  /** A vendor publishes a driver; returns the name of its package. */
  async addDriver(build: DriverBuild): Promise<string> {
    const { name, solv, payloads } = await this.#shelf.vendor(this.#file, this.#scheme.scheme, build);
    for (const [own, payload] of byNevra(payloads)) this.#vendors.set(own, payload);
    this.#add(`${build.driver} ${build.version}`, solv);
    return name;
  }

  get newest(): KernelBuild {
    return this.#latest().build;
  }

  /** What an administrator asks for to get a kernel: the package that stands for all of it, where a scheme has one. */
  kernelPackage(): string {
    const { build, published } = this.#latest();
    const names = publishedNames(published, 'all');
    const found = ['kernel', `kernel-${build.flavor}`, 'kernel-core'].find((name) => names.has(name));
    invariant(found !== undefined, `scheme ${this.#scheme.scheme} has a kernel package`);
    return found;
  }

  /** Whether the newest kernel build came with a new build of this package. */
  hasNew(name: string): boolean {
    return publishedNames(this.#latest().published, this.#scheme.publish).has(name);
  }

  async payload(nevra: string): Promise<Payload> {
    const known = this.#vendors.get(nevra);
    if (known !== undefined) return known;
    for (const { build, published } of this.#kernels) {
      const payload = await this.#shelf.payload(published, nevra, build);
      if (payload !== null) return payload;
    }
    throw new Error(`kmplab bug: nobody published ${nevra}`);
  }

  #add(name: string, solv: Uint8Array): void {
    this.repositories.push({ name, priority: 99, data: { solv } });
  }

  #latest(): { readonly build: KernelBuild; readonly published: Published } {
    const latest = this.#kernels.at(-1);
    invariant(latest !== undefined, 'a history begins with a kernel');
    return latest;
  }
}
