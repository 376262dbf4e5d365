import { type AuditableDevice, type InstalledModule, loadableModules, type Payload } from '#audit';
import { nevra, type RpmPackage } from '#rpm';
import type { AskedName, LoaderPolicy } from '#run-document';
import { newestFirst, type SystemState } from '../machine/system-state.js';
import { meantBy } from './asked.js';

export interface ChangeInput {
  readonly verb: string;
  readonly names: readonly AskedName[];
  readonly before: SystemState;
  readonly after: SystemState;
  readonly devices: readonly AuditableDevice[];
  readonly policy: LoaderPolicy;
  /** The kernel that the next boot takes; null where none is installed. */
  readonly nextBoot: string | null;
}

/** What a request changed on a machine, package by package; what the kernels load of it is looked up where somebody asks. */
export class Change {
  readonly input: ChangeInput;
  readonly came: readonly Payload[];
  readonly went: readonly Payload[];
  /** Newest first. */
  readonly kernels: readonly Payload[];
  readonly #loaded = new Map<string, ReadonlySet<InstalledModule>>();
  readonly #named: readonly ((pkg: RpmPackage) => boolean)[];
  readonly #namesBefore: ReadonlySet<string>;

  constructor(input: ChangeInput) {
    const { before, after, names } = input;
    this.input = input;
    this.came = without(after, before);
    this.went = without(before, after);
    this.kernels = newestFirst(after);
    this.#named = names.map(({ name }) => meantBy(name));
    this.#namesBefore = new Set(before.map(({ package: pkg }) => pkg.name));
  }

  /** The kernel modules that an installed kernel would load, through links as well; none of a kernel that is not there. */
  loadedBy(release: string | null): ReadonlySet<InstalledModule> {
    const owner = this.kernels.find(({ kernel }) => kernel?.release === release);
    if (release === null || owner?.kernel == null) return new Set();
    let loaded = this.#loaded.get(release);
    if (loaded === undefined) {
      const { after, policy } = this.input;
      loaded = loadableModules({ installed: after, policy }, owner.kernel);
      this.#loaded.set(release, loaded);
    }
    return loaded;
  }

  /** Whether a kernel loads a kernel module from outside of its tree instead of this one. */
  vendorStandsBefore({ kernelModule }: InstalledModule, release: string | null): boolean {
    const { name, inTree } = kernelModule;
    return (
      inTree &&
      [...this.loadedBy(release)].some(
        (installedModule) => installedModule.kernelModule.name === name && !installedModule.kernelModule.inTree,
      )
    );
  }

  isNamed({ package: pkg }: Payload): boolean {
    return this.#named.some((means) => means(pkg));
  }

  /** Whether a package of that name was installed before. */
  isUpdate({ package: pkg }: Payload): boolean {
    return this.#namesBefore.has(pkg.name);
  }
}

export function releasesOf(payloads: readonly Payload[]): string[] {
  return [...new Set(payloads.flatMap(({ kernel }) => kernel?.release ?? []))];
}

/** The kernel that the kernel modules of a package were built for. */
export function builtFor({ modules }: Payload): string {
  return modules[0]?.release ?? '';
}

export function isDriver({ kernel, modules }: Payload): boolean {
  return kernel === null && modules.length > 0;
}

function without(state: SystemState, other: SystemState): Payload[] {
  const there = new Set(other.map(({ package: pkg }) => nevra(pkg)));
  return state.filter(({ package: pkg }) => !there.has(nevra(pkg)));
}
