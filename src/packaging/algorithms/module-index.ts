import { append } from '#collections';
import type { KernelBuild, KernelModule } from '#kernel';

/** Finds kernel modules of a build by what others call them. */
export class ModuleIndex {
  readonly #byName: ReadonlyMap<string, KernelModule>;
  readonly #byAlias: ReadonlyMap<string, readonly KernelModule[]>;

  constructor({ modules }: KernelBuild) {
    this.#byName = new Map(modules.map((kernelModule) => [kernelModule.name, kernelModule]));
    const byAlias = new Map<string, KernelModule[]>();
    for (const kernelModule of modules) {
      for (const alias of kernelModule.aliases) {
        append(byAlias, alias, kernelModule);
      }
    }
    this.#byAlias = byAlias;
  }

  /** `depends=` and modprobe write a kernel module's name with dashes or underscores. */
  named(name: string): KernelModule | undefined {
    return this.#byName.get(name.replaceAll('-', '_'));
  }

  /** What modprobe would load for a name or an alias without wildcard: `xxhash64`, `crypto-crc32c`. Nothing for what is built in. */
  resolve(nameOrAlias: string): readonly KernelModule[] {
    const named = this.named(nameOrAlias);
    return named === undefined ? (this.#byAlias.get(nameOrAlias) ?? []) : [named];
  }

  /** Direct dependencies that are kernel modules of this build. Others are built in, or the build's warnings name them. */
  dependsOf(kernelModule: KernelModule): KernelModule[] {
    return kernelModule.depends.flatMap((name) => this.named(name) ?? []);
  }

  /** The kernel modules and everything they depend on, directly or not. */
  closure(kernelModules: Iterable<KernelModule>): Set<KernelModule> {
    const closed = new Set<KernelModule>();
    const waiting = [...kernelModules];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (closed.has(next)) continue;
      closed.add(next);
      waiting.push(...this.dependsOf(next));
    }
    return closed;
  }
}
