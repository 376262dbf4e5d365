import { ksyms } from './capability.js';
import { packageWith } from './frame.js';
import { suseKernelDraft } from './kernel-image.js';
import { commonOptions, type Scheme, suseKernelPackage } from './scheme.js';

const name = 'monolithic';

/**
 * One kernel-default with everything, as it was before -extra and -optional were split off: the end of the scale that the others
 * are compared with.
 *
 * Source: kernel-source, rpm/kernel-binary.spec.in; what it provides is what rpm-config-SUSE's find-provides.ksyms writes.
 */
export const monolithic: Scheme = {
  name,
  description: 'one kernel package with every kernel module',
  source: 'openSUSE kernel-source, rpm/kernel-binary.spec.in',
  client: 'zypper',
  weakModules: 'weak-modules2',
  options: commonOptions,
  kernelPackages: suseKernelPackage,
  package: (builds, options) =>
    packageWith(name, builds, options, (build) => [
      suseKernelDraft(build, build.modules, build.modversions ? ksyms(build) : null, options),
    ]),
};
