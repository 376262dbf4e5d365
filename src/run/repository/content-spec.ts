import type { RepositorySpec } from '#scenario';

/** What decides the content of a repository, beside the scheme. */
export type ContentSpec = Pick<RepositorySpec, 'kernels' | 'drivers' | 'patterns'> &
  Partial<
    Pick<
      RepositorySpec,
      'externalDrivers' | 'packages' | 'only' | 'without' | 'patches' | 'vendor' | 'changedChecksums'
    >
  > & {
    /** Take only these kernel modules of each build and what they depend on; all unless given. */
    readonly kernelModules?: readonly string[] | undefined;
    /** Kernel builds published before, in other repositories or none: some schemes provide again what those had. */
    readonly earlier?: readonly string[] | undefined;
  };

/** The kernel builds that a repository is made of. */
export function kernelsOf({ kernels, drivers, externalDrivers = [], earlier = [] }: ContentSpec): string[] {
  return [...new Set([...kernels, ...[...drivers, ...externalDrivers].map(({ kernel }) => kernel), ...earlier])];
}

/** Equal for repositories of equal content, whatever a scenario calls them and at whatever priority. */
export function contentKey(scheme: string, content: ContentSpec): string {
  return JSON.stringify([scheme, contentOf(content)]);
}

/** What decides the content, and nothing else, always in the same order. */
export function contentOf({
  kernels,
  drivers,
  externalDrivers = [],
  packages = {},
  patterns,
  only,
  without,
  patches = [],
  vendor,
  changedChecksums = [],
  kernelModules,
  earlier,
}: ContentSpec): ContentSpec {
  return {
    kernels,
    drivers,
    externalDrivers,
    packages,
    patterns,
    only,
    without,
    patches,
    vendor,
    // Repositories without any are known by what they were known by before.
    ...(changedChecksums.length === 0 ? {} : { changedChecksums }),
    kernelModules,
    earlier,
  };
}

/** For people. */
export function repositoryName(content: ContentSpec): string {
  const { kernels, drivers, patterns, only, without, vendor, kernelModules } = content;
  const { externalDrivers = [], packages = {} } = content;
  const made = [...drivers, ...externalDrivers].map(({ kernelModule, version }) => `${kernelModule} ${version}`);
  return [
    [...kernels, ...made, ...Object.keys(packages)].join(' + '),
    ...(patterns ? ['with patterns'] : []),
    ...(kernelModules === undefined ? [] : [`(kernel modules ${kernelModules.join(', ')})`]),
    ...(only === undefined ? [] : [`only ${only.join(', ')}`]),
    ...(without === undefined ? [] : [`without ${without.join(', ')}`]),
    ...(vendor === undefined ? [] : [`by ${vendor}`]),
  ].join(' ');
}
