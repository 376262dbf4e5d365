import type { Payload } from '#audit';
import { InputError } from '#errors';
import { kernelPackages } from '#packaging';
import type { Trials } from '#run';
import type { Plan } from './plan.js';

/** The fields of a scenario's `drivers`. */
export interface RebuiltDriver {
  readonly kernelModule: string;
  readonly kernel: string;
  readonly version: string;
  readonly revision: string;
}

interface KernelNames {
  readonly holders: ReadonlyMap<string, string>;
  readonly kernels: readonly string[];
  readonly version: string;
  readonly revision: string;
}

/** What packages of a plan's kernels are called under a design. */
export class PackageNames {
  readonly #kernels: ReadonlyMap<string, KernelNames>;
  readonly #rebuilt: ReadonlyMap<string, RebuiltDriver>;

  static async of(design: string, plan: Plan, trials: Trials): Promise<PackageNames> {
    const kernels = new Map<string, KernelNames>();
    const { kernelModules } = plan.kit;
    for (const kernel of plan.kernels) {
      const content = { kernels: [kernel], drivers: [], patterns: false, kernelModules };
      const packaged = await trials.repositories.packaged(design, content);
      const { upstreamVersion, revision } = await trials.repositories.load(kernel);
      kernels.set(kernel, {
        ...namesIn(packaged, kernelPackages(design, 'default')),
        version: upstreamVersion,
        revision,
      });
    }
    const rebuilt = new Map<string, RebuiltDriver>();
    for (const { rebuilt: kernelModule, kernel } of plan.steps) {
      const names = kernels.get(kernel);
      // Who builds a kernel's own package again has another kernel, with a name of its own below /lib/modules.
      if (kernelModule === null || names?.holders.has(kernelModule) !== true) continue;
      const driver = { kernelModule, kernel, version: names.version, revision: `${names.revision}.1` };
      const content = { kernels: [], drivers: [driver], patterns: false, kernelModules };
      if (await isPackaged(trials, design, content)) rebuilt.set(`${kernelModule} ${kernel}`, driver);
    }
    return new PackageNames(kernels, rebuilt);
  }

  private constructor(kernels: ReadonlyMap<string, KernelNames>, rebuilt: ReadonlyMap<string, RebuiltDriver>) {
    this.#kernels = kernels;
    this.#rebuilt = rebuilt;
  }

  /** Whether something of a kernel is in another package than the kernel itself. */
  isModular(kernel: string): boolean {
    return (this.#kernels.get(kernel)?.holders.size ?? 0) > 0;
  }

  /** The package that holds a kernel module; null where the package of the kernel does, or none. */
  holderOf(kernelModule: string, kernel: string): string | null {
    return this.#kernels.get(kernel)?.holders.get(kernelModule) ?? null;
  }

  /** `kernel-default = 6.1.187-1`: the kernel's packages in the version of one build. */
  kernelVersions(kernel: string): string[] {
    return [...(this.#kernels.get(kernel)?.kernels ?? [])];
  }

  /** A newer build of a driver for a kernel; null where the design cannot tell it from the first one. */
  rebuild(kernelModule: string, kernel: string): RebuiltDriver | null {
    return this.#rebuilt.get(`${kernelModule} ${kernel}`) ?? null;
  }
}

function namesIn(packaged: readonly Payload[], asked: readonly string[]): Pick<KernelNames, 'holders' | 'kernels'> {
  const holders = new Map<string, string>();
  const kernels: string[] = [];
  for (const { package: pkg, kernel, modules } of packaged) {
    const { version, release } = pkg.evr;
    if (asked.includes(pkg.name)) kernels.push(`${pkg.name} = ${version}-${release ?? ''}`);
    else if (kernel === null) for (const { kernelModule } of modules) holders.set(kernelModule.name, pkg.name);
  }
  return { holders, kernels };
}

async function isPackaged(
  trials: Trials,
  design: string,
  content: Parameters<Trials['repositories']['packaged']>[1],
): Promise<boolean> {
  try {
    return (await trials.repositories.packaged(design, content)).length > 0;
  } catch (cause) {
    if (cause instanceof InputError) return false;
    throw cause;
  }
}
