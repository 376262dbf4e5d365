import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asInputError } from './read.js';

/** One folder of a cache. */
export interface CacheFolder {
  readonly name: string;
  readonly files: number;
  readonly bytes: number;
}

interface CachedFile {
  readonly path: string;
  readonly bytes: number;
  readonly usedMs: number;
}

/** What lies in a cache, by folder; nothing where there is none yet. @throws InputError `unreadable` */
export async function cacheUse(directory: string): Promise<CacheFolder[]> {
  const folders: CacheFolder[] = [];
  for (const name of await foldersOf(directory)) {
    const files = await filesBelow(join(directory, name));
    folders.push({ name, files: files.length, bytes: sum(files) });
  }
  return folders;
}

/**
 * Removes what nobody has used for longest, until the rest fits. Whatever lies there can be made again: a process that is using a file just
 * now has it open, or makes it anew.
 *
 * @returns what was removed
 */
export async function pruneCache(directory: string, bytesMax: number): Promise<Omit<CacheFolder, 'name'>> {
  const all = (await Promise.all((await foldersOf(directory)).map((name) => filesBelow(join(directory, name))))).flat();
  let rest = sum(all);
  const removed: CachedFile[] = [];
  const oldestFirst = all.sort((a, b) => a.usedMs - b.usedMs || (a.path < b.path ? -1 : 1));
  for (const file of oldestFirst) {
    if (rest <= bytesMax) break;
    await rm(file.path, { force: true });
    rest -= file.bytes;
    removed.push(file);
  }
  return { files: removed.length, bytes: sum(removed) };
}

async function foldersOf(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw asInputError(error, directory, 'a directory');
  }
}

/** Links are not followed: what they lead to is not the cache's. */
async function filesBelow(directory: string): Promise<CachedFile[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true }).catch(() => []);
  const files: CachedFile[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const found = await stat(path).catch(() => null);
    if (found !== null) files.push({ path, bytes: found.size, usedMs: Math.max(found.atimeMs, found.mtimeMs) });
  }
  return files;
}

function sum(files: readonly CachedFile[]): number {
  return files.reduce((all, { bytes }) => all + bytes, 0);
}
