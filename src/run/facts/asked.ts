import type { Payload } from '#audit';
import { globPattern } from '#files';
import { compareEvr, type Dependency, nevra, parseDependency, provideMatches, type RpmPackage } from '#rpm';
import type { AskedName } from '#run-document';

interface InSight {
  readonly offered: readonly Payload[];
  readonly installed: readonly Payload[];
  /** Whether the names were written for another scheme than that of these packages. */
  readonly otherScheme: boolean;
}

/** What the names of a request mean to what is in reach and what is installed. */
export function askedNames(names: readonly string[], { offered, installed, otherScheme }: InSight): AskedName[] {
  const all = [...offered, ...installed];
  return names.map((name) => {
    const means = meaningOf(name, all);
    const isMeant = meantBy(name);
    const kind = means.length === 0 && otherScheme ? 'otherScheme' : kindOf(name, means);
    const [newest] = means.filter(hasKernel).sort((a, b) => compareEvr(b.package.evr, a.package.evr));
    return {
      name,
      means: kind,
      installed: installed.some(({ package: pkg }) => isMeant(pkg)),
      kernel: kind === 'kernel' ? (newest?.kernel?.release ?? null) : kernelInName(means),
    };
  });
}

/** As zypper reads a name: packages that are called so, else packages that provide it. */
function meaningOf(name: string, all: readonly Payload[]): Payload[] {
  const isCalled = called(name);
  const found = all.filter(({ package: pkg }) => isCalled(pkg));
  if (found.length > 0) return found;
  const provides = providing(name);
  return all.filter(({ package: pkg }) => provides(pkg));
}

/** Whether a name of a request may mean a package. */
export function meantBy(name: string): (pkg: RpmPackage) => boolean {
  const [isCalled, provides] = [called(name), providing(name)];
  return (pkg) => isCalled(pkg) || provides(pkg);
}

function called(name: string): (pkg: RpmPackage) => boolean {
  if (/[*?]/.test(name)) {
    const glob = globPattern(name);
    return (pkg) => glob.test(pkg.name);
  }
  const wanted = dependencyOf(name);
  return (pkg) =>
    nevra(pkg) === name ||
    (pkg.name === wanted.name && provideMatches({ name: pkg.name, range: { flag: 'EQ', evr: pkg.evr } }, wanted));
}

function providing(name: string): (pkg: RpmPackage) => boolean {
  const wanted = dependencyOf(name);
  return (pkg) => pkg.provides.some((provide) => provideMatches(provide, wanted));
}

/** What is not written as a dependency is a name with something odd in it, and means nothing. */
function dependencyOf(name: string): Dependency {
  return /^[A-Za-z0-9_/]\S*( (<|<=|=|==|>=|>) \S+)?$/.test(name) ? parseDependency(name) : { name, range: null };
}

/** The kernel that a package was built for, where the package's name has its version: who writes that name asks for that kernel. */
function kernelInName(means: readonly Payload[]): string | null {
  for (const { package: pkg, modules } of means) {
    const release = modules[0]?.release;
    // The flavor at the end is elsewhere in the name, or in another word.
    if (release !== undefined && plain(pkg.name).includes(plain(release.replace(/-[^-]*$/, '')))) return release;
  }
  return null;
}

function plain(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9.+]/g, '_');
}

/** A kernel module that the package of a kernel has is no request for that kernel. */
function kindOf(name: string, means: readonly Payload[]): AskedName['means'] {
  if (means.length === 0) return 'nothing';
  if (name.startsWith('kmod(')) return 'kernelModules';
  if (means.some(hasKernel)) return 'kernel';
  return means.some(({ modules }) => modules.length > 0) ? 'kernelModules' : 'other';
}

function hasKernel({ kernel }: Payload): boolean {
  return kernel !== null;
}
