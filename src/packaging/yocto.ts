import type { KernelBuild, KernelModule } from '#kernel';
import type { PackageDraft } from './assemble.js';
import { capability, fileBaseName, kmodCapability } from './capability.js';
import { packageWith } from './frame.js';
import { imageDraft } from './kernel-image.js';
import { ModuleIndex } from './module-index.js';
import { commonOptions, evrOf, type Scheme, type SchemeOptions } from './scheme.js';

const name = 'yocto';

/**
 * Yocto's split: `kernel-module-foo-<version>` for every kernel module, depending on the exact kernel and on what depmod names, and
 * `kernel-modules` that depends on all of them. The version is part of every name, so all kernels can be installed side by side.
 *
 * Source: openembedded-core, meta/classes-recipe/kernel-module-split.bbclass; package names are made legal as there (lower case,
 * `_` as `-`), and two kernel modules whose names become one, such as xt_DSCP and xt_dscp, share a package as there.
 */
export const yocto: Scheme = {
  name,
  description: 'kernel-module-foo-<version> packages tied to the exact kernel and by depmod',
  source: 'openembedded-core, meta/classes-recipe/kernel-module-split.bbclass',
  client: 'none',
  weakModules: 'none',
  options: commonOptions,
  // As image recipes do for machines that they do not know: MACHINE_EXTRA_RRECOMMENDS += "kernel-modules".
  kernelPackages: () => ['kernel', 'kernel-modules'],
  package: (builds, options) => packageWith(name, builds, options, (build) => buildDrafts(build, options)),
};

function buildDrafts(build: KernelBuild, options: SchemeOptions): PackageDraft[] {
  const tag = legal(build.release);
  const index = new ModuleIndex(build);
  const virtualName = ({ path }: KernelModule): string => `kernel-module-${legal(fileBaseName(path))}`;
  const members = new Map<string, KernelModule[]>();
  for (const kernelModule of build.modules) {
    const own = virtualName(kernelModule);
    members.set(own, [...(members.get(own) ?? []), kernelModule]);
  }
  const modules = [...members].map(
    ([virtual, kernelModules]): PackageDraft => ({
      name: `${virtual}-${tag}`,
      evr: evrOf(build, kernelModules, options),
      build,
      summary: `Kernel module ${virtual.slice('kernel-module-'.length)}`,
      description: `Kernel modules of Linux ${build.release}: ${kernelModules.map((one) => one.name).join(', ')}.`,
      kernelModules,
      provides: [capability(virtual), ...kernelModules.map(({ path }) => kmodCapability(path))],
      requires: [
        capability(`kernel-${tag}`),
        ...kernelModules
          .flatMap((one) => index.dependsOf(one))
          .map((needed) => capability(`${virtualName(needed)}-${tag}`)),
      ],
    }),
  );
  const kernel = imageDraft(build, `kernel-${tag}`, 'The Linux kernel', options);
  return [
    { ...kernel, provides: [capability('kernel'), ...kernel.provides] },
    {
      name: 'kernel-modules',
      evr: evrOf(build, [], options),
      build,
      summary: 'All kernel modules',
      description: `Requires every kernel module of Linux ${build.release}.`,
      kernelModules: [],
      requires: modules.map((one) => capability(one.name)),
    },
    ...modules,
  ];
}

/** legitimize_package_name of openembedded-core. */
function legal(text: string): string {
  return text.toLowerCase().replaceAll('_', '-').replace(/[@,]/g, '+').replaceAll('/', '-');
}
