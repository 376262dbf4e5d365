import { defaultLoaderPolicy } from '#audit';
import { type Design, designNamed, parseSchemeText } from '#packaging';
import type { LoaderPolicy } from '#run-document';
import type { LoaderSpec } from '#scenario';

/** depmod.d(5) `search`, as distributions ship it. */
const searchOrders: Readonly<Record<Design['client'], readonly string[]>> = {
  // suse-module-tools, depmod-00-system.conf
  zypper: defaultLoaderPolicy.searchOrder,
  // kmod of Fedora and RHEL, depmod.conf.dist
  dnf: ['updates', 'extra', 'built-in', 'weak-updates'],
  // what kmod does without any file
  none: ['updates', 'built-in'],
};

/** How a machine with packages of this scheme is set up, unless the scenario says otherwise. */
export function loaderPolicyOf(schemeText: string, spec: LoaderSpec): LoaderPolicy {
  const { client, weakModules } = designNamed(parseSchemeText(schemeText).name);
  return {
    ...defaultLoaderPolicy,
    weakModules: spec.weakModules ?? weakModules,
    searchOrder: [...(spec.searchOrder ?? searchOrders[client])],
    unsupportedModules: spec.unsupportedModules ?? defaultLoaderPolicy.unsupportedModules,
    signatures: spec.signatures ?? defaultLoaderPolicy.signatures,
    enrolledKeys: spec.enrolledKeys,
  };
}
