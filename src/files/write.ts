import { chmod, mkdir, mkdtemp, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '#errors';
import { asInputError, pathExists } from './read.js';

/**
 * Writes a file so that at any moment there is the old one, the new one or none, never a part. Parent directories are made.
 * Guards against our own failure, not against a power cut: nothing is synced.
 */
export async function writeFileAtomic(file: string, content: Uint8Array | string): Promise<void> {
  const target = resolve(file);
  await beside(target, async (aside) => {
    const written = join(aside, basename(target));
    await writeFile(written, content);
    await rename(written, target);
  });
}

export interface WriteDirectoryOptions {
  /**
   * Whether an existing directory with these entries may be replaced. Without it only an empty one is, so that a mistyped
   * output directory costs nobody their files.
   */
  readonly mayReplace?: (entries: readonly string[]) => boolean;
}

/**
 * Lets `fill` write into a new directory and then puts it in the place of `directory`. If `fill` throws, `directory` is untouched.
 *
 * @throws InputError `invalid` where `directory` holds something that may not be replaced
 */
export async function writeDirectoryAtomic(
  directory: string,
  fill: (aside: string) => Promise<void>,
  options: WriteDirectoryOptions = {},
): Promise<void> {
  const target = resolve(directory);
  const replaces = await pathExists(target);
  if (replaces) await refuseForeignDirectory(target, options);
  await beside(target, async (aside) => {
    const written = join(aside, 'new');
    await mkdir(written);
    await fill(written);
    // A directory cannot be renamed over one with entries; the gap between these two calls is the only moment without either.
    if (replaces) await rename(target, join(aside, 'old'));
    await rename(written, target);
  });
}

async function refuseForeignDirectory(target: string, options: WriteDirectoryOptions): Promise<void> {
  let entries: string[];
  try {
    entries = await readdir(target);
  } catch (error) {
    throw asInputError(error, target, 'a directory to write to');
  }
  const allowed = entries.length === 0 || options.mayReplace?.(entries.sort()) === true;
  if (allowed) return;
  throw new InputError('invalid', 'this directory holds other files and is not replaced', {
    file: target,
    hint: 'name a new directory, or empty this one yourself',
  });
}

/** Runs `write` with a scratch directory on the same file system as `target`, so that a rename from it is atomic. */
async function beside(target: string, write: (aside: string) => Promise<void>): Promise<void> {
  let aside: string | undefined;
  try {
    await mkdir(dirname(target), { recursive: true });
    aside = await mkdtemp(join(dirname(target), '.kmplab-'));
    await chmod(aside, 0o755);
    await write(aside);
  } catch (error) {
    throw asInputError(error, target, 'a place that can be written to');
  } finally {
    if (aside !== undefined) await removeAside(aside);
  }
}

async function removeAside(aside: string): Promise<void> {
  await rmdir(aside).catch(() => rm(aside, { recursive: true, force: true }));
}
