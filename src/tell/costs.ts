import type { CountRange, StepCost, StepCostKind } from '#run-document';
import { bytes, count, counted, duration } from './numbers.js';

const names: Readonly<Record<StepCostKind, string>> = {
  metadataRefresh: 'Refresh of metadata',
  download: 'Download of packages',
  rpmEachPackage: 'rpm, a transaction for each package',
  rpmOneTransaction: 'rpm, one transaction',
  fileConflicts: 'Checks for file conflicts',
  depmodByScripts: 'depmod, by the scripts of each package',
  depmodByScriptsIncremental: 'depmod by the scripts, if it were incremental',
  depmodOncePerTransaction: 'depmod, once for each kernel',
  depmodOnceIncremental: 'depmod once for each kernel, if it were incremental',
  scriptProcesses: 'Other processes of the scripts',
  initrds: 'Initrds',
};

/** What a cost is of: `depmod, by the scripts of each package`. */
export function costName(kind: StepCostKind): string {
  return names[kind];
}

/** `0.63 s`, `1.21 to 3.40 h`: hours from one hour on. */
export function costTime({ seconds: { low, high } }: Pick<StepCost, 'seconds'>): string {
  const [least, most] = [duration(low * 1000), duration(high * 1000)];
  if (least === most) return most;
  const [number, unit] = least.split(' ');
  return unit === most.split(' ')[1] ? `${number} to ${most}` : `${least} to ${most}`;
}

/** What was counted: `8,046 to 12,069 runs, over 1 to 4,023 kernel modules`. */
export function costCounts(cost: StepCost): string {
  switch (cost.kind) {
    case 'metadataRefresh':
    case 'download':
      return bytes(cost.bytes);
    case 'rpmEachPackage':
      return `${counted(cost.packages, 'package')} one by one`;
    case 'rpmOneTransaction':
      return `${counted(cost.packages, 'package')} at once`;
    case 'fileConflicts':
      return `${counted(cost.packages, 'package')} one by one, each with a file COPYING: what that adds`;
    case 'scriptProcesses':
      return `${ranged(cost.rpmQueries, 'query', 'queries')} of rpm, ${ranged(cost.links, 'link')}`;
    case 'initrds':
      return ranged(cost.runs, 'run');
    case 'depmodByScripts':
    case 'depmodByScriptsIncremental':
    case 'depmodOncePerTransaction':
    case 'depmodOnceIncremental':
      return cost.runs.most === 0
        ? 'no run'
        : `${ranged(cost.runs, 'run')}, over ${ranged(cost.kernelModules, 'kernel module')}`;
  }
}

const countedWords = { exact: 'counted', simulated: 'simulated' } as const;
const timedWords = { measured: 'measured', published: 'published', assumed: 'assumed' } as const;

/** How a cost was come by: `simulated counts, measured time`. */
export function costBasis({ counted: how, timed }: Pick<StepCost, 'counted' | 'timed'>): string {
  return `${countedWords[how]}, time ${timedWords[timed]}`;
}

function ranged({ least, most }: CountRange, singular: string, plural?: string): string {
  return least === most ? counted(most, singular, plural) : `${count(least)} to ${counted(most, singular, plural)}`;
}
