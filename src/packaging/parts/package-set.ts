import { InputError } from '#errors';
import { checkNevra, nevra, type RpmPackage } from '#rpm';

/** What a scheme makes of one or more kernel builds. Sorted by NEVRA; the same input gives the same value. */
export interface PackageSet {
  readonly format: 'kmplab/package-set';
  readonly version: 1;
  readonly scheme: string;
  /** Releases of the kernel builds that went in. */
  readonly kernels: readonly string[];
  readonly packages: readonly RpmPackage[];
  /** Warnings for the person who builds these packages. */
  readonly notes?: readonly string[];
}

/**
 * Sorts by NEVRA and refuses what no repository may hold: names that rpm forbids, two packages of one NEVRA, and one file in two
 * packages that can be installed together.
 *
 * @throws InputError `invalid`, naming the package and the rule
 */
export function packageSet(scheme: string, kernels: readonly string[], packages: readonly RpmPackage[]): PackageSet {
  const byNevra = new Map<string, RpmPackage>();
  for (const pkg of packages) {
    checkNevra(pkg);
    const key = nevra(pkg);
    const other = byNevra.get(key);
    if (other !== undefined) throw collision(scheme, key, other, pkg);
    byNevra.set(key, pkg);
  }
  refuseSharedFiles(scheme, packages);
  const sorted = [...byNevra].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pkg]) => pkg);
  return { format: 'kmplab/package-set', version: 1, scheme, kernels, packages: sorted };
}

function collision(scheme: string, key: string, pkg: RpmPackage, other: RpmPackage): InputError {
  const owners = [pkg, other].map((owner) => owner.files[0]?.path ?? 'no file').join(' and ');
  return new InputError('invalid', `scheme ${scheme}: two packages are called ${key} (${owners})`, {
    expected: 'one package per name, version, release and architecture',
    hint: 'give the kernel builds different revisions or flavors, or group these kernel modules together',
  });
}

function refuseSharedFiles(scheme: string, packages: readonly RpmPackage[]): void {
  const owners = new Map<string, RpmPackage>();
  for (const pkg of packages) {
    for (const { path, kind } of pkg.files) {
      const owner = owners.get(path);
      if (owner === undefined) owners.set(path, pkg);
      else if (kind !== 'dir' && !exclude(owner, pkg) && !exclude(pkg, owner)) {
        throw new InputError('invalid', `scheme ${scheme}: ${nevra(owner)} and ${nevra(pkg)} both hold ${path}`, {
          expected: 'each file in one package, or packages that conflict',
        });
      }
    }
  }
}

/** Versions of one package share files by nature: an update replaces them, and identical files are no conflict to rpm. */
function exclude(pkg: RpmPackage, other: RpmPackage): boolean {
  if (pkg.name === other.name) return true;
  return pkg.conflicts.some(({ name, range }) => name === other.name && range === null);
}
