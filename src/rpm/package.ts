import type { Evr } from './evr.js';

export type DependencyFlag = 'LT' | 'LE' | 'EQ' | 'GE' | 'GT';

/**
 * One entry of a package's provides, requires, … : a name, and a version range where there is a flag.
 * A rich dependency is its whole text as `name`, `(kmod(x.ko) if kernel)`, without flag, as rpm-md writes it.
 */
export interface Dependency {
  readonly name: string;
  readonly range: DependencyRange | null;
}

export interface DependencyRange {
  readonly flag: DependencyFlag;
  readonly evr: Evr;
}

/** The dependency kinds in the order primary.xml writes them. */
export const dependencyKinds = [
  'provides',
  'requires',
  'conflicts',
  'obsoletes',
  'suggests',
  'enhances',
  'recommends',
  'supplements',
] as const;
export type DependencyKind = (typeof dependencyKinds)[number];

export interface PackageFile {
  readonly path: string;
  readonly kind: 'file' | 'dir' | 'ghost';
}

export interface ChangelogEntry {
  readonly author: string;
  /** Seconds since the epoch. */
  readonly date: number;
  readonly text: string;
}

/** A binary RPM as its metadata: what repomd says of it, nothing of its payload. */
export interface RpmPackage extends Readonly<Record<DependencyKind, readonly Dependency[]>> {
  readonly name: string;
  readonly evr: Evr;
  readonly arch: string;
  readonly summary: string;
  readonly description: string;
  readonly license: string;
  readonly vendor: string;
  readonly group: string;
  readonly url: string;
  /** File name of the source package: `kernel-default-6.1.187-1.nosrc.rpm`. */
  readonly sourceRpm: string;
  /** Seconds since the epoch; fixed by the scheme, never the clock. */
  readonly buildTime: number;
  readonly packageBytes: number;
  readonly installedBytes: number;
  readonly files: readonly PackageFile[];
  readonly changelog: readonly ChangelogEntry[];
}
