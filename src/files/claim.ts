import { readFileSync, rmdirSync, rmSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '#errors';
import { atTheEnd } from './cleanup.js';
import { makeDirectories, removeEmpty } from './directories.js';
import { ownerEnded, thisOwner } from './owner.js';
import { asOutputError } from './read.js';
import { makeScratch } from './scratch.js';
import { refuseForeignDirectory, targetOf, type WriteDirectoryOptions } from './write.js';

const lockName = '.kmplab.lock';

/**
 * Runs `work`, whose results will become files of `directory`, once it is certain that they can: the directory is made and written to
 * before the work begins, and until it ends nobody else's results go there.
 *
 * @throws InputError `unwritable`, `missing`, `unsupported`, or `resources` where another process has claimed the directory
 */
export async function claimDirectory<Result>(
  directory: string,
  files: readonly string[],
  work: () => Promise<Result>,
): Promise<Result> {
  const lock = join(resolve(directory), lockName);
  return whereWritable(directory, async () => {
    for (const file of files) await targetOf(join(directory, file));
    await take(lock, directory).catch((error: unknown) => Promise.reject(outputError(error, directory)));
    const forget = atTheEnd(() => {
      if (readFileSync(lock, 'utf8') === thisOwner()) rmSync(lock);
    });
    try {
      return await work();
    } finally {
      await rm(lock, { force: true });
      forget();
    }
  });
}

/** Finds out before long work whether its result can be written. @throws InputError as `writeFileAtomic` would */
export async function tryOutput(file: string): Promise<void> {
  await targetOf(file);
  await tryDirectory(dirname(resolve(file)));
}

/** Likewise of a directory that will appear as a whole. @throws InputError as `writeDirectoryAtomic` would */
export async function tryNewDirectory(directory: string, options: WriteDirectoryOptions): Promise<void> {
  await refuseForeignDirectory(resolve(directory), options);
  await tryDirectory(dirname(resolve(directory)));
}

/** Likewise of files of any name in a directory, which need not be there. @throws InputError */
export async function tryDirectory(directory: string): Promise<void> {
  await whereWritable(directory, async () => {
    const scratch = await makeScratch(join(directory, '.kmplab-')).catch((error: unknown) =>
      Promise.reject(outputError(error, directory)),
    );
    await scratch.drop();
  });
}

/** Makes the directory, and leaves none behind in which nothing came to lie. */
async function whereWritable<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  const made = await makeDirectories(resolve(directory)).catch((error: unknown) =>
    Promise.reject(outputError(error, directory)),
  );
  const forget = atTheEnd(() => {
    for (const path of [...made].reverse()) rmdirSync(path);
  });
  try {
    return await work();
  } finally {
    await removeEmpty(made);
    forget();
  }
}

function outputError(error: unknown, file: string): unknown {
  return asOutputError(error, file, 'a place that can be written to');
}

/** Makes the lock, which only one process can; one whose process ended is moved away first. */
async function take(lock: string, directory: string): Promise<void> {
  const left = `${lock}.${thisOwner()}`;
  for (;;) {
    const owner = await ownerOf(lock);
    if (owner === null) {
      if (await made(lock)) return;
      continue;
    }
    if (!ownerEnded(owner)) throw inUse(directory, lock, owner);
    // Only one process moves it. What it moved may be the lock of a quicker process.
    if (!(await moved(lock, left))) continue;
    if ((await ownerOf(left)) !== owner) await moved(left, lock);
    await rm(left, { force: true });
  }
}

async function ownerOf(lock: string): Promise<string | null> {
  return readFile(lock, 'utf8').catch(nullWhen('ENOENT'));
}

async function made(lock: string): Promise<boolean> {
  const file = await open(lock, 'wx').catch(nullWhen('EEXIST'));
  if (file === null) return false;
  try {
    await file.writeFile(thisOwner());
    return true;
  } catch (error) {
    // A full disk: a lock that names nobody would stay for ever.
    await rm(lock, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function moved(from: string, to: string): Promise<boolean> {
  return (await rename(from, to).catch(nullWhen('ENOENT'))) === undefined;
}

function nullWhen(code: string): (error: unknown) => null {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === code) return null;
    throw error;
  };
}

function inUse(directory: string, lock: string, owner: string): InputError {
  return new InputError('resources', `process ${owner.split('-')[1] ?? owner} is writing its results here`, {
    file: directory,
    hint: `wait for it, or name another directory; should that process run no more, remove ${lock}`,
  });
}
