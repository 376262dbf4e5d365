import { type Payload, payloadFinder } from '#audit';
import { invariant } from '#errors';
import { type DriverBuild, type History, type KernelBuild, readHistory } from '#kernel';
import { packageBuilds } from '#packaging';
import { nevra, type RpmPackage } from '#rpm';
import { contentToSolv } from '../repository/repositories.js';
import type { Store } from '../workers/store.js';
import { vendorScheme } from './history-scheme.js';
import { type Published, publish, readPublished } from './published.js';

/** A vendor's driver as the packages that bring it. */
export interface VendorRepository {
  /** Name of the package that holds the driver. */
  readonly name: string;
  readonly solv: Uint8Array;
  readonly payloads: readonly Payload[];
}

/** What a worker has read of histories: each once, with what was published in it. */
export class HistoryShelf {
  readonly #store: Store;
  readonly #histories = new Map<string, Promise<History>>();
  readonly #published = new Map<string, Promise<Published>>();
  readonly #vendors = new Map<string, Promise<VendorRepository>>();
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

  solv(name: string): Promise<Uint8Array> {
    return this.#store.bytes(name);
  }

  /** A package of a published build, with what it puts on disk. */
  async payload({ packages, index }: Published, wanted: string, build: KernelBuild): Promise<Payload | null> {
    const key = `${packages} ${wanted}`;
    const known = this.#payloads.get(key);
    if (known !== undefined) return known;
    const place = index.find(([name]) => name === wanted);
    if (place === undefined) return null;
    const bytes = await this.#store.bytes(packages);
    const pkg: RpmPackage = JSON.parse(Buffer.from(bytes.subarray(place[1], place[1] + place[2])).toString());
    const payload = this.#finder(build)(pkg);
    this.#payloads.set(key, payload);
    return payload;
  }

  /** The packages of a vendor's driver for kernels of a scheme. */
  vendor(file: string, scheme: string, driver: DriverBuild): Promise<VendorRepository> {
    const own = vendorScheme(scheme, driver.driver);
    const key = JSON.stringify([file, own, driver.driver, driver.version]);
    return remembered(this.#vendors, key, async () => {
      const { builds } = await this.history(file);
      const build = builds.find((one) => one.build.release === driver.builtFor)?.build;
      invariant(build !== undefined, `${driver.driver} is built for a kernel of its history`);
      const withDriver = { ...build, modules: [...build.modules, driver.kernelModule] };
      const all = packageBuilds(own, [withDriver], { patterns: false }).packages.map(payloadFinder(withDriver));
      const [payload, ...others] = all.filter(({ modules }) =>
        modules.some(({ kernelModule }) => kernelModule === driver.kernelModule),
      );
      invariant(payload !== undefined && others.length === 0, `scheme ${own} makes one package of ${driver.driver}`);
      // Besides itself, what it requires by name: its vendor's certificate.
      const required = new Set(payload.package.requires.map(({ name }) => name));
      const payloads = [payload, ...all.filter((one) => one.modules.length === 0 && required.has(one.package.name))];
      const solv = await contentToSolv(
        `${driver.driver} ${driver.version}`,
        payloads.map((one) => one.package),
      );
      return { name: payload.package.name, solv, payloads };
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

/** NEVRAs of payloads, for looking one up. */
export function byNevra(payloads: readonly Payload[]): Map<string, Payload> {
  return new Map(payloads.map((payload) => [nevra(payload.package), payload]));
}
