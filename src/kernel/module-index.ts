import { append } from '#collections';
import type { KernelBuild, KernelModule } from './build.js';

/** Finds kernel modules of a build by what others call them. */
export class ModuleIndex {
  readonly #modules: readonly KernelModule[];
  #byName: ReadonlyMap<string, KernelModule> | undefined;
  #byAlias: ReadonlyMap<string, readonly KernelModule[]> | undefined;
  #exporters: ReadonlyMap<string, KernelModule> | undefined;

  private constructor({ modules }: KernelBuild) {
    this.#modules = modules;
  }

  /** Made once for each build: who takes many parts of one would spend most of the time on it. */
  static of(build: KernelBuild): ModuleIndex {
    const index = indexes.get(build) ?? new ModuleIndex(build);
    indexes.set(build, index);
    return index;
  }

  /** `depends=` and modprobe write a kernel module's name with dashes or underscores. */
  named(name: string): KernelModule | undefined {
    this.#byName ??= new Map(this.#modules.map((kernelModule) => [kernelModule.name, kernelModule]));
    return this.#byName.get(name.replaceAll('-', '_'));
  }

  /** What modprobe would load for a name or an alias without wildcard: `xxhash64`, `crypto-crc32c`. Nothing for what is built in. */
  resolve(nameOrAlias: string): readonly KernelModule[] {
    const named = this.named(nameOrAlias);
    if (named !== undefined) return [named];
    this.#byAlias ??= byAlias(this.#modules);
    return this.#byAlias.get(nameOrAlias) ?? [];
  }

  /** The kernel module that exports a symbol; the last one where a build has several. */
  exporterOf(symbol: string): KernelModule | undefined {
    this.#exporters ??= new Map(
      this.#modules.flatMap((kernelModule) => kernelModule.exports.map(({ name }) => [name, kernelModule] as const)),
    );
    return this.#exporters.get(symbol);
  }

  /** Direct dependencies that are kernel modules of this build. Others are built in, or the build's warnings name them. */
  dependsOf({ depends }: KernelModule): KernelModule[] {
    return depends.flatMap((name) => this.named(name) ?? []);
  }
}

const indexes = new WeakMap<KernelBuild, ModuleIndex>();

function byAlias(modules: readonly KernelModule[]): ReadonlyMap<string, readonly KernelModule[]> {
  const found = new Map<string, KernelModule[]>();
  for (const kernelModule of modules) for (const alias of kernelModule.aliases) append(found, alias, kernelModule);
  return found;
}
