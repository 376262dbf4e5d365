import { mkdir, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a directory and its parents, and returns those that were not there, outermost first. Not mkdir's own `recursive`, which never
 * returns where the system refuses with ENOENT, as below /proc. Throws the system's error.
 */
export async function makeDirectories(path: string): Promise<string[]> {
  try {
    await mkdir(path);
    return [path];
  } catch (error) {
    if (await isThere(path, error)) return [];
    const parent = dirname(path);
    if (!hasCode(error, 'ENOENT') || parent === path) throw error;
    const made = await makeDirectories(parent);
    try {
      await mkdir(path);
    } catch (second) {
      if (await isThere(path, second)) return made;
      throw second;
    }
    return [...made, path];
  }
}

/** Whether making it failed because it, or a link to it, is there. */
async function isThere(path: string, error: unknown): Promise<boolean> {
  return hasCode(error, 'EEXIST') && (await stat(path)).isDirectory();
}

/** Removes directories that `makeDirectories` made, as far as nothing lies in them. */
export async function removeEmpty(made: readonly string[]): Promise<void> {
  for (const path of [...made].reverse()) await rmdir(path).catch(() => undefined);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
