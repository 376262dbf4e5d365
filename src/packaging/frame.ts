import type { KernelBuild } from '#kernel';
import { assemble, type PackageDraft } from './assemble.js';
import { withFirmware } from './firmware.js';
import { withChangelog, withLicences } from './metadata-cost.js';
import { type PackageSet, packageSet } from './package-set.js';
import { patternDrafts } from './patterns.js';
import type { SchemeOptions } from './scheme.js';

/** What every scheme has in common: it drafts the packages of each build, and the common options add theirs. */
export function packageWith(
  scheme: string,
  builds: readonly KernelBuild[],
  options: SchemeOptions,
  draftsOf: (build: KernelBuild, index: number) => readonly PackageDraft[],
): PackageSet {
  const drafts = builds.flatMap((build, index) => {
    const own = withFirmware(draftsOf(build, index), build, options);
    const all = options.patterns === false ? own : [...own, ...patternDrafts(own)];
    return withChangelog(withLicences(all, build, options), build, options);
  });
  return packageSet(
    scheme,
    builds.map(({ release }) => release),
    drafts.map(assemble),
  );
}
