import { builtinHardware, type HardwareProfile, loadBuiltinHardware, readHardwareProfile } from '#hardware';
import { isBuiltinKernel, type KernelBuild, loadBuiltinKernel, readKernelBuild } from '#kernel';

/** A kernel build by its built-in name, else from a file. Throws InputError. */
export async function kernelNamed(name: string): Promise<KernelBuild> {
  return (await isBuiltinKernel(name)) ? loadBuiltinKernel(name) : readKernelBuild(name);
}

/** A hardware profile by its ready name, else from a file. Throws InputError. */
export async function hardwareNamed(name: string): Promise<HardwareProfile> {
  return (await builtinHardware()).includes(name) ? loadBuiltinHardware(name) : readHardwareProfile(name);
}

/** Loads each kernel once, whatever the number of scenarios that name it. */
export class KernelCache {
  readonly #builds = new Map<string, KernelBuild>();

  async load(names: Iterable<string>): Promise<void> {
    for (const name of names) if (!this.#builds.has(name)) this.#builds.set(name, await kernelNamed(name));
  }

  get builds(): ReadonlyMap<string, KernelBuild> {
    return this.#builds;
  }
}
