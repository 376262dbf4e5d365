import { median } from '#statistics';
import type { HistoryResult, MachineHistory, MachineUpdate } from './history.js';

/** A history under one scheme in one row: what a chart or a table shows beside other schemes. */
export interface SchemeTotals {
  readonly scheme: string;
  readonly machines: number;
  /** Kernel modules of all updates, and those of them that had to be built again. */
  readonly kernelModules: number;
  readonly kernelModulesRebuilt: number;
  /** Of what a kernel update is for one machine, the middle one of all updates on all machines. */
  readonly packagesMedian: number;
  readonly downloadBytesMedian: number;
  readonly workMedian: number;
  /** Of all machines, from the installation to the end: packages and metadata. */
  readonly downloadBytes: number;
  /** What a machine's packages take at the end, the middle one of all machines. */
  readonly installedBytesMedian: number;
  /** Packages of purged kernels that are still installed at the end, on all machines. */
  readonly leftBehind: number;
  /** What libsolv was run for purge-kernels on all machines. */
  readonly purgeSolves: number;
  readonly unsolvable: number;
  readonly violations: number;
  /** Machines that lacked a device's driver after some update. */
  readonly machinesLosing: number;
  /** Of all machines. */
  readonly daysBehind: number;
  readonly daysWaited: number;
  /** Requests for one driver, those that brought it without a kernel, and those of them whose driver the kernel that stays loads. */
  readonly driverAsked: number;
  readonly driverAlone: number;
  readonly driverLoaded: number;
}

/** One row a scheme, in the order of the history's schemes. */
export function historyTotals({ schemes, machines, buildService }: HistoryResult): SchemeTotals[] {
  return schemes.map((scheme) => {
    const own = machines.filter((machine) => machine.scheme === scheme);
    const updates = own.flatMap((machine) => machine.updates);
    const kernels = updates.filter(({ event }) => event === 'kernel');
    const built = buildService.filter((update) => update.scheme === schemeAlone(scheme));
    const asked = updates.flatMap(({ driverOnly }) => driverOnly ?? []);
    return {
      scheme,
      machines: own.length,
      kernelModules: sum(built, ({ kernelModules }) => kernelModules),
      kernelModulesRebuilt: sum(built, ({ kernelModulesRebuilt }) => kernelModulesRebuilt),
      packagesMedian: middle(kernels, ({ packages }) => packages),
      downloadBytesMedian: middle(kernels, ({ downloadBytes }) => downloadBytes),
      workMedian: middle(kernels, ({ work }) => work),
      downloadBytes: sum(updates, ({ downloadBytes, metadataBytes }) => downloadBytes + metadataBytes),
      installedBytesMedian: middle(own, (machine) => machine.updates.at(-1)?.installedBytes ?? 0),
      leftBehind: sum(own, (machine) => machine.updates.at(-1)?.leftBehind.packages ?? 0),
      purgeSolves: sum(updates, ({ purged }) => purged?.solves ?? 0),
      unsolvable: updates.filter(({ status }) => status === 'unsolvable').length,
      violations: sum(updates, ({ violations }) => violations),
      machinesLosing: own.filter((machine) => machine.updates.some((update) => lostAfter(update).length > 0)).length,
      daysBehind: sum(own, ({ daysBehind }) => daysBehind),
      daysWaited: sum(own, ({ waits }: MachineHistory) => sum(waits, ({ days }) => days)),
      driverAsked: asked.length,
      driverAlone: asked.filter(cameAlone).length,
      driverLoaded: asked.filter((one) => cameAlone(one) && one.loads).length,
    };
  });
}

/** Whether the driver that was asked for came, and no kernel with it. */
export function cameAlone({ status, packages, bringsKernel }: NonNullable<MachineUpdate['driverOnly']>): boolean {
  return status === 'solved' && packages > 0 && !bringsKernel;
}

/** Devices that an update, or the purge after it, cost their driver. */
export function lostAfter({ lost, purged }: Pick<MachineUpdate, 'lost' | 'purged'>): string[] {
  return [...new Set([...lost, ...(purged?.lost ?? [])])].sort();
}

/** A scheme without what a history adds to it: what a build service must build does not depend on what it publishes. */
function schemeAlone(scheme: string): string {
  return scheme
    .split(/\s+/)
    .filter((part) => !part.startsWith('publish='))
    .join(' ');
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

/** 0 of nothing. */
function middle<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.length === 0 ? 0 : median(items.map(of));
}
