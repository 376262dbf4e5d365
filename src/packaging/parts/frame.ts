import { InputError } from '#errors';
import type { KernelBuild } from '#kernel';
import { compareEvr, nevra, type RpmPackage } from '#rpm';
import { assemble, type PackageDraft } from './assemble.js';
import type { CommonOptions } from './common-options.js';
import { withFirmware } from './firmware.js';
import { withChangelog, withLicences } from './metadata-cost.js';
import { type PackageSet, packageSet } from './package-set.js';
import { patternDrafts } from './patterns.js';

/** What every scheme has in common: it drafts the packages of each build, and the common options add theirs. */
export function packageWith(
  scheme: string,
  builds: readonly KernelBuild[],
  options: CommonOptions,
  draftsOf: (build: KernelBuild, index: number) => readonly PackageDraft[],
): PackageSet {
  const drafts = builds.flatMap((build, index) => {
    const own = withFirmware(draftsOf(build, index), build, options);
    const all = options.patterns === false ? own : [...own, ...patternDrafts(own)];
    return withChangelog(withLicences(all, build, options), build, options);
  });
  const packages = drafts.map(assemble);
  refuseUnorderedPackages(scheme, packages);
  return packageSet(
    scheme,
    builds.map(({ release }) => release),
    packages,
  );
}

/**
 * Builds come oldest first, and so must the packages of each name: one with its driver's version, which went down, would never be taken
 * for an update. Equal ones are two packages of one NEVRA, which no set may have.
 */
function refuseUnorderedPackages(scheme: string, packages: readonly RpmPackage[]): void {
  const newest = new Map<string, RpmPackage>();
  for (const pkg of packages) {
    const key = `${pkg.name}.${pkg.arch}`;
    const before = newest.get(key);
    if (before !== undefined && compareEvr(before.evr, pkg.evr) > 0) {
      throw new InputError('invalid', `scheme ${scheme}: ${nevra(pkg)} does not sort after ${nevra(before)}`, {
        expected: 'a newer version or release of each package for the newer kernel',
      });
    }
    newest.set(key, pkg);
  }
}
