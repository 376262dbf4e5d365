import type { KernelBuild, KernelModule } from '#kernel';
import type { Dependency } from '#rpm';
import type { PackageDraft } from './assemble.js';
import { capability, fileBaseName, kmodCapability, type SymbolCapabilities, versioned } from './capability.js';
import { symbolProvides } from './kernel-image.js';
import { modaliasSupplements } from './modalias-supplements.js';
import { evrOf, type SchemeOptions } from './scheme.js';

/** `ehci-pci-kmp-default` of kernel/…/ehci-pci.ko: the file's own spelling; rpm names are case sensitive, as xt_DSCP and xt_dscp need. */
export function kmpName({ path }: KernelModule, flavor: string): string {
  return `${fileBaseName(path)}-kmp-${flavor}`;
}

/** One `ksym() = crc` for each symbol the kernel modules import and do not export among themselves (find-requires.ksyms). */
export function symbolRequires(symbols: SymbolCapabilities, kernelModules: readonly KernelModule[]): Dependency[] {
  const [first] = kernelModules;
  if (first === undefined) return [];
  // The road of nearly all packages; a kernel module never imports what it exports.
  if (kernelModules.length === 1) return first.imports.map(({ name, crc }) => symbols.of(name, crc));
  const own = new Set(kernelModules.flatMap(({ exports }) => exports.map(({ name }) => name)));
  const foreign = kernelModules.flatMap(({ imports }) => imports.filter(({ name }) => !own.has(name)));
  return foreign.map(({ name, crc }) => symbols.of(name, crc));
}

export function hardwareSupplements(build: KernelBuild, kernelModules: readonly KernelModule[]): Dependency[] {
  const aliases = kernelModules.flatMap((kernelModule) => kernelModule.aliases);
  return modaliasSupplements(`kernel-${build.flavor}`, aliases).map(capability);
}

/**
 * What every KMP has, however it is tied to its kernel: itself under the name without flavor, multiversion, its kernel modules, and the
 * hardware that wants it.
 */
export function kmpFrame(
  build: KernelBuild,
  name: string,
  kernelModules: readonly KernelModule[],
  options: SchemeOptions,
): PackageDraft & Required<Pick<PackageDraft, 'provides' | 'supplements'>> {
  const evr = evrOf(build, kernelModules, options);
  const what = kernelModules.length === 1 ? 'Kernel module' : `${kernelModules.length} kernel modules:`;
  const title = name.slice(0, name.length - `-kmp-${build.flavor}`.length);
  return {
    name,
    evr,
    build,
    summary: `${what} ${title} for flavor ${build.flavor}`,
    description: `${what} ${title}, built for Linux ${build.release}.`,
    kernelModules,
    provides: [
      versioned(`${title}-kmp`, evr.version),
      capability('multiversion(kernel)'),
      ...kernelModules.map(({ path }) => kmodCapability(path)),
    ],
    supplements: hardwareSupplements(build, kernelModules),
  };
}

/**
 * A kernel module package as the Hack Week proposal shows it: `ehci-hcd-kmp-default` provides `ehci-hcd-kmp`, its kmod() and ksym(),
 * requires the symbols it imports, and is wanted where the hardware and the kernel package are.
 */
export function kmpDraft(
  build: KernelBuild,
  name: string,
  kernelModules: readonly KernelModule[],
  symbols: SymbolCapabilities,
  options: SchemeOptions,
): PackageDraft {
  const frame = kmpFrame(build, name, kernelModules, options);
  return {
    ...frame,
    provides: [...frame.provides, ...kernelModules.flatMap(({ exports }) => symbolProvides(symbols, exports))],
    requires: symbolRequires(symbols, kernelModules),
  };
}
