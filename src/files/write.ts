import { renameSync } from 'node:fs';
import { lstat, mkdir, readdir, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '#errors';
import { makeDirectories } from './directories.js';
import { asInputError, asOutputError, pathExists } from './read.js';
import { makeScratch, type Scratch } from './scratch.js';

/** Paths that this thread has put in their place, in the order of their coming. */
const written: string[] = [];

/** What this process has written so far: for telling whoever interrupts it what is kept. */
export function filesWritten(): readonly string[] {
  return written;
}

/**
 * Writes a file so that at any moment there is the old one, the new one or none, never a part. Parent directories are made.
 * Guards against our own failure, not against a power cut: nothing is synced.
 *
 * @throws InputError `unwritable`, `missing`, or `unsupported` where something else than a file is there
 */
export async function writeFileAtomic(file: string, content: Uint8Array | string): Promise<void> {
  const target = await targetOf(file);
  await beside(target, async (aside) => {
    const fresh = join(aside, basename(target));
    await writeFile(fresh, content);
    await rename(fresh, target);
  });
  written.push(file);
}

/**
 * Writes files of one directory that belong together: all or none of them are new, also where the disk becomes full or a signal comes. A
 * process that is killed in the midst leaves those that it had not come to missing, never an old one beside a new one.
 */
export async function writeFilesAtomic(directory: string, files: ReadonlyMap<string, string>): Promise<void> {
  const targets = await Promise.all([...files.keys()].map((name) => targetOf(join(directory, name))));
  await beside(join(resolve(directory), 'files'), async (aside) => {
    const moves = targets.map((target, index) => ({
      target,
      fresh: join(aside, `new-${index}`),
      old: join(aside, `old-${index}`),
    }));
    const contents = [...files.values()];
    for (const [index, { fresh }] of moves.entries()) await writeFile(fresh, contents[index] ?? '');
    exchange(moves);
  });
  written.push(...[...files.keys()].map((name) => join(directory, name)));
}

interface Move {
  readonly target: string;
  readonly fresh: string;
  readonly old: string;
}

/** Puts the fresh files in place of the old ones. Without a pause, so that no signal is heard in between; a failure takes all of it back. */
function exchange(moves: readonly Move[]): void {
  const undo: (() => void)[] = [];
  const move = (from: string, to: string): void => {
    renameSync(from, to);
    undo.push(() => renameSync(to, from));
  };
  try {
    for (const { target, old } of moves) ifThere(() => move(target, old));
    for (const { fresh, target } of moves) move(fresh, target);
  } catch (error) {
    for (const back of undo.reverse()) back();
    throw error;
  }
}

function ifThere(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
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
  await refuseForeignDirectory(target, options);
  await beside(target, async (aside) => {
    const fresh = join(aside, 'new');
    await mkdir(fresh);
    await fill(fresh);
    // A directory cannot be renamed over one with entries; without a pause between the two, no signal leaves neither.
    exchange([{ target, fresh, old: join(aside, 'old') }]);
  });
  written.push(directory);
}

/** @throws InputError `invalid` where `target` is there and may not be replaced */
export async function refuseForeignDirectory(target: string, options: WriteDirectoryOptions): Promise<void> {
  if (!(await pathExists(target))) return;
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

/** Where a file is to be put: what a link leads to, and never in the place of a device, a pipe or a directory. */
export async function targetOf(file: string): Promise<string> {
  const target = resolve(file);
  const there = await stat(target).catch(() => null);
  if (there !== null && !there.isFile()) {
    throw new InputError('unsupported', 'this is not a regular file, and is not replaced', {
      file,
      expected: 'the name of a new file, or of one to replace',
    });
  }
  const isLink = there !== null && (await lstat(target)).isSymbolicLink();
  return isLink ? realpath(target) : target;
}

/** Runs `write` with a scratch directory on the same file system as `target`, so that a rename from it is atomic. */
async function beside(target: string, write: (aside: string) => Promise<void>): Promise<void> {
  let aside: Scratch | undefined;
  try {
    aside = await scratchIn(dirname(target));
    await write(aside.path);
  } catch (error) {
    throw asOutputError(error, target, 'a place that can be written to');
  } finally {
    await aside?.drop();
  }
}

async function scratchIn(directory: string): Promise<Scratch> {
  await makeDirectories(directory);
  return makeScratch(join(directory, '.kmplab-'));
}
