import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '#errors';
import { listFilesSorted, pathExists } from '#files';
import type { KernelBuild } from './build.js';
import { readKernelBuild } from './build-file.js';

const suffix = '.kernel.json.zst';

/** Where the data that comes with the project lies: seen alike from the sources and from the compiled files. */
function dataDirectory(): string {
  return join(dirname(fileURLToPath(import.meta.url)), '../../scenarios/kernels');
}

/** Names of the kernel builds that come with the project, oldest first: `debian-6.1.0-47-amd64`. */
export async function builtinKernels(): Promise<string[]> {
  const files = await listFilesSorted(dataDirectory());
  return files.filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length));
}

/** @throws InputError `missing` with the names that exist */
export async function loadBuiltinKernel(name: string): Promise<KernelBuild> {
  const file = join(dataDirectory(), name + suffix);
  if (basename(file) === name + suffix && (await pathExists(file))) return readKernelBuild(file);
  const known = await builtinKernels();
  throw new InputError('missing', `there is no built-in kernel ${name}`, { expected: `one of ${known.join(', ')}` });
}
