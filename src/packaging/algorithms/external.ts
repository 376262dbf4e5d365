import { InputError } from '#errors';
import { globPattern } from '#files';
import type { KernelBuild, KernelModule } from '#kernel';
import { type Evr, isVersionText } from '#rpm';
import type { DesignOptions } from './options.js';

/** The kernel's version as KMPs carry it, `5.3.18_59.5` of release 5.3.18-59.5-default: without the flavor, `-` as `_`. */
export function kernelVersionTag(build: KernelBuild): string {
  return releaseWithoutFlavor(build).replaceAll('-', '_');
}

/** The flavor is the text after the last dash, whatever the importer was told to call it. */
export function releaseWithoutFlavor({ release }: KernelBuild): string {
  const lastDash = release.lastIndexOf('-');
  return lastDash <= 0 ? release : release.slice(0, lastDash);
}

/** Kernel modules that have their own packages, and those that stay in the kernel package. */
export function divide(
  build: KernelBuild,
  { external }: DesignOptions,
): { readonly external: readonly KernelModule[]; readonly inKernel: readonly KernelModule[] } {
  if (external === undefined) return { external: build.modules, inKernel: [] };
  const patterns = external.map((text) => ({ text, test: globPattern(text.replaceAll('-', '_')) }));
  const unused = patterns.find(({ test }) => !build.modules.some(({ name }) => test.test(name)));
  if (unused !== undefined) {
    throw new InputError('missing', `kernel build ${build.release} has no kernel module like "${unused.text}"`, {
      place: { part: 'external' },
    });
  }
  const isExternal = ({ name }: KernelModule): boolean => patterns.some(({ test }) => test.test(name));
  return {
    external: build.modules.filter(isExternal),
    inKernel: build.modules.filter((kernelModule) => !isExternal(kernelModule)),
  };
}

/**
 * The version and release of a package that has its own: the driver's MODULE_VERSION, its characters made fit for rpm, else what the
 * options say; a rebuilt driver's override goes before both.
 */
export function moduleEvr(
  { name, driverVersion }: KernelModule,
  options: DesignOptions,
): Evr & { readonly release: string } {
  const override = options.rebuilt?.[name];
  const own = (driverVersion ?? '').trim().replace(/[^A-Za-z0-9_.+~^]+/g, '_');
  const stated = isVersionText(own) ? own : (options.moduleVersion ?? '1.0');
  return {
    epoch: 0,
    version: override?.version ?? stated,
    release: override?.release ?? options.moduleRelease ?? '0',
  };
}

/** Signed with a key that is not the distribution's: it must be enrolled before the firmware's secure boot lets the kernel module in. */
export function signedElsewhere({ signer, inTree }: KernelModule): boolean {
  return signer !== null && !inTree;
}
