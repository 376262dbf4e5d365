import { parseDerivedName } from '#kernel';
import type { RepositorySpec } from '#scenario';

/** What decides the content of a repository, beside the scheme. */
export type ContentSpec = Pick<RepositorySpec, 'kernels' | 'drivers' | 'patterns'> &
  Partial<
    Pick<
      RepositorySpec,
      | 'externalDrivers'
      | 'packages'
      | 'only'
      | 'without'
      | 'patches'
      | 'vendor'
      | 'changedChecksums'
      | 'publication'
      | 'ordinary'
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

/** The kernel builds that have to be read for it: those that it names, and of derived ones their bases. */
export function filesOf(content: ContentSpec): string[] {
  return [...new Set(kernelsOf(content).map((name) => parseDerivedName(name)?.base ?? name))];
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
  publication,
  ordinary,
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
    ...(publication === undefined ? {} : { publication }),
    ...(ordinary === undefined ? {} : { ordinary }),
  };
}

/** For people. */
export function repositoryName(content: ContentSpec): string {
  const { kernels, drivers, patterns, only, without, vendor, kernelModules } = content;
  const { externalDrivers = [], packages = {}, ordinary, publication } = content;
  const made = [...drivers, ...externalDrivers].map(({ kernelModule, version }) => `${kernelModule} ${version}`);
  return [
    [...named(kernels), ...made, ...Object.keys(packages)].join(' + '),
    ...(ordinary === undefined ? [] : [`${ordinary.packages} ordinary packages`]),
    ...(publication?.publish === 'changed' ? ['of which changed packages were published'] : []),
    ...(publication?.retention === false ? ['without retention'] : []),
    ...(patterns ? ['with patterns'] : []),
    ...(kernelModules === undefined ? [] : [`(kernel modules ${kernelModules.join(', ')})`]),
    ...(only === undefined ? [] : [`only ${only.join(', ')}`]),
    ...(without === undefined ? [] : [`without ${without.join(', ')}`]),
    ...(vendor === undefined ? [] : [`by ${vendor}`]),
  ].join(' ');
}

/** A channel's kernels are too many for a line. */
function named(kernels: readonly string[]): readonly string[] {
  const [first, last] = [kernels[0], kernels.at(-1)];
  if (kernels.length <= 10 || first === undefined || last === undefined) return kernels;
  return [`${kernels.length} kernel builds from ${first} to ${last}`];
}
