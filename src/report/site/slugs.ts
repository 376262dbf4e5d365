import { sha256Hex } from '#files';

/** A file name longer than this is cut; some file systems take no more than 255 bytes. */
const lengthMax = 80;

/**
 * Text as a part of a path and of an address, the same for the same text whatever else a run holds: names that people wrote stay as they are, with
 * a dash for what separates words. Of any other text only a part is left, and a digest keeps it apart from others.
 */
export function slug(text: string): string {
  const dashed = text.replaceAll('\u2192', 'to').replace(/[\s/=:,]+/g, '-');
  const plain = dashed
    .replace(/[^A-Za-z0-9._+-]+/g, '')
    .replace(/\.{2,}/g, '.')
    .replace(/^[.-]+|[.-]+$/g, '');
  const short = plain.slice(0, lengthMax);
  return short === dashed && short !== '' ? short : `${short}${short === '' ? '' : '-'}${sha256Hex(text).slice(0, 8)}`;
}

/**
 * A slug for each of the names, of the short form where one is given; none twice, nor on a file system that does not tell capitals from
 * others. The first of two keeps the plain one.
 */
export function slugs(names: Iterable<string>, short: (name: string) => string = (name) => name): Map<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of names) {
    if (found.has(name)) continue;
    const plain = slug(short(name));
    let free = plain;
    for (let more = 2; taken.has(free.toLowerCase()); more++) free = `${plain}-${more}`;
    taken.add(free.toLowerCase());
    found.set(name, free);
  }
  return found;
}
