import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asInputError } from './read.js';

export interface ListOptions {
  /** Called for what is neither a file nor a directory nor a link to a file: links to directories, dangling links, devices. */
  readonly onSkipped?: (path: string, why: string) => void;
}

/**
 * All regular files below a directory, as paths relative to it with `/`, sorted by code unit: the order of the file system
 * never reaches a result. Links to files count as files when they lead to one below the same directory; links to directories
 * are not followed, so a loop of links cannot trap us and none leads outside.
 */
export async function listFilesSorted(directory: string, options: ListOptions = {}): Promise<string[]> {
  const found: string[] = [];
  let root: string;
  try {
    root = await realpath(directory);
    await walk(root, '', found, options);
  } catch (error) {
    throw asInputError(error, directory, 'a directory');
  }
  return found.sort();
}

async function walk(root: string, below: string, found: string[], options: ListOptions): Promise<void> {
  const entries = await readdir(join(root, below), { withFileTypes: true });
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) await walk(root, path, found, options);
    else if (entry.isFile()) found.push(path);
    else if (entry.isSymbolicLink()) await takeLink(root, path, found, options);
    else options.onSkipped?.(path, 'neither a file nor a directory');
  }
}

async function takeLink(root: string, path: string, found: string[], options: ListOptions): Promise<void> {
  try {
    const target = await realpath(join(root, path));
    if (!target.startsWith(`${root}/`)) options.onSkipped?.(path, 'a link that leads out of the directory');
    else if ((await stat(target)).isFile()) found.push(path);
    else options.onSkipped?.(path, 'a link to a directory');
  } catch {
    options.onSkipped?.(path, 'a link that leads nowhere');
  }
}
