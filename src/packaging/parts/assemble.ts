import type { KernelBuild, KernelModule } from '#kernel';
import {
  type ChangelogEntry,
  type Dependency,
  type DependencyKind,
  type Evr,
  formatDependency,
  type PackageFile,
  type RpmPackage,
} from '#rpm';
import { atEvr, isaSuffix } from './capability.js';
import { packageBytes, payloadBytes } from './package-bytes.js';
import { perKind } from './per-kind.js';

/** What a scheme says of a package; `assemble` adds what every package has: provides of itself, files, sizes, order. */
export interface PackageDraft extends Partial<Readonly<Record<DependencyKind, readonly Dependency[]>>> {
  readonly name: string;
  readonly evr: Evr;
  readonly build: KernelBuild;
  readonly summary: string;
  readonly description: string;
  /** Kernel modules whose files the package holds. */
  readonly kernelModules: readonly KernelModule[];
  /** Below /lib/modules/<release>, instead of `kernel/`: where packages from outside the kernel's own build put them. */
  readonly moduleDirectory?: 'updates' | 'extra';
  /** Further files, with their size: the kernel image, firmware. Compressed already, so they count alike installed and packed. */
  readonly otherFiles?: readonly PackageFile[];
  readonly otherBytes?: number;
  readonly arch?: string;
  readonly license?: string;
  readonly vendor?: string;
  readonly changelog?: readonly ChangelogEntry[];
}

/** 2000-01-01. A time must be there, no clock may be asked, and nothing the lab shows depends on it. */
export const buildTime = 946_684_800;

export function assemble(draft: PackageDraft): RpmPackage {
  const { build, name, evr, kernelModules } = draft;
  const arch = draft.arch ?? build.arch;
  const otherBytes = draft.otherBytes ?? 0;
  const own = [atEvr(name, evr), ...(arch === 'noarch' ? [] : [atEvr(`${name}${isaSuffix(arch)}`, evr)])];
  const dependencies = dependenciesOf(draft, own);
  const files = [
    ...(draft.otherFiles ?? []),
    ...kernelModules.map((kernelModule): PackageFile => ({ path: modulePath(draft, kernelModule), kind: 'file' })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  const changelog = draft.changelog ?? [];
  // Spelled out, because objects made by spreading are several times slower to make, and there are thousands.
  return {
    name,
    evr,
    arch,
    provides: dependencies.provides,
    requires: dependencies.requires,
    conflicts: dependencies.conflicts,
    obsoletes: dependencies.obsoletes,
    suggests: dependencies.suggests,
    enhances: dependencies.enhances,
    recommends: dependencies.recommends,
    supplements: dependencies.supplements,
    summary: draft.summary,
    description: draft.description,
    license: draft.license ?? 'GPL-2.0-only',
    vendor: draft.vendor ?? 'kmplab',
    group: 'System/Kernel',
    url: 'https://www.kernel.org/',
    sourceRpm: `kernel-${build.flavor}-${build.upstreamVersion}-${build.revision}.nosrc.rpm`,
    buildTime,
    packageBytes: packageBytes(dependencies, files, changelog, payloadBytes(kernelModules) + otherBytes),
    installedBytes: kernelModules.reduce((sum, { bytes }) => sum + bytes, otherBytes),
    files,
    changelog,
  };
}

/** Where the package has a kernel module's file. */
function modulePath({ build, moduleDirectory }: PackageDraft, { path }: KernelModule): string {
  const below = moduleDirectory === undefined ? path : path.replace(/^kernel\//, `${moduleDirectory}/`);
  return `/lib/modules/${build.release}/${below}`;
}

/** rpm, too, gives a package one entry per dependency and sorts them; two of one name stay where their versions differ. */
function dependenciesOf(
  draft: PackageDraft,
  own: readonly Dependency[],
): Record<DependencyKind, readonly Dependency[]> {
  return perKind((kind) => sortedOnce(kind === 'provides' ? [...own, ...(draft.provides ?? [])] : draft[kind]));
}

const none: readonly Dependency[] = [];

function sortedOnce(dependencies: readonly Dependency[] = none): readonly Dependency[] {
  if (isStrictlyAscending(dependencies)) return dependencies;
  const sorted = [...dependencies].sort(byText);
  return sorted.filter((dependency, index) => {
    const before = sorted[index - 1];
    return before === undefined || byText(before, dependency) !== 0;
  });
}

/** Imports come sorted by symbol, so most lists, and nearly all long ones, are in order already. */
function isStrictlyAscending(dependencies: readonly Dependency[]): boolean {
  let before = dependencies[0];
  for (let index = 1; index < dependencies.length; index++) {
    const next = dependencies[index];
    if (before === undefined || next === undefined || byText(before, next) >= 0) return false;
    before = next;
  }
  return true;
}

function byText(a: Dependency, b: Dependency): number {
  if (a === b) return 0;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  const x = formatDependency(a);
  const y = formatDependency(b);
  return x === y ? 0 : x < y ? -1 : 1;
}
