import type { KernelBuild, KernelModule } from '#kernel';
import type { PackageDraft } from './assemble.js';
import { atEvr, capability, crcHex8, kmodCapability, ksyms, SymbolCapabilities, versioned } from './capability.js';
import { packageWith } from './frame.js';
import { imageDraft, suseKernelDraft, symbolProvides, unameRelease } from './kernel-image.js';
import { type Layer, layersOf } from './layers.js';
import { ModuleIndex } from './module-index.js';
import { commonOptions, evrOf, type Scheme, type SchemeOptions, suseKernelPackage } from './scheme.js';

const name = 'split';

/**
 * A kernel in a handful of packages that belong together by version.
 *
 * suse: kernel-default, kernel-default-extra and -optional, each requiring the one before as `kernel-default_x86_64 = V-R`, and
 * kernel-default-base, a smaller kernel in its place (kernel-source, rpm/kernel-binary.spec.in and rpm/kernel-subpackage-spec).
 * fedora: kernel-core, -modules-core, -modules and -modules-extra, tied by `kernel-uname-r` and its like (kernel-ark, kernel.spec);
 * symbols are provided as `kernel(sym) = 0x0000abcd` and never required.
 *
 * Which kernel module goes where is a list kept by hand in both distributions; here it is the table of layers.
 */
export const split: Scheme = {
  name,
  description: 'a few packages tied by exact versions: SUSE base, extra, optional, or Fedora core, modules, extra',
  source: 'openSUSE kernel-source, rpm/kernel-binary.spec.in; Fedora kernel-ark, kernel.spec',
  client: 'zypper',
  weakModules: 'weak-modules2',
  options: [...commonOptions, 'layout'],
  kernelPackages: (flavor, { layout }) =>
    layout === 'fedora' ? [fedoraName({ flavor }, '')] : suseKernelPackage(flavor),
  package: (builds, options) =>
    packageWith(name, builds, options, (build) =>
      options.layout === 'fedora' ? fedora(build, options) : suse(build, options),
    ),
};

type InLayers = (...wanted: readonly Layer[]) => readonly KernelModule[];

function byLayer(build: KernelBuild): InLayers {
  const layerOf = layersOf(build, new ModuleIndex(build));
  return (...wanted) =>
    build.modules.filter((kernelModule) => wanted.includes(layerOf.get(kernelModule) ?? 'standard'));
}

function suse(build: KernelBuild, options: SchemeOptions): PackageDraft[] {
  const inLayers = byLayer(build);
  const symbols = build.modversions ? ksyms(build) : null;
  const main = suseKernelDraft(build, inLayers('boot', 'base', 'standard'), symbols, options);
  const product = `packageand(product(SLED):${main.name}_${build.arch})`;
  return [
    main,
    {
      ...main,
      name: `${main.name}-base`,
      summary: `${main.summary}, with the kernel modules that virtual machines need`,
      kernelModules: inLayers('boot', 'base'),
      // What kernel-default provides but symbols and kernel modules, and so not both can be installed.
      provides: (main.provides ?? [])
        .filter((one) => !/^(ksym|kmod|firmware)\(/.test(one.name))
        .concat(atEvr(main.name, main.evr)),
      conflicts: [capability(main.name)],
    },
    suseAddition(build, main, 'extra', inLayers('extra'), `${main.name}_${build.arch}`, symbols, options, product),
    suseAddition(
      build,
      main,
      'optional',
      inLayers('optional'),
      `${main.name}-extra_${build.arch}`,
      symbols,
      options,
      product,
    ),
  ];
}

function suseAddition(
  build: KernelBuild,
  main: PackageDraft,
  suffix: string,
  kernelModules: readonly KernelModule[],
  below: string,
  symbols: SymbolCapabilities | null,
  options: SchemeOptions,
  supplements: string,
): PackageDraft {
  const own = `${main.name}-${suffix}`;
  const evr = evrOf(build, kernelModules, options);
  return {
    name: own,
    evr,
    build,
    summary: `The ${suffix} kernel modules of ${main.name}`,
    description: `${kernelModules.length} kernel modules for Linux ${build.release}.`,
    kernelModules,
    provides: [
      atEvr(`${own}_${build.arch}`, evr),
      capability('multiversion(kernel)'),
      ...kernelModules.map(({ path }) => kmodCapability(path)),
      ...(symbols === null ? [] : kernelModules.flatMap(({ exports }) => symbolProvides(symbols, exports))),
    ],
    requires: [atEvr(below, main.evr)],
    supplements: [capability(supplements)],
  };
}

/** Fedora's and Red Hat's symbol capability: `kernel(printk) = 0x27e1a049`, eight digits (redhat-rpm-config, kabi.sh). */
export function kernelSymbols(): SymbolCapabilities {
  return new SymbolCapabilities((symbol, crc) => versioned(`kernel(${symbol})`, crcHex8(crc)));
}

function fedora(build: KernelBuild, options: SchemeOptions): PackageDraft[] {
  const inLayers = byLayer(build);
  const symbols = build.modversions ? kernelSymbols() : null;
  const uname = (layer: string) => unameRelease(build, `kernel-${layer}uname-r`);
  const part = (suffix: string, kernelModules: readonly KernelModule[], requires: readonly string[]): PackageDraft => ({
    name: fedoraName(build, suffix),
    evr: evrOf(build, kernelModules, options),
    build,
    summary: `Kernel modules of Linux ${build.release}: ${suffix}`,
    description: `${kernelModules.length} kernel modules.`,
    kernelModules,
    provides: [
      uname(`${suffix}-`),
      capability('installonlypkg(kernel-module)'),
      ...kernelModules.map(({ path }) => kmodCapability(path)),
      ...(symbols === null ? [] : kernelModules.flatMap(({ exports }) => symbolProvides(symbols, exports))),
    ],
    requires: ['', ...requires.map((layer) => `${layer}-`)].map(uname),
  });
  return [
    fedoraCore(build, symbols, options),
    part('modules-core', inLayers('boot', 'base'), []),
    part('modules', inLayers('standard'), ['modules-core']),
    part('modules-extra', inLayers('extra', 'optional'), ['modules-core', 'modules']),
    {
      name: fedoraName(build, ''),
      evr: evrOf(build, [], options),
      build,
      summary: 'The Linux kernel',
      description: 'Requires what a usual installation has of it.',
      kernelModules: [],
      provides: [capability('installonlypkg(kernel)')],
      requires: ['core-', 'modules-core-', 'modules-'].map(uname),
    },
  ];
}

/** The image, and what ties the rest to it; kernel modules of the lowest layer come with it, each way. */
export function fedoraCore(
  build: KernelBuild,
  symbols: SymbolCapabilities | null,
  options: SchemeOptions,
  requires: readonly string[] = ['modules-core-'],
): PackageDraft {
  const image = imageDraft(build, fedoraName(build, 'core'), 'The Linux kernel image', options);
  return {
    ...image,
    provides: [
      unameRelease(build, 'kernel-core-uname-r'),
      capability('installonlypkg(kernel)'),
      ...image.provides,
      ...(symbols === null ? [] : symbolProvides(symbols, build.image.exports)),
    ],
    requires: requires.map((layer) => unameRelease(build, `kernel-${layer}uname-r`)),
  };
}

/** `kernel-core`, `kernel-rt-core`: Fedora's default variant has no name. */
export function fedoraName({ flavor }: Pick<KernelBuild, 'flavor'>, suffix: string): string {
  return ['kernel', flavor === 'default' ? '' : flavor, suffix].filter((part) => part !== '').join('-');
}
