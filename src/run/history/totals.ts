import type { BuildServiceUpdate, DriverOnly, MachineHistory, SchemeTotals } from '#run-document';
import { median } from '#statistics';
import { parseHistoryScheme } from './history-scheme.js';

/** What became of a history: the claims and the table of totals count the same things, here. */
export interface Evidence {
  readonly buildService: readonly BuildServiceUpdate[];
  readonly machines: readonly MachineHistory[];
}

/** One row a scheme. */
export function historyTotals(schemes: readonly string[], evidence: Evidence): SchemeTotals[] {
  return schemes.map((scheme) => {
    const own = machinesUnder(scheme, evidence);
    const updates = own.flatMap((machine) => machine.updates);
    const kernels = updates.filter(({ event }) => event === 'kernel');
    const last = own.flatMap((machine) => machine.updates.slice(-1));
    return {
      scheme,
      machines: own.length,
      ...builtUnder(scheme, evidence),
      packagesMedian: middle(kernels, ({ packages }) => packages),
      downloadBytesMedian: middle(kernels, ({ downloadBytes }) => downloadBytes),
      workMedian: middle(kernels, ({ work }) => work),
      downloadBytes: sum(own.map(downloads), ({ packages, metadata }) => packages + metadata),
      installedBytesMedian: middle(last, ({ installedBytes }) => installedBytes),
      leftBehind: sum(last, ({ leftBehind }) => leftBehind.packages),
      purgeSolves: sum(updates, ({ purged }) => purged?.solves ?? 0),
      unsolvable: updates.filter(({ status }) => status === 'unsolvable').length,
      violations: sum(updates, ({ violations }) => violations),
      machinesLosing: own.filter((machine) => losingUpdates(machine) > 0).length,
      daysBehind: sum(own, ({ daysBehind }) => daysBehind),
      daysWaited: sum(own, waited),
      drivers: driverRequests(own, 'sameKernel'),
    };
  });
}

export function machinesUnder(scheme: string, { machines }: Evidence): MachineHistory[] {
  return machines.filter((machine) => machine.scheme === scheme);
}

/** What a build service must build does not depend on what it publishes. */
export function updatesBuilt(scheme: string, { buildService }: Evidence): BuildServiceUpdate[] {
  const alone = parseHistoryScheme(scheme).scheme;
  return buildService.filter((update) => update.scheme === alone);
}

export function builtUnder(
  scheme: string,
  evidence: Evidence,
): Pick<SchemeTotals, 'kernelModules' | 'kernelModulesRebuilt'> {
  const built = updatesBuilt(scheme, evidence);
  return {
    kernelModules: sum(built, ({ kernelModules }) => kernelModules),
    kernelModulesRebuilt: sum(built, ({ kernelModulesRebuilt }) => kernelModulesRebuilt),
  };
}

/** From the installation to the end. Metadata counts: a scheme of many packages pays there. */
export function downloads({ updates }: MachineHistory): { readonly packages: number; readonly metadata: number } {
  return {
    packages: sum(updates, (update) => update.downloadBytes),
    metadata: sum(updates, (update) => update.metadataBytes),
  };
}

/** How many days or boots of a machine broke the promise that what was driven stays driven, or left it broken. */
export function losingUpdates({ updates }: MachineHistory): number {
  return updates.filter(
    ({ undriven, promises, purged }) =>
      undriven.length > 0 ||
      [...promises, ...(purged?.promises ?? [])].some(
        ({ promise, status }) => promise === 'drivenStaysDriven' && status === 'broken',
      ),
  ).length;
}

export function waited({ waits }: MachineHistory): number {
  return sum(waits, ({ days }) => days);
}

export function driverRequests(machines: readonly MachineHistory[], of: DriverOnly['of']): SchemeTotals['drivers'] {
  const asked = machines
    .flatMap(({ updates }) => updates.flatMap(({ driverOnly }) => driverOnly))
    .filter((one) => one.of === of);
  const unsolvable = asked.filter(({ status }) => status === 'unsolvable').length;
  const solved = asked.filter(({ status }) => status === 'solved');
  const kernel = solved.filter(({ bringsKernel }) => bringsKernel).length;
  const nothing = solved.filter(({ packages }) => packages === 0).length;
  const kept = asked.filter(({ promise }) => promise.status === 'kept').length;
  return {
    asked: asked.length,
    alone: asked.length - unsolvable - kernel - nothing,
    loaded: kept,
    kernel,
    nothing,
    unsolvable,
  };
}

export function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

/** 0 of nothing. */
function middle<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.length === 0 ? 0 : median(items.map(of));
}
