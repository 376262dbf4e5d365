import { mostFrequent } from '#collections';
import type { Crc, KernelBuild, KernelModule } from './build.js';

/**
 * What the kernel's own loader checks of a kernel module that was built for another kernel. One definition for the comparison of two builds, for
 * what an update has to build anew, and for the audit.
 */

/**
 * check_version() of kernel/module/version.c: an exporter without checksums takes every importer, any other must have the number that
 * the importer was built against, a stored 0 included.
 */
export function acceptsVersion(exported: Crc | null, wanted: Crc): boolean {
  return exported === null || exported === wanted;
}

/**
 * same_magic() of kernel/module/version.c: for a kernel module with checksums the release, up to the first space, does not count; all else
 * must be equal. What is not known is not held against it.
 */
export function acceptsVermagic(
  kernel: string | null,
  { vermagic, imports }: Pick<KernelModule, 'vermagic' | 'imports'>,
): boolean {
  if (kernel === null || vermagic === null) return true;
  const relevant = (text: string): string => (imports.length > 0 ? text.slice(text.indexOf(' ')) : text);
  return relevant(vermagic) === relevant(kernel);
}

/** What the image was built with: what most of its own kernel modules say, the first by text between equals; null where none says. */
export function vermagicOf({ modules }: Pick<KernelBuild, 'modules'>): string | null {
  return mostFrequent(modules.flatMap(({ vermagic }) => vermagic ?? []));
}
