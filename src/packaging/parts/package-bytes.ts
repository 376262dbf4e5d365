import type { KernelModule } from '#kernel';
import {
  type ChangelogEntry,
  type Dependency,
  type DependencyKind,
  dependencyKinds,
  type Evr,
  formatEvr,
  type PackageFile,
} from '#rpm';

/**
 * Size of a kernel module inside a package whose payload is zstd level 19: as the kernel build measured it, else 24 % of the file,
 * which is what a sample of 100 kernel modules of Debian's 6.1.0-53 amd64 came to.
 */
export function payloadBytes(kernelModules: readonly KernelModule[]): number {
  return kernelModules.reduce(
    (sum, { bytes, compressedBytes }) => sum + (compressedBytes ?? Math.round(bytes * 0.24)),
    0,
  );
}

/**
 * A model of the RPM file's size, fitted to packages that rpmbuild 4.18 made: lead, signature and fixed header entries 6,100 bytes,
 * a dependency its two strings and a flag word (the header is not compressed), a file 130 bytes. A test compares it with rpmbuild.
 */
export function packageBytes(
  dependencies: Readonly<Record<DependencyKind, readonly Dependency[]>>,
  files: readonly PackageFile[],
  changelog: readonly ChangelogEntry[],
  payload: number,
): number {
  let bytes = 6_100 + payload + 130 * files.length;
  for (const kind of dependencyKinds) {
    for (const { name, range } of dependencies[kind]) {
      bytes += name.length + 1 + (range === null ? 0 : evrLength(range.evr)) + 1 + 4;
    }
  }
  for (const { author, text } of changelog) bytes += author.length + text.length + 2 + 4;
  return bytes;
}

function evrLength(evr: Evr): number {
  if (evr.epoch !== 0) return formatEvr(evr).length;
  return evr.version.length + (evr.release === null ? 0 : 1 + evr.release.length);
}
