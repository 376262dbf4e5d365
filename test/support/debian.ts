import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtinKernels } from '#kernel';

const run = promisify(execFile);
const cache = join(import.meta.dirname, '../../.cache/kernels');

/** A Debian package by name through the machine's apt, unless it is in the cache already; undefined where no source has it. */
export async function debianPackage(name: string): Promise<string | undefined> {
  await mkdir(cache, { recursive: true });
  const cached = async (): Promise<string | undefined> =>
    (await readdir(cache)).find((file) => file.startsWith(`${name}_`));
  if ((await cached()) === undefined) await download(name).catch(() => undefined);
  const file = await cached();
  return file === undefined ? undefined : join(cache, file);
}

/** Beside the cache first: another test may be at the same package, and must not see half of it. */
async function download(name: string): Promise<void> {
  const aside = await mkdtemp(join(cache, 'part-'));
  try {
    await run('apt-get', ['-qq', 'download', name], { cwd: aside });
    for (const file of await readdir(aside)) await rename(join(aside, file), join(cache, file));
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** The first of the packages that cannot be had, and how a test says so. */
export async function whyNoPackages(names: readonly string[]): Promise<string | undefined> {
  for (const name of names) if ((await debianPackage(name)) === undefined) return `no apt source has ${name}`;
  return undefined;
}

/** The newest of the builds that come with the lab whose package can be had: Debian drops what it replaced. */
export async function debianKernel(): Promise<{ readonly name: string; readonly file: string }> {
  for (const name of [...(await builtinKernels())].reverse()) {
    const file = await debianPackage(`linux-image-${name.slice('debian-'.length)}`);
    if (file !== undefined) return { name, file };
  }
  throw new Error('no apt source has a kernel package that the lab knows, and .cache/kernels is empty');
}

/** Takes files out of a Debian package, by absolute paths. */
export async function unpack(file: string, paths: readonly string[], target: string): Promise<void> {
  const script = 'deb=$1; shift; dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$0" "$@"';
  await run('bash', ['-c', script, target, file, ...paths.map((path) => `.${path}`)]);
}
