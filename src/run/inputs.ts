import { relative } from 'node:path';
import { InputError, invariant, nearest } from '#errors';
import { pathExists } from '#files';
import { allBuiltinHardware, type HardwareProfile, loadBuiltinHardware, readHardwareProfile } from '#hardware';
import {
  builtinNames,
  type Deriver,
  isBuiltinKernel,
  type KernelBuild,
  kernelDeriver,
  loadBuiltinKernel,
  loadFirmwareSizes,
  parseDerivedName,
  readKernelBuild,
} from '#kernel';

/** A kernel build by its built-in name, with the sizes of Debian's firmware, else from a file, or derived from one of these. Throws InputError. */
export async function kernelNamed(name: string): Promise<KernelBuild> {
  const derived = parseDerivedName(name);
  if (derived !== null) return derived.derivations.reduce(await deriver(), await kernelNamed(derived.base));
  if (await isBuiltinKernel(name)) {
    const { files } = await loadFirmwareSizes();
    return { ...(await loadBuiltinKernel(name)), firmwareBytes: files };
  }
  await refuseMisspelt(name, 'kernel build', builtinNames);
  return readKernelBuild(name);
}

let loaded: Promise<Deriver> | null = null;

/** Its data are read once. */
export function deriver(): Promise<Deriver> {
  loaded ??= kernelDeriver();
  return loaded;
}

/** A hardware profile by its ready name, else from a file. Throws InputError. */
export async function hardwareNamed(name: string): Promise<HardwareProfile> {
  const known = await allBuiltinHardware();
  if (known.includes(name)) return loadBuiltinHardware(name);
  await refuseMisspelt(name, 'hardware profile', async () => known);
  return readHardwareProfile(name);
}

/** A file as documents and commands name it: from the root, where it lies below. */
export function labelOf(file: string, root: string): string {
  const below = relative(root, file);
  return below.startsWith('..') ? file : below;
}

/** A word that is no ready name and no file was most likely meant to be a ready name. */
async function refuseMisspelt(name: string, what: string, ready: () => Promise<readonly string[]>): Promise<void> {
  if (await pathExists(name)) return;
  const known = await ready();
  const guess = nearest(name, known);
  throw new InputError('missing', `there is no ready ${what} "${name}", and no such file`, {
    expected: `a file, or one of ${known.join(', ')}`,
    ...(guess === null ? {} : { hint: `write "${guess}"` }),
  });
}

/** Loads each kernel once, whatever the number of scenarios that name it. */
export class KernelCache {
  readonly #builds = new Map<string, KernelBuild>();

  async load(names: Iterable<string>): Promise<void> {
    for (const name of names) if (!this.#builds.has(name)) this.#builds.set(name, await kernelNamed(name));
  }

  async build(name: string): Promise<KernelBuild> {
    await this.load([name]);
    const build = this.#builds.get(name);
    invariant(build !== undefined, `kernel ${name} is there once it is loaded`);
    return build;
  }

  get builds(): ReadonlyMap<string, KernelBuild> {
    return this.#builds;
  }
}
