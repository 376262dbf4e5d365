import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = join(import.meta.dirname, '../../.cache/kernels');

/** A Debian package by name through the machine's apt, unless it is in the cache already; undefined where no source has it. */
export async function debianPackage(name: string): Promise<string | undefined> {
  await mkdir(cache, { recursive: true });
  const cached = async (): Promise<string | undefined> =>
    (await readdir(cache)).find((file) => file.startsWith(`${name}_`));
  if ((await cached()) === undefined)
    await run('apt-get', ['-qq', 'download', name], { cwd: cache }).catch(() => undefined);
  const file = await cached();
  return file === undefined ? undefined : join(cache, file);
}

/** The first of the packages that cannot be had, and how a test says so. */
export async function whyNoPackages(names: readonly string[]): Promise<string | undefined> {
  for (const name of names) if ((await debianPackage(name)) === undefined) return `no apt source has ${name}`;
  return undefined;
}
