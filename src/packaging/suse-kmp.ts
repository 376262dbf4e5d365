import type { KernelBuild, KernelModule } from '#kernel';
import type { PackageDraft } from './assemble.js';
import { capability, fileBaseName, ksyms, type SymbolCapabilities, versioned } from './capability.js';
import { divide, kernelVersionTag, moduleEvr } from './external.js';
import { packageWith } from './frame.js';
import { suseKernelDraft } from './kernel-image.js';
import { kmpDraft } from './kmp.js';
import { commonOptions, requireModversions, type Scheme, type SchemeOptions, suseKernelPackage } from './scheme.js';

const name = 'suse-kmp';

/**
 * External kernel module packages as they are today: `suse-hello-kmp-default-1.0_k4.4.73_5-0`, the kernel's version inside the
 * package's, several of them beside each other but not two for one kernel.
 *
 * Sources: kernel-source, rpm/kernel-module-subpackage (the %kernel_module_package template); SUSE's kernel module packages manual.
 * The scriptlet helpers that the template requires (coreutils, grep, suse-kernel-rpm-scriptlets) are left out: no repository here
 * has them, and they say nothing of kernels.
 */
export const suseKmp: Scheme = {
  name,
  description: 'external KMPs: V_kK versions, multiversion, Conflicts per kernel, ksym() = crc',
  source: 'openSUSE kernel-source, rpm/kernel-module-subpackage; KMP manual',
  client: 'zypper',
  weakModules: 'weak-modules2',
  options: [...commonOptions, 'external', 'prefix', 'moduleVersion', 'moduleRelease'],
  kernelPackages: suseKernelPackage,
  package: (builds, options) => packageWith(name, builds, options, (build) => buildDrafts(build, options)),
};

function buildDrafts(build: KernelBuild, options: SchemeOptions): PackageDraft[] {
  requireModversions(name, build);
  const symbols = ksyms(build);
  const { external, inKernel } = divide(build, options);
  return [
    suseKernelDraft(build, inKernel, symbols, options),
    ...external.flatMap((kernelModule) => externalDrafts(build, kernelModule, symbols, options)),
  ];
}

function externalDrafts(
  build: KernelBuild,
  kernelModule: KernelModule,
  symbols: SymbolCapabilities,
  options: SchemeOptions,
): PackageDraft[] {
  const base = fileBaseName(kernelModule.path);
  const title = options.prefix === undefined ? base : `${options.prefix}-${base}`;
  const { version, release } = moduleEvr(kernelModule, options);
  const tag = `k${kernelVersionTag(build)}`;
  const full = `${version}_${tag}`;
  const own = `${title}-kmp-${build.flavor}`;
  const kmp = kmpDraft(build, own, [kernelModule], symbols, options);
  // A key that is not the distribution's must be enrolled before the firmware's secure boot lets the kernel module in.
  const certificate = kernelModule.signer !== null && !kernelModule.inTree ? `${title}-ueficert` : null;
  const draft: PackageDraft = {
    ...kmp,
    evr: { epoch: 0, version: full, release },
    // INSTALL_MOD_DIR of the template's spec files; weak-modules2 refuses KMPs with kernel modules in kernel/.
    moduleDirectory: 'updates',
    provides: [
      ...(kmp.provides ?? []).filter((one) => one.name !== `${title}-kmp`),
      versioned(`${title}-kmp`, full),
      versioned(`${title}-kmp`, version),
      capability(`${own}-${tag}`),
    ],
    requires: [...(kmp.requires ?? []), ...(certificate === null ? [] : [capability(certificate)])],
    conflicts: [capability(`${own}-${tag}`)],
    enhances: [capability(`kernel-${build.flavor}`)],
    supplements: [...(kmp.supplements ?? []), capability(`(kernel-${build.flavor} and ${title})`)],
  };
  if (certificate === null) return [draft];
  return [
    draft,
    {
      name: certificate,
      evr: { epoch: 0, version: full, release },
      build,
      arch: build.arch,
      summary: `UEFI Secure Boot certificate of ${title}-kmp`,
      description: `The key that signed ${title}-kmp.`,
      kernelModules: [],
      otherFiles: [{ path: `/etc/uefi/certs/${title}.crt`, kind: 'file' }],
    },
  ];
}
