import type { StepCost, WeakModulesScript } from '#run-document';
import { counted } from '#tell';
import { type Costs, secondsAt } from './document.js';

/** A package that brings kernel modules, and not the image. */
export interface ArrivingModules {
  /** The kernel they were built for. */
  readonly release: string;
  /** A kernel module package, whose script is weak-modules2 --add-kmp; others belong to their kernel alone. */
  readonly isKmp: boolean;
}

export interface KernelAfter {
  readonly release: string;
  readonly kernelModules: number;
  /** The image came with this transaction. */
  readonly arrived: boolean;
  /** Its kernel modules changed: new files, or other links. */
  readonly changed: boolean;
  /** Packages of other kernels' kernel modules that weak-modules2 tries when the image arrives; 0 where it gives up before. */
  readonly linkCandidates: number;
}

/** What a transaction did to a machine, as counts. */
export interface TransactionFacts {
  readonly script: WeakModulesScript;
  readonly installedBefore: number;
  readonly packagesComing: number;
  readonly packagesGoing: number;
  readonly arriving: readonly ArrivingModules[];
  readonly kernels: readonly KernelAfter[];
  /** Compressed primary metadata of the repositories in reach. */
  readonly metadataBytes: number;
}

/** What the transaction costs outside of the solver, each part on its own: they are alternatives in part, and not to be added up. */
export function estimateCosts(costs: Costs, facts: TransactionFacts): StepCost[] {
  const cost = (kind: StepCost['kind'], seconds: number, how: string, source: string): StepCost => ({
    kind,
    seconds: Math.round(seconds * 1000) / 1000,
    basis: source === measuredHere ? 'measured' : 'modelled',
    how,
    source,
  });
  const { environment, measured, modelled } = costs;
  const measuredHere = `${costs.name}: kmod ${environment.kmod}, rpm ${environment.rpm}, dracut ${environment.dracut}, ${environment.processor}`;
  const depmod = depmodRuns(costs, facts);
  const changed = facts.kernels.filter((kernel) => kernel.changed);
  const forEachChanged = (curve: 'depmodFull' | 'initrd'): number =>
    changed.reduce((sum, { kernelModules }) => sum + secondsAt(measured[curve], kernelModules), 0);
  const once = forEachChanged('depmodFull');
  const packages = facts.packagesComing + facts.packagesGoing;
  const metadataSeconds = (facts.metadataBytes * 8) / 1e6 / modelled.lineMbitPerSecond.value;
  const list = [
    cost(
      'metadataRefresh',
      metadataSeconds,
      `${megabytes(facts.metadataBytes)} over ${modelled.lineMbitPerSecond.value} Mbit/s`,
      modelled.lineMbitPerSecond.source,
    ),
  ];
  if (packages === 0) return list;
  const each = (curve: 'rpmOnePackage' | 'rpmOnePackageCommonName'): number =>
    packages * secondsAt(measured[curve], facts.installedBefore + facts.packagesComing / 2);
  return [
    ...list,
    cost(
      'rpmOneTransaction',
      secondsAt(measured.rpmOneTransaction, packages),
      `${counted(packages, 'package')} at once`,
      measuredHere,
    ),
    cost('rpmEachPackage', each('rpmOnePackage'), `${counted(packages, 'package')} one by one`, measuredHere),
    cost(
      'fileConflicts',
      Math.max(0, each('rpmOnePackageCommonName') - each('rpmOnePackage')),
      `${counted(packages, 'package')} one by one, each with a file COPYING: what that adds`,
      measuredHere,
    ),
    cost(
      'depmodAfterEachPackage',
      depmod.seconds,
      `${counted(depmod.runs, 'run')} of depmod: ${depmod.how}`,
      measuredHere,
    ),
    cost(
      'depmodOncePerTransaction',
      once,
      `${counted(changed.length, 'run')} of depmod, one for each kernel that changed`,
      measuredHere,
    ),
    cost(
      'depmodIncremental',
      once / modelled.depmodIncrementalFactor.value,
      `${counted(changed.length, 'run')}, ${modelled.depmodIncrementalFactor.value} times faster each`,
      modelled.depmodIncrementalFactor.source,
    ),
    cost(
      'initrds',
      forEachChanged('initrd'),
      `${counted(changed.length, 'run')} of dracut, one for each kernel that changed`,
      measuredHere,
    ),
  ];
}

/**
 * How often the scripts run depmod. weak-modules2 --add-kmp, for each installed kernel: a check of the tree as it is; then, where the KMP
 * is for this kernel, the final run, and else a check of the tree with the KMP and the final run. --add-kernel: a check for each KMP
 * it tries, and the final run. Others run it once for each package with kernel modules.
 */
function depmodRuns(
  { measured }: Costs,
  { script, arriving, kernels }: TransactionFacts,
): { runs: number; seconds: number; how: string } {
  const links = script === 'weak-modules2' || script === 'weak-modules2-any-directory';
  let runs = 0;
  let seconds = 0;
  for (const { release, kernelModules, arrived, linkCandidates } of kernels) {
    const forPackages = arriving.reduce((sum, one) => {
      if (one.release === release) return sum + (links && one.isKmp ? 2 : 1);
      return sum + (links && one.isKmp ? 3 : 0);
    }, 0);
    const here = forPackages + (arrived ? 1 + linkCandidates : 0);
    runs += here;
    seconds += here * secondsAt(measured.depmodFull, kernelModules);
  }
  const how = links
    ? 'as weak-modules2 does, 2 for a KMP of the kernel, up to 3 for another kernel, 1 for each KMP tried with a new kernel'
    : 'one for each package with kernel modules';
  return { runs, seconds, how };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
