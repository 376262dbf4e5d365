import { lstat, readlink } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { InputError } from '#errors';
import { asInputError } from './read.js';

/** Linux' own limit for one path (path_resolution(7)). */
const linksMax = 40;

/**
 * Where a path below a root leads for a system that has it as its root: links, absolute ones and those that climb included, never lead out
 * of it. Null where nothing is there.
 *
 * @throws InputError `corrupt` for links in a circle, `unreadable`
 */
export async function pathBelow(root: string, path: string): Promise<string | null> {
  const top = resolve(root);
  let links = 0;
  let at = top;
  const parts = path.split('/').reverse();
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (relative(top, at) !== '') at = resolve(at, '..');
      continue;
    }
    const next = join(at, part);
    const link = await linkAt(next);
    if (link === undefined) return null;
    if (link === null) {
      at = next;
      continue;
    }
    links += 1;
    if (links > linksMax)
      throw new InputError('corrupt', 'too many levels of symbolic links', { file: join(root, path) });
    if (link.startsWith('/')) at = top;
    parts.push(...link.split('/').reverse());
  }
  return at;
}

/** What a link says; null for what is none, and undefined where nothing is. */
async function linkAt(path: string): Promise<string | null | undefined> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : null;
  } catch (error) {
    const told = asInputError(error, path);
    if (told instanceof InputError && told.code === 'missing') return undefined;
    throw told;
  }
}
