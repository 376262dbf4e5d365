import type { Advisory, AdvisoryType } from '#repomd';
import { type DependencyKind, dependencyKinds, parseDependency, parseEvr, type RpmPackage } from '#rpm';

/** Dependencies as text, `ksym(default:foo) = 1a2b`; what is left out is empty. */
export type PackageSpec = Partial<Readonly<Record<DependencyKind, readonly string[]>>> & {
  readonly files?: readonly string[];
  readonly arch?: string;
};

/** An update that a repository publishes, of packages by name. */
export interface PatchSpec {
  readonly id: string;
  readonly type: AdvisoryType;
  readonly packages: readonly string[];
}

/** The updates of a repository that holds these packages. */
export function advisoriesOf(patches: readonly PatchSpec[], offered: readonly RpmPackage[]): Advisory[] {
  return patches.map(({ id, type, packages: names }) => ({
    id,
    type,
    title: id,
    packages: offered.filter(({ name }) => names.includes(name)),
  }));
}

/**
 * A package set for a test in as few words as the case needs, keyed by `name-version-release`:
 *
 *     packages({ 'a-1-1': { requires: ['b >= 2'] }, 'b-2-1': {} })
 *
 * Like every real RPM each package provides itself: `a = 1-1`.
 */
export function packages(specs: Readonly<Record<string, PackageSpec>>): RpmPackage[] {
  return Object.entries(specs).map(([nvr, spec]) => onePackage(nvr, spec));
}

function onePackage(nvr: string, spec: PackageSpec): RpmPackage {
  const [, name, version, release] = /^(.+)-([^-]+)-([^-]+)$/.exec(nvr) ?? [];
  if (name === undefined || version === undefined || release === undefined)
    throw new Error(`${nvr} is not name-version-release`);
  const evr = `${version}-${release}`;
  const lists = Object.fromEntries(dependencyKinds.map((kind) => [kind, (spec[kind] ?? []).map(parseDependency)]));
  return {
    name,
    evr: parseEvr(evr),
    arch: spec.arch ?? 'x86_64',
    summary: name,
    description: name,
    license: 'GPL-2.0-only',
    vendor: 'kmplab',
    group: 'System/Kernel',
    url: '',
    sourceRpm: `${nvr}.src.rpm`,
    buildTime: 0,
    packageBytes: 1000,
    installedBytes: 4000,
    files: (spec.files ?? []).map((path) => ({ path, kind: 'file' })),
    changelog: [],
    conflicts: lists['conflicts'] ?? [],
    obsoletes: lists['obsoletes'] ?? [],
    suggests: lists['suggests'] ?? [],
    enhances: lists['enhances'] ?? [],
    recommends: lists['recommends'] ?? [],
    supplements: lists['supplements'] ?? [],
    requires: lists['requires'] ?? [],
    provides: [...(lists['provides'] ?? []), parseDependency(`${name} = ${evr}`)],
  };
}
