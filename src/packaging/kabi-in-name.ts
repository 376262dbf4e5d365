import type { KernelBuild, KernelModule } from '#kernel';
import type { PackageDraft } from './assemble.js';
import { fileBaseName, ksyms, type SymbolCapabilities } from './capability.js';
import { kernelVersionTag, moduleEvr } from './external.js';
import { packageWith } from './frame.js';
import { suseKernelDraft } from './kernel-image.js';
import { kmpDraft } from './kmp.js';
import { ModuleIndex } from './module-index.js';
import { commonOptions, requireModversions, type Scheme, type SchemeOptions, suseKernelPackage } from './scheme.js';
import { withHardRequires } from './weak-links.js';

const name = 'kabi-in-name';

/**
 * One KMP per kernel module, the kernel's version in its name, so that packages for two kernels are two packages and a new driver
 * for one of them is a plain update: no multiversion needed for KMPs.
 *
 * proposal: `foo-kmp-default-5.3.18_59.5-1.0`, the Hack Week proposal's later goal. hackweek25: `foo-k5.3.18_59.5-kmp-default`, as
 * the hackweek25 branch of suse-module-tools names them (commit 29a0e57).
 *
 * A symbol whose checksum two kernels share is provided by the packages for both, so a driver for the new kernel may be content with
 * a dependency installed for the old one. `hardRequires` names the dependency with its kernel, and closes that hole.
 */
export const kabiInName: Scheme = {
  name,
  description: "one KMP per kernel module, the kernel's version in the package's name",
  source: 'SUSE Hack Week 22 proposal; suse-module-tools, branch hackweek25',
  client: 'zypper',
  weakModules: 'weak-modules2-any-directory',
  options: [...commonOptions, 'naming', 'moduleVersion', 'moduleRelease', 'hardRequires'],
  kernelPackages: suseKernelPackage,
  package: (builds, options) =>
    packageWith(name, builds, options, (build) => {
      requireModversions(name, build);
      const symbols = ksyms(build);
      const drafts = [
        suseKernelDraft(build, [], symbols, options),
        ...build.modules.map((kernelModule) => namedDraft(build, kernelModule, symbols, options)),
      ];
      return options.hardRequires === true ? withHardRequires(drafts, new ModuleIndex(build)) : drafts;
    }),
};

function namedDraft(
  build: KernelBuild,
  kernelModule: KernelModule,
  symbols: SymbolCapabilities,
  options: SchemeOptions,
): PackageDraft {
  const base = fileBaseName(kernelModule.path);
  const tag = kernelVersionTag(build);
  const own =
    options.naming === 'hackweek25' ? `${base}-k${tag}-kmp-${build.flavor}` : `${base}-kmp-${build.flavor}-${tag}`;
  const kmp = kmpDraft(build, `${base}-kmp-${build.flavor}`, [kernelModule], symbols, options);
  return {
    ...kmp,
    name: own,
    evr: moduleEvr(kernelModule, options),
    provides: (kmp.provides ?? []).filter((one) => one.name !== 'multiversion(kernel)'),
  };
}
