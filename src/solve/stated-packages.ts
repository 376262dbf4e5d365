import type { Libsolv } from '@opensuse/libsolv-wasm';
import type { PackageData } from './machine.js';
import { readDocument } from './understood.js';

/** What a repository says of a package, dependencies as rpm prints them. */
export interface RepositoryPackage {
  readonly name: string;
  /** `[epoch:]version-release` */
  readonly evr: string;
  readonly arch: string;
  readonly nevra: string;
  readonly vendor: string | null;
  readonly provides: readonly string[];
  readonly requires: readonly string[];
}

/** The packages of a repository that are wanted, as libsolv reads them. */
export function repositoryPackages(
  libsolv: Libsolv,
  data: PackageData,
  isWanted: (pkg: Pick<RepositoryPackage, 'name' | 'evr' | 'arch'>) => boolean,
): RepositoryPackage[] {
  const pool = libsolv.createPool({ arch: 'x86_64', distType: 'rpm' });
  try {
    const repo = pool.addRepo('repository');
    if ('solv' in data) repo.addSolv(data.solv);
    else readDocument(data.repository, () => repo.addRpmmd({ primary: data.primary }));
    const wanted = pool.packages(repo.solvables()).filter(isWanted);
    const ids = wanted.map(({ id }) => id);
    const provides = pool.dependencies(ids, 'provides');
    const requires = pool.dependencies(ids, 'requires');
    return wanted.map(({ name, evr, arch, nevra, vendor }, index) => ({
      name,
      evr,
      arch,
      nevra,
      vendor: vendor === '' ? null : vendor,
      provides: provides[index] ?? [],
      requires: requires[index] ?? [],
    }));
  } finally {
    pool.dispose();
  }
}
