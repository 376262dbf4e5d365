import { createHash } from 'node:crypto';
import type { KernelBuild } from '#kernel';
import { type Dependency, parseEvr } from '#rpm';
import type { PackageDraft } from './assemble.js';
import { capability, fileBaseName, kmodCapability, versioned } from './capability.js';
import { packageWith } from './frame.js';
import { imageDraft } from './kernel-image.js';
import { ModuleIndex } from './module-index.js';
import { commonOptions, evrOf, evrText, type Scheme, type SchemeOptions } from './scheme.js';

const name = 'openwrt';

/**
 * OpenWrt's kmod-* packages as RPMs: each depends on `kernel (= 5.15.167-1-<md5>)`, version and a hash of the kernel's configuration,
 * and on the kmod-* packages it needs by name alone. No symbol, no two kernels side by side.
 *
 * Source: OpenWrt, include/kernel.mk and include/kernel-defaults.mk, where the hash is taken of the sorted `=y` and `=m` lines of
 * .config. A kernel build does not keep its configuration; what it built in and what it made as kernel modules stands for it.
 */
export const openwrt: Scheme = {
  name,
  description: 'kmod-* packages tied to kernel version and configuration hash',
  source: 'OpenWrt, include/kernel.mk and include/kernel-defaults.mk',
  client: 'none',
  weakModules: 'none',
  options: commonOptions,
  kernelPackages: () => ['kernel'],
  package: (builds, options) => packageWith(name, builds, options, (build) => buildDrafts(build, options)),
};

function buildDrafts(build: KernelBuild, options: SchemeOptions): PackageDraft[] {
  const exactly = exactKernel(build);
  const index = new ModuleIndex(build);
  const kernel = imageDraft(build, 'kernel', 'Virtual kernel package', options);
  return [
    { ...kernel, provides: [exactly, ...kernel.provides] },
    ...build.modules.map((kernelModule): PackageDraft => {
      const base = fileBaseName(kernelModule.path);
      return {
        name: `kmod-${base}`,
        evr: evrOf(build, [kernelModule], options),
        build,
        summary: `Kernel module ${base}`,
        description: `Kernel module ${kernelModule.name}, built for Linux ${build.release}.`,
        kernelModules: [kernelModule],
        provides: [kmodCapability(kernelModule.path)],
        requires: [
          exactly,
          ...index.dependsOf(kernelModule).map(({ path }) => capability(`kmod-${fileBaseName(path)}`)),
        ],
      };
    }),
  ];
}

/** `kernel = 5.15.167-1-<md5>`; rpm takes what follows the last dash as the release. */
function exactKernel(build: KernelBuild): Dependency {
  const lines = [
    ...build.image.builtin.map((path) => `${fileBaseName(path)}=y`),
    ...build.modules.map(({ path }) => `${fileBaseName(path)}=m`),
  ].sort();
  const hash = createHash('md5')
    .update(`${lines.join('\n')}\n`)
    .digest('hex');
  const { version, release } = parseEvr(`${evrText(build)}-${hash}`);
  return versioned('kernel', version, release);
}
