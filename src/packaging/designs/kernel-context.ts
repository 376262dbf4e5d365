import { append } from '#collections';
import { invariant } from '#errors';
import { type KernelBuild, type KernelModule, ModuleIndex } from '#kernel';
import type { Dependency } from '#rpm';
import { configurationHash } from '../algorithms/configuration-hash.js';
import { type Layer, layersOf } from '../algorithms/layers.js';
import type { DesignOptions } from '../algorithms/options.js';
import type { BuildSets } from '../algorithms/symbol-sets.js';
import { exportedBy, type Item, type PackageSubject } from './package-subject.js';

/** One kernel build while a design is unfolded over it: what its packages are so far, and what is found once for all of them. */
export class KernelContext {
  readonly build: KernelBuild;
  readonly options: DesignOptions;
  readonly sets: BuildSets | undefined;
  /** Packages of each kind, as far as they have a name. */
  readonly subjects = new Map<string, readonly PackageSubject[]>();
  /** Dependencies that do not differ by package, by where they stand and by symbol. */
  readonly shared = new Map<object, Dependency>();
  readonly symbols = new Map<string, Map<string, { readonly crc: number; readonly dependency: Dependency }>>();
  /** A kernel module and its package, as dependencies on it are written. */
  readonly needs = new Map<KernelModule, Item>();
  readonly #texts: Readonly<Record<string, string>>;
  readonly #exports = new Map<string, ReadonlySet<string>>();
  #configuration: string | undefined;
  #layers: ReadonlyMap<KernelModule, Layer> | undefined;
  #holders: ReadonlyMap<KernelModule, PackageSubject> | undefined;
  #askers: ReadonlyMap<PackageSubject, readonly PackageSubject[]> | undefined;

  constructor(
    build: KernelBuild,
    options: DesignOptions,
    texts: Readonly<Record<string, string>>,
    sets: BuildSets | undefined,
  ) {
    this.build = build;
    this.options = options;
    this.sets = sets;
    this.#texts = texts;
  }

  get index(): ModuleIndex {
    return ModuleIndex.of(this.build);
  }

  get configuration(): string {
    this.#configuration ??= configurationHash(this.build);
    return this.#configuration;
  }

  /** An option of the design that is a text. */
  text(option: string): string {
    return this.#texts[option] ?? '';
  }

  /** The one package of a kind of which a kernel has one. */
  reference(kind: string): PackageSubject {
    const [subject] = this.subjects.get(kind) ?? [];
    invariant(subject !== undefined, `package ${kind} has a name before others refer to it`);
    return subject;
  }

  layerOf(kernelModule: KernelModule): Layer {
    this.#layers ??= layersOf(this.build);
    return this.#layers.get(kernelModule) ?? 'standard';
  }

  /** Names of the symbols that the packages of a kind export. */
  exportsOf(kind: string): ReadonlySet<string> {
    let known = this.#exports.get(kind);
    if (known === undefined) {
      known = new Set(
        (this.subjects.get(kind) ?? []).flatMap((subject) => exportedBy(subject, this).map(({ name }) => name)),
      );
      this.#exports.set(kind, known);
    }
    return known;
  }

  /** The package that holds a kernel module. */
  holderOf(kernelModule: KernelModule): PackageSubject | undefined {
    this.#holders ??= new Map(
      [...this.subjects.values()]
        .flat()
        .flatMap((subject) => subject.held.map((kernelModule) => [kernelModule, subject] as const)),
    );
    return this.#holders.get(kernelModule);
  }

  /** Packages that name a kernel module of this one in a soft dependency. */
  askersOf(subject: PackageSubject): readonly PackageSubject[] {
    if (this.#askers === undefined) {
      const askers = new Map<PackageSubject, PackageSubject[]>();
      for (const asker of [...this.subjects.values()].flat()) {
        for (const asked of this.softdepsOf(asker)) {
          append(askers, asked, asker);
        }
      }
      this.#askers = askers;
    }
    return this.#askers.get(subject) ?? [];
  }

  /**
   * Other packages whose kernel modules a package's soft dependencies name. One that no kernel module of the build answers to is built in
   * or absent.
   */
  softdepsOf(subject: PackageSubject): PackageSubject[] {
    return subject.held
      .flatMap(({ softdeps: { pre, post } }) => [...pre, ...post])
      .flatMap((name) => this.index.resolve(name))
      .flatMap((kernelModule) => this.holderOf(kernelModule) ?? [])
      .filter((holder) => holder !== subject);
  }
}
