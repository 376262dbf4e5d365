import { type Payload, payloadFinder } from '#audit';
import { invariant } from '#errors';
import { type DriverBuild, type History, type KernelBuild, readHistory } from '#kernel';
import { packageBuilds, packageDriverUpdate, withDriverUpdate } from '#packaging';
import type { RpmPackage } from '#rpm';
import { userspacePackages } from '#scenario';
import { plainPackages } from '../repository/plain-packages.js';
import type { Store } from '../workers/store.js';
import { vendorScheme } from './history-scheme.js';
import {
  keepMetadata,
  type Metadata,
  type Published,
  packageOf,
  publish,
  publishedMetadata,
  readPublished,
} from './published.js';

/** A driver as the packages that bring it. */
export interface DriverRepository {
  /** Name of the package that holds the driver. */
  readonly name: string;
  readonly metadata: Metadata;
  readonly payloads: readonly Payload[];
}

/** What a worker has read of histories: each once, with what was published in it. */
export class HistoryShelf {
  readonly #store: Store;
  readonly #histories = new Map<string, Promise<History>>();
  readonly #published = new Map<string, Promise<Published>>();
  readonly #vendors = new Map<string, Promise<DriverRepository>>();
  readonly #userspaces = new Map<string, Promise<Omit<DriverRepository, 'name'>>>();
  readonly #rebuilt = new Map<string, Promise<DriverRepository | null>>();
  readonly #finders = new Map<KernelBuild, (pkg: RpmPackage) => Payload>();
  readonly #payloads = new Map<string, Payload>();

  constructor(store: Store) {
    this.#store = store;
  }

  history(file: string): Promise<History> {
    return remembered(this.#histories, file, () => readHistory(file));
  }

  published(file: string, scheme: string, index: number): Promise<Published> {
    const key = JSON.stringify(['published', file, scheme, index]);
    return remembered(this.#published, key, async () => {
      const known = await readPublished(this.#store, key);
      return known ?? publish(this.#store, key, scheme, await this.history(file), index);
    });
  }

  metadata(published: Published, publish: 'all' | 'changed'): Promise<Metadata> {
    return publishedMetadata(this.#store, published, publish);
  }

  solv({ solv }: Metadata): Promise<Uint8Array> {
    return this.#store.bytes(solv);
  }

  /** A package of a published build, with what it puts on disk. */
  async payload(published: Published, wanted: string, build: KernelBuild): Promise<Payload | null> {
    const key = `${published.packages} ${wanted}`;
    const known = this.#payloads.get(key);
    if (known !== undefined) return known;
    const pkg = await packageOf(this.#store, published, wanted);
    if (pkg === null) return null;
    const payload = this.#finder(build)(pkg);
    this.#payloads.set(key, payload);
    return payload;
  }

  /** The user space of a plain machine, which asks for what it needs of a kernel: the same under every scheme. */
  userspace(arch: string): Promise<Omit<DriverRepository, 'name'>> {
    return remembered(this.#userspaces, arch, async () => {
      const packages = plainPackages(userspacePackages, arch);
      const metadata = await keepMetadata(this.#store, 'userspace', packages);
      return { metadata, payloads: packages.map((pkg) => ({ package: pkg, kernel: null, modules: [] })) };
    });
  }

  /** The packages of a vendor's driver for kernels of a scheme. */
  vendor(file: string, scheme: string, driver: DriverBuild): Promise<DriverRepository> {
    const own = vendorScheme(scheme, driver.driver);
    const key = JSON.stringify([file, own, driver.driver, driver.version]);
    return remembered(this.#vendors, key, async () => {
      const { builds } = await this.history(file);
      const build = builds.find((build) => build.build.release === driver.builtFor)?.build;
      invariant(build !== undefined, `${driver.driver} is built for a kernel of its history`);
      const withDriver = { ...build, modules: [...build.modules, driver.kernelModule] };
      const all = packageBuilds(own, [withDriver], { patterns: false }).packages.map(payloadFinder(withDriver));
      const [payload, ...others] = all.filter(({ modules }) =>
        modules.some(({ kernelModule }) => kernelModule === driver.kernelModule),
      );
      invariant(payload !== undefined && others.length === 0, `scheme ${own} makes one package of ${driver.driver}`);
      // Besides itself, what it requires by name: its vendor's certificate.
      const required = new Set(payload.package.requires.map(({ name }) => name));
      const payloads = [
        payload,
        ...all.filter((payload) => payload.modules.length === 0 && required.has(payload.package.name)),
      ];
      const packages = payloads.map((payload) => payload.package);
      const metadata = await keepMetadata(this.#store, `${driver.driver} ${driver.version}`, packages);
      return { name: payload.package.name, metadata, payloads };
    });
  }

  /**
   * What a build service publishes for a kernel that stays: the packages that a rebuilt driver of it changes; null where the scheme cannot
   * tell a rebuilt package from the first one.
   */
  rebuiltDriver(file: string, scheme: string, index: number, kernelModule: string): Promise<DriverRepository | null> {
    const key = JSON.stringify(['rebuilt', file, scheme, index, kernelModule]);
    return remembered(this.#rebuilt, key, async () => {
      const { builds } = await this.history(file);
      const build = builds[index]?.build;
      invariant(build !== undefined, `the history has a build ${index}`);
      const earlier = builds.slice(0, index).map((build) => build.build);
      const update = { kernelModule, release: `${build.revision}.1`, earlier };
      const { packages } = packageDriverUpdate(scheme, build, update, { patterns: false });
      const payloads = packages.map(payloadFinder(withDriverUpdate(build, update)));
      const holder = payloads.find(({ modules }) =>
        modules.some((installedModule) => installedModule.kernelModule.name === kernelModule),
      );
      if (holder === undefined) return null;
      const metadata = await keepMetadata(this.#store, `${kernelModule} rebuilt`, packages);
      return { name: holder.package.name, metadata, payloads };
    });
  }

  #finder(build: KernelBuild): (pkg: RpmPackage) => Payload {
    let finder = this.#finders.get(build);
    if (finder === undefined) {
      finder = payloadFinder(build);
      this.#finders.set(build, finder);
    }
    return finder;
  }
}

function remembered<Value>(
  known: Map<string, Promise<Value>>,
  key: string,
  make: () => Promise<Value>,
): Promise<Value> {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}
