import type { KernelBuild, KernelModule } from '#kernel';
import type { PackageDraft } from './assemble.js';
import { capability, fileBaseName, kmodCapability, versioned } from './capability.js';
import { moduleEvr, releaseWithoutFlavor } from './external.js';
import { packageWith } from './frame.js';
import { unameRelease } from './kernel-image.js';
import { ModuleIndex } from './module-index.js';
import { commonOptions, type Scheme, type SchemeOptions } from './scheme.js';
import { fedoraCore, fedoraName } from './split.js';

const name = 'fedora-kmod';

/**
 * Fedora Extras' standard of 2006, which RPM Fusion's packages still show: `kmod-foo-<verrel><variant>` for exactly one kernel, with
 * the kernel's version in the name, requiring `kernel-<arch> = <verrel>` and its userland `foo-kmod-common`.
 *
 * Source: the Fedora kernel module standard of 2006 and its kmodtool. Where kernel modules need each other, which the standard did
 * not foresee, one package requires the other by its full name.
 */
export const fedoraKmod: Scheme = {
  name,
  description: 'kmod-foo-<kernel> packages tied to exactly one kernel, with a userland half',
  source: 'Fedora Extras kernel module standard, 2006 (kmodtool)',
  client: 'dnf',
  weakModules: 'none',
  options: [...commonOptions, 'moduleVersion', 'moduleRelease'],
  kernelPackages: (flavor) => [fedoraName({ flavor }, 'core')],
  package: (builds, options) =>
    // Userland belongs to no kernel: only the newest build's is made.
    packageWith(name, builds, options, (build, index) => buildDrafts(build, options, index === builds.length - 1)),
};

function buildDrafts(build: KernelBuild, options: SchemeOptions, withUserland: boolean): PackageDraft[] {
  const index = new ModuleIndex(build);
  const variant = build.flavor === 'default' ? '' : build.flavor;
  const exactly = { release: `${releaseWithoutFlavor(build)}${variant}` };
  const packageName = (kernelModule: KernelModule): string =>
    `kmod-${fileBaseName(kernelModule.path)}-${exactly.release}`;
  const core = fedoraCore(build, null, options, []);
  return [
    { ...core, provides: [...(core.provides ?? []), unameRelease(exactly, `kernel-${build.arch}`)] },
    ...build.modules.flatMap((kernelModule) => {
      const base = fileBaseName(kernelModule.path);
      const evr = moduleEvr(kernelModule, options);
      const kmod: PackageDraft = {
        name: packageName(kernelModule),
        evr,
        build,
        summary: `${base} kernel module for ${exactly.release}`,
        description: `Kernel module ${kernelModule.name}, built for Linux ${build.release}.`,
        kernelModules: [kernelModule],
        moduleDirectory: 'extra',
        provides: [
          unameRelease(exactly, 'kernel-modules'),
          versioned(`${base}-kmod`, evr.version, evr.release),
          kmodCapability(kernelModule.path),
        ],
        requires: [
          unameRelease(exactly, `kernel-${build.arch}`),
          versioned(`${base}-kmod-common`, evr.version, null, 'GE'),
          ...index.dependsOf(kernelModule).map((needed) => capability(packageName(needed))),
        ],
      };
      return withUserland ? [kmod, userland(build, base, kernelModule, options)] : [kmod];
    }),
  ];
}

function userland(build: KernelBuild, base: string, kernelModule: KernelModule, options: SchemeOptions): PackageDraft {
  const evr = moduleEvr(kernelModule, options);
  return {
    name: base,
    evr,
    build,
    summary: `Userland of ${base}`,
    description: `What every build of the kernel module ${base} shares.`,
    kernelModules: [],
    provides: [versioned(`${base}-kmod-common`, evr.version)],
    requires: [versioned(`${base}-kmod`, evr.version, null, 'GE')],
  };
}
