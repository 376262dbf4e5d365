import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '#errors';
import { asInputError } from './read.js';

/** Lies in a directory that this program made, and may replace as a whole. */
export const ownMark = '.kmplab-report';

/**
 * Whether a directory is there. Only one that this program made is ever replaced: a mistyped output directory costs nobody their files.
 *
 * @throws InputError `invalid` where it holds files of somebody else, `unsupported` where it is no directory
 */
export async function ownDirectory(path: string): Promise<boolean> {
  const there = await lstat(path).catch(() => null);
  if (there === null) return false;
  if (!there.isDirectory()) {
    throw new InputError('unsupported', 'this is not a directory, and is not replaced', {
      file: path,
      hint: 'name another place for the report, or move this away yourself',
    });
  }
  const entries = await readdir(path).catch((error: unknown) =>
    Promise.reject(asInputError(error, path, 'a directory')),
  );
  if (entries.length === 0 || entries.includes(ownMark)) return true;
  throw new InputError('invalid', 'this directory holds other files, and is not replaced', {
    file: path,
    expected: `a directory of an older report, or none`,
    hint: 'name another place for the report, or move this directory away yourself',
  });
}

/** @throws InputError as `ownDirectory` does, for the first of the directories that is somebody else's */
export async function tryOwnDirectories(directory: string, names: readonly string[]): Promise<void> {
  for (const name of names) await ownDirectory(join(directory, name));
}
