import { renameSync } from 'node:fs';
import { lstat, mkdir, readdir, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '#errors';
import { makeDirectories } from './directories.js';
import { ownDirectory, ownMark } from './owned.js';
import { asInputError, asOutputError, pathExists } from './read.js';
import { makeScratch, type Scratch } from './scratch.js';

/** Paths that this thread has put in their place, in the order of their coming. */
const written: string[] = [];

/** What this process has written so far: an interrupted process says what is kept. */
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
 * Writes files that belong together below one directory: all or none of them are new, also where the disk becomes full or a signal comes. A
 * process that is killed meanwhile leaves some files missing, never an old file beside a new one. Files in subdirectories
 * (`scenario/a.html`) take the place of such a directory as a whole: of `directories`, those without new files go.
 *
 * @throws InputError as `writeFileAtomic` does, and where one of the directories is somebody else's
 */
export async function writeFilesAtomic(
  directory: string,
  files: ReadonlyMap<string, string>,
  directories: readonly string[] = [],
): Promise<void> {
  const entries = entriesOf(files, directories);
  const targets = await Promise.all(
    [...entries].map(async ([name, entry]) => {
      const target = join(directory, name);
      if (typeof entry === 'string') return targetOf(target);
      await ownDirectory(target);
      return resolve(target);
    }),
  );
  await beside(join(resolve(directory), 'files'), async (aside) => {
    const moves = targets.map((target, index) => ({
      target,
      fresh: join(aside, `new-${index}`),
      old: join(aside, `old-${index}`),
    }));
    const contents = [...entries.values()];
    for (const [index, { fresh }] of moves.entries()) await writeEntry(fresh, contents[index] ?? '');
    exchange(moves);
  });
  written.push(...[...files.keys()].map((name) => join(directory, name)));
}

/** What stands directly in the directory: a file by its content, a directory by its files; of one that goes there are none. */
type Entry = string | ReadonlyMap<string, string>;

function entriesOf(files: ReadonlyMap<string, string>, directories: readonly string[]): Map<string, Entry> {
  const found = new Map<string, string | Map<string, string>>(directories.map((name) => [name, new Map()]));
  for (const [path, content] of files) {
    const [top = path, ...below] = path.split('/');
    if (below.length === 0) {
      found.set(top, content);
      continue;
    }
    const known = found.get(top);
    const inside = known instanceof Map ? known : new Map<string, string>();
    found.set(top, inside.set(below.join('/'), content));
  }
  return found;
}

async function writeEntry(fresh: string, entry: Entry): Promise<void> {
  if (typeof entry === 'string') return writeFile(fresh, entry);
  if (entry.size === 0) return;
  await mkdir(fresh);
  await writeFile(join(fresh, ownMark), '');
  for (const [name, content] of entry) await writeFile(join(fresh, name), content);
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
    for (const { fresh, target } of moves) ifThere(() => move(fresh, target));
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
