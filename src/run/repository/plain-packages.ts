import { parseDependency, parseEvr, type RpmPackage } from '#rpm';
import type { PlainPackage } from '#scenario';

/**
 * Packages without any file, of no size worth counting: their dependencies are what a scenario is about. They are for the given architecture, but
 * for those that say otherwise.
 */
export function plainPackages(specs: Readonly<Record<string, PlainPackage>>, arch: string): RpmPackage[] {
  return Object.entries(specs).map(([nvr, spec]) => {
    const [, name = nvr, version = '', release = ''] = /^(.+)-([^-]+)-([^-]+)$/.exec(nvr) ?? [];
    const evr = `${version}-${release}`;
    const list = (texts: readonly string[] | undefined) => (texts ?? []).map((text) => parseDependency(text));
    return {
      name,
      evr: parseEvr(evr),
      arch: spec.arch ?? arch,
      summary: name,
      description: name,
      license: 'GPL-2.0-only',
      vendor: '',
      group: '',
      url: '',
      sourceRpm: `${nvr}.src.rpm`,
      buildTime: 0,
      packageBytes: 0,
      installedBytes: 0,
      files: [],
      changelog: [],
      provides: [...list(spec.provides), parseDependency(`${name} = ${evr}`)],
      requires: list(spec.requires),
      conflicts: list(spec.conflicts),
      obsoletes: list(spec.obsoletes),
      recommends: list(spec.recommends),
      supplements: list(spec.supplements),
      suggests: [],
      enhances: [],
    };
  });
}
