import type { KernelBuild } from '#kernel';
import type { PackageDraft } from './assemble.js';
import { ksyms } from './capability.js';
import { packageWith } from './frame.js';
import { groupsOf } from './grouping.js';
import { suseKernelDraft } from './kernel-image.js';
import { kmpDraft } from './kmp.js';
import { ModuleIndex } from './module-index.js';
import { commonOptions, requireModversions, type Scheme, type SchemeOptions, suseKernelPackage } from './scheme.js';
import { withSoftdeps } from './weak-links.js';

const name = 'grouped';

/**
 * The modular scheme with coarser packages: KMPs of several kernel modules that belong together, so that there are hundreds
 * instead of thousands, and symbols inside a group are nobody's dependency.
 *
 * Source: the packaging policy for kernel module packages (SUSE's KMP manual: one KMP may hold several kernel modules, and no two
 * may hold the same); Debian's installer packages for one way to cut.
 */
export const grouped: Scheme = {
  name,
  description: 'KMPs of several kernel modules: by directory, subsystem, installer group, community or a list',
  source: "SUSE's kernel module packages manual; Debian kernel source, debian/installer/package-list",
  client: 'zypper',
  weakModules: 'weak-modules2-any-directory',
  options: [...commonOptions, 'grouping', 'groups', 'seed', 'softdeps'],
  kernelPackages: suseKernelPackage,
  package: (builds, options) => packageWith(name, builds, options, (build) => buildDrafts(build, options)),
};

function buildDrafts(build: KernelBuild, options: SchemeOptions): readonly PackageDraft[] {
  requireModversions(name, build);
  const symbols = ksyms(build);
  const drafts = [...groupsOf(build, options)].map(([group, kernelModules]) =>
    kmpDraft(build, `${group}-kmp-${build.flavor}`, kernelModules, symbols, options),
  );
  return withSoftdeps([suseKernelDraft(build, [], symbols, options), ...drafts], new ModuleIndex(build), options);
}
