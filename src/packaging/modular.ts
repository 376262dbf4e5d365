import type { KernelBuild, KernelModule } from '#kernel';
import type { PackageDraft } from './assemble.js';
import { ksyms } from './capability.js';
import { packageWith } from './frame.js';
import { suseKernelDraft } from './kernel-image.js';
import { kmpDraft, kmpName } from './kmp.js';
import { layersOf } from './layers.js';
import { ModuleIndex } from './module-index.js';
import { commonOptions, requireModversions, type Scheme, type SchemeOptions, suseKernelPackage } from './scheme.js';
import { withHardRequires, withSoftdeps } from './weak-links.js';

const name = 'modular';

/**
 * The Hack Week proposal of a modular kernel package: a kernel-default that is the image alone, and a KMP for every kernel module,
 * tied to the image and to each other by symbol and checksum only.
 *
 * Sources: the proposal's examples; openSUSE/rpm-config-SUSE, scripts/find-{provides,requires,supplements}.ksyms, with the one
 * change the proposal needs: find-supplements skips kernel modules under kernel/, this does not. The scriptlet helpers that
 * %kernel_module_package requires (coreutils, grep) are left out: they say nothing of kernels.
 */
export const modular: Scheme = {
  name,
  description: 'kernel image alone, one KMP per kernel module, tied by ksym() = crc',
  source: 'SUSE Hack Week 21 and 22, "modular kernel packages"; rpm-config-SUSE',
  client: 'zypper',
  weakModules: 'weak-modules2-any-directory',
  options: [...commonOptions, 'contents', 'hardRequires', 'softdeps'],
  kernelPackages: suseKernelPackage,
  package: (builds, options) => packageWith(name, builds, options, (build) => buildDrafts(build, options)),
};

function buildDrafts(build: KernelBuild, options: SchemeOptions): readonly PackageDraft[] {
  requireModversions(name, build);
  const symbols = ksyms(build);
  const index = new ModuleIndex(build);
  const inKernel = kernelContents(build, index, options);
  const drafts = [
    suseKernelDraft(build, [...inKernel], symbols, options),
    ...build.modules
      .filter((kernelModule) => !inKernel.has(kernelModule))
      .map((kernelModule) => kmpDraft(build, kmpName(kernelModule, build.flavor), [kernelModule], symbols, options)),
  ];
  return withSoftdeps(options.hardRequires === true ? withHardRequires(drafts, index) : drafts, index, options);
}

function kernelContents(
  build: KernelBuild,
  index: ModuleIndex,
  { contents = 'image' }: SchemeOptions,
): Set<KernelModule> {
  if (contents === 'image') return new Set();
  const layers = layersOf(build, index);
  return new Set(
    build.modules.filter((kernelModule) => {
      const layer = layers.get(kernelModule);
      return layer === 'boot' || (contents === 'base' && layer === 'base');
    }),
  );
}
