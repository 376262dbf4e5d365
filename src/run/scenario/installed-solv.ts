import type { RpmPackage } from '#rpm';
import type { PackageData } from '#solve';
import { contentToSolv } from '../repository/repositories.js';

/** The installed packages as a .solv, which is what libzypp keeps of the RPM database; null when there are none. */
export async function installedSolv(packages: readonly RpmPackage[]): Promise<PackageData | null> {
  return packages.length === 0 ? null : { solv: await contentToSolv('@System', packages) };
}
