/** A file inside a package, an archive or a tree. `path` is relative, with `/`, and never leaves its root. */
export interface ContainedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Told of each entry that is left out, so that it is recorded. */
export type OnSkipped = (path: string, why: string) => void;

/** The largest single file that is taken out of an archive, in bytes: a kernel module with debug data comes near 300 MB. */
export const fileBytesMax = 512 * 1024 ** 2;

/**
 * An archive's path below its root, or `undefined` where it is absolute in disguise or climbs out. Archives start names with `./`
 * or `/`; both mean the root.
 */
export function safePath(path: string): string | undefined {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length === 0 || parts.includes('..') || path.includes('\0') ? undefined : parts.join('/');
}
