import { compareEvr, nevra, type RpmPackage, rpmvercmp } from '#rpm';
import type { LinksStopped, WeakModulesScript } from '#run-document';
import type { BootableKernel, InstalledModule, Payload } from './payload.js';

/** Kernel modules that a script links together or not at all. */
export interface LinkCandidate {
  readonly owner: RpmPackage;
  readonly modules: readonly InstalledModule[];
}

export interface Candidates {
  /** In the order in which the script tries them. */
  readonly list: readonly LinkCandidate[];
  /** Why the script gives up before it links anything. */
  readonly stopped: LinksStopped | null;
}

/** What one of SUSE's scripts would try to link into a kernel from the other kernels' directories. */
export function candidatesFor(
  script: Exclude<WeakModulesScript, 'weak-modules'>,
  kernel: BootableKernel,
  installed: readonly Payload[],
): Candidates {
  switch (script) {
    case 'none':
      return { list: [], stopped: null };
    case 'weak-modules2': {
      const kmps = newestFirst(installed.filter((payload) => isKmp(payload.package, kernel.flavor)));
      const list = linkable(kmps, kernel);
      const stopped = list.length === 0 ? null : firstFault(kmps);
      return { list: stopped === null ? list : [], stopped };
    }
    case 'weak-modules2-any-directory': {
      const kmps = newestFirst(installed.filter((payload) => isKmpOfAnyNaming(payload.package, kernel.flavor)));
      return { list: linkable(kmps, kernel), stopped: null };
    }
  }
}

/** find_kmps(): `rpm -qa '*-kmp-<flavor>'`, but for those that were built with the kernel. */
function isKmp({ name, provides }: RpmPackage, flavor: string): boolean {
  return name.endsWith(`-kmp-${flavor}`) && !provides.some((provide) => provide.name === 'kmp_in_kernel');
}

/** Also the names of the Hack Week proposal, which carry the kernel's version at the end. */
function isKmpOfAnyNaming({ name }: RpmPackage, flavor: string): boolean {
  return `${name}-`.includes(`-kmp-${flavor}-`);
}

/** check_kmp(): all for one kernel, none in kernel/ or weak-updates/. */
function faultOf({ package: owner, modules }: Payload): LinksStopped | null {
  const kernels = new Set(modules.map(({ release }) => release)).size;
  if (kernels !== 1) return { reason: 'kmpOfSeveralKernels', package: nevra(owner), kernels };
  const isMisplaced = modules.some(({ path }) => /^(?:kernel|weak-updates)\//.test(path));
  return isMisplaced ? { reason: 'kmpInKernelDirectory', package: nevra(owner) } : null;
}

function firstFault(kmps: readonly Payload[]): LinksStopped | null {
  for (const kmp of kmps) {
    const fault = faultOf(kmp);
    if (fault !== null) return fault;
  }
  return null;
}

function linkable(kmps: readonly Payload[], { release, flavor }: BootableKernel): LinkCandidate[] {
  return kmps
    .filter(({ modules: [first, ...others] }) => {
      if (first === undefined || first.release === release || first.flavor !== flavor) return false;
      return others.every((other) => other.release === first.release);
    })
    .map((kmp) => ({ owner: kmp.package, modules: kmp.modules }));
}

/** As `rpmsort -r` puts name-version-release. */
function newestFirst(payloads: readonly Payload[]): Payload[] {
  return [...payloads].sort(({ package: a }, { package: b }) => rpmvercmp(b.name, a.name) || compareEvr(b.evr, a.evr));
}
