import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '#errors';
import { listFilesSorted, pathExists } from '#files';
import type { KernelBuild } from './build.js';
import { readKernelBuild } from './build-file.js';
import { readSupported, withSupport } from './support-list.js';

const suffix = '.kernel.json.zst';

/** Where the data that comes with the project lies: seen alike from the sources and from the compiled files. */
function dataDirectory(folder: Folder): string {
  return join(dirname(fileURLToPath(import.meta.url)), '../../scenarios', folder);
}

type Folder = 'kernels' | 'flavors' | 'lines';

/** Names of the successive kernel builds that come with the project, oldest first: `debian-6.1.0-47-amd64`. */
export function builtinKernels(): Promise<string[]> {
  return buildsIn('kernels');
}

/** Names of builds of other flavors that come along as well, in part: `debian-6.1.0-53-rt-amd64`. */
export function builtinFlavors(): Promise<string[]> {
  return buildsIn('flavors');
}

/**
 * Names of builds of other lines than the successive ones: another architecture, another version of Linux. `debian-6.1.0-56-arm64`.
 */
export function builtinLines(): Promise<string[]> {
  return buildsIn('lines');
}

/** All of them. */
export async function builtinNames(): Promise<string[]> {
  return [...(await builtinKernels()), ...(await builtinFlavors()), ...(await builtinLines())];
}

async function buildsIn(folder: Folder): Promise<string[]> {
  const files = await listFilesSorted(dataDirectory(folder));
  return files.filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length));
}

export async function isBuiltinKernel(name: string): Promise<boolean> {
  return (await fileOf(name)) !== undefined;
}

/** `debian-6.1.0-56-amd64@supported.conf`: behind a name, the file that says what a vendor supports of it. */
function parted(name: string): { readonly build: string; readonly supported: string | undefined } {
  const at = name.indexOf('@');
  return at < 0 ? { build: name, supported: undefined } : { build: name.slice(0, at), supported: name.slice(at + 1) };
}

async function fileOf(wanted: string): Promise<string | undefined> {
  const name = parted(wanted).build;
  for (const folder of ['kernels', 'flavors', 'lines'] as const) {
    const file = join(dataDirectory(folder), name + suffix);
    if (basename(file) === name + suffix && (await pathExists(file))) return file;
  }
  return undefined;
}

/** @throws InputError `missing` with the names that exist */
export async function loadBuiltinKernel(name: string): Promise<KernelBuild> {
  const file = await fileOf(name);
  if (file !== undefined) {
    const build = await readKernelBuild(file);
    const { supported } = parted(name);
    return supported === undefined ? build : withSupport(build, await readSupported(supported));
  }
  const known = await builtinNames();
  throw new InputError('missing', `there is no built-in kernel ${name}`, { expected: `one of ${known.join(', ')}` });
}
