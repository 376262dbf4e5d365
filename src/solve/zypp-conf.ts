import type { RpmPackage } from '#rpm';

/** Settings of zypp.conf by their own names; what is left out has libzypp's built-in value. */
export interface ZyppConf {
  readonly multiversion?: string | undefined;
  readonly 'multiversion.kernels'?: string | undefined;
  readonly 'solver.onlyRequires'?: boolean | undefined;
  readonly 'solver.allowVendorChange'?: boolean | undefined;
  readonly 'solver.cleandepsOnRemove'?: boolean | undefined;
  readonly 'solver.dupAllowDowngrade'?: boolean | undefined;
  readonly 'solver.dupAllowNameChange'?: boolean | undefined;
  readonly 'solver.dupAllowArchChange'?: boolean | undefined;
  readonly 'solver.dupAllowVendorChange'?: boolean | undefined;
}

/** What SUSE ships: libzypp itself would start with an empty `multiversion`. */
export const zyppConfDefaults = {
  multiversion: 'provides:multiversion(kernel)',
  'multiversion.kernels': 'latest,latest-1,running',
  'solver.onlyRequires': false,
  'solver.allowVendorChange': false,
  'solver.cleandepsOnRemove': false,
  'solver.dupAllowDowngrade': true,
  'solver.dupAllowNameChange': true,
  'solver.dupAllowArchChange': true,
  'solver.dupAllowVendorChange': false,
} as const satisfies Required<ZyppConf>;

/** One setting, the machine's own or the shipped one. */
export function setting<Key extends keyof ZyppConf>(conf: ZyppConf, key: Key): NonNullable<ZyppConf[Key]> {
  return conf[key] ?? zyppConfDefaults[key];
}

/** What may be installed in several versions beside each other: names of packages and capabilities (ZConfig::multiversionSpec). */
export function multiversionSpec(conf: ZyppConf): {
  readonly names: readonly string[];
  readonly capabilities: readonly string[];
} {
  const words = setting(conf, 'multiversion')
    .split(/[,\s]+/)
    .filter((word) => word !== '');
  const prefix = 'provides:';
  return {
    names: words.filter((word) => !word.startsWith(prefix)),
    capabilities: words.filter((word) => word.startsWith(prefix)).map((word) => word.slice(prefix.length)),
  };
}

/** Whether several versions of a package may be installed beside each other. */
export function isMultiversion({ name, provides }: RpmPackage, conf: ZyppConf): boolean {
  const { names, capabilities } = multiversionSpec(conf);
  return names.includes(name) || provides.some((provide) => capabilities.includes(provide.name));
}
