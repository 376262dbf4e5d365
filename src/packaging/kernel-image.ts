import type { ExportedSymbol, KernelBuild, KernelModule } from '#kernel';
import { type Dependency, type DependencyFlag, parseEvr } from '#rpm';
import type { PackageDraft } from './assemble.js';
import { atEvr, capability, kmodCapability, type SymbolCapabilities, versioned } from './capability.js';
import { evrOf, type SchemeOptions } from './scheme.js';

/** `ksym(…) = crc` for each exported symbol that has a checksum. */
export function symbolProvides(symbols: SymbolCapabilities, exports: readonly ExportedSymbol[]): Dependency[] {
  return exports.flatMap(({ name, crc }) => (crc === null ? [] : [symbols.of(name, crc)]));
}

/** The files of whatever package holds the image. */
function kernelFiles({ release, image }: KernelBuild): Required<Pick<PackageDraft, 'otherFiles' | 'otherBytes'>> {
  return {
    otherFiles: [
      { path: `/boot/vmlinuz-${release}`, kind: 'file' },
      { path: `/lib/modules/${release}/modules.builtin`, kind: 'file' },
    ],
    otherBytes: image.bytes,
  };
}

/** The image as a package of its own: its files, its release, what is built in. */
export function imageDraft(
  build: KernelBuild,
  name: string,
  summary: string,
  options: SchemeOptions,
): PackageDraft & Required<Pick<PackageDraft, 'provides'>> {
  return {
    name,
    evr: evrOf(build, [], options),
    build,
    summary,
    description: `Linux ${build.release}.`,
    kernelModules: [],
    ...kernelFiles(build),
    provides: [unameRelease(build), ...build.image.builtin.map(kmodCapability)],
  };
}

/**
 * SUSE's kernel package: the image and whatever kernel modules the scheme leaves in it. What it provides is what kernel-source's
 * rpm/kernel-binary.spec.in writes and rpm-config-SUSE's find-provides.ksyms adds: itself under several names, its release, and for
 * image and kernel modules alike every symbol and every kmod(). It requires no symbol, as find-requires.ksyms passes kernel-* by.
 */
export function suseKernelDraft(
  build: KernelBuild,
  kernelModules: readonly KernelModule[],
  symbols: SymbolCapabilities | null,
  options: SchemeOptions,
): PackageDraft {
  const name = `kernel-${build.flavor}`;
  const evr = evrOf(build, kernelModules, options);
  const images = [build.image, ...kernelModules];
  return {
    name,
    evr,
    build,
    summary: `The kernel, flavor ${build.flavor}`,
    description: `The Linux kernel ${build.release}${kernelModules.length === 0 ? ' without kernel modules' : ` with ${kernelModules.length} kernel modules`}.`,
    kernelModules,
    ...kernelFiles(build),
    provides: [
      atEvr(`${name}-${evr.version}-${evr.release}`, evr),
      atEvr(`${name}_${build.arch}`, evr),
      atEvr('kernel-base', evr),
      atEvr('kernel', evr),
      capability('multiversion(kernel)'),
      unameRelease(build),
      ...build.image.builtin.map(kmodCapability),
      ...kernelModules.map(({ path }) => kmodCapability(path)),
      ...(symbols === null ? [] : images.flatMap(({ exports }) => symbolProvides(symbols, exports))),
    ],
  };
}

/** `kernel-uname-r = 6.4.0-150600.21-default`: what follows the last dash is the release part, as rpm cuts it. */
export function unameRelease(
  { release }: Pick<KernelBuild, 'release'>,
  name = 'kernel-uname-r',
  flag: DependencyFlag = 'EQ',
): Dependency {
  const { version, release: afterDash } = parseEvr(release);
  return versioned(name, version, afterDash, flag);
}
