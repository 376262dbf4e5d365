import type { Claim, ClaimId, DriverOnly, MachineHistory } from '#run-document';
import { baselineScheme, parseHistoryScheme } from './history-scheme.js';
import {
  builtUnder,
  downloads,
  driverRequests,
  type Evidence,
  losingUpdates,
  machinesUnder,
  sum,
  updatesBuilt,
  waited,
} from './totals.js';

type Range = [number, number];
type Figures<Id extends ClaimId> = Id extends ClaimId
  ? Omit<Extract<Claim, { claim: Id }>, 'scheme' | 'status'>
  : never;

/** What the proposal claims, and two things it must not cost, put to the test trial by trial beside the monolithic kernel. */
const tests: readonly ((scheme: string, evidence: Evidence) => Figures<ClaimId>)[] = [
  lessToBuild,
  smallerSystem,
  lessToDownload,
  (scheme, evidence) => driverAlone('driverAlone', 'sameKernel', machinesUnder(scheme, evidence)),
  (scheme, evidence) => driverAlone('nextDriverAlone', 'nextKernel', machinesUnder(scheme, evidence)),
  noDeviceLost,
  noLongerWait,
];

/** Every claim under every scheme but the monolithic kernel's, which is what they are held against. A claim holds where every trial bears it out. */
export function claimsOf(schemes: readonly string[], evidence: Evidence): Claim[] {
  const others = schemes.filter((scheme) => scheme !== baselineScheme);
  return tests.flatMap((test) =>
    others.map((scheme): Claim => {
      const figures = test(scheme, evidence);
      return { ...figures, scheme, status: hasNone(figures, scheme, evidence) ? 'notApplicable' : statusOf(figures) };
    }),
  );
}

/**
 * Where every package of every kernel is published, drivers can be updated alone and no next kernel ever brought one of the same name, the
 * name has the kernel in it: the next kernel's driver is another package.
 */
function hasNone({ claim, tested }: Figures<ClaimId>, scheme: string, evidence: Evidence): boolean {
  const { publish } = parseHistoryScheme(scheme);
  const { asked } = driverRequests(machinesUnder(scheme, evidence), 'sameKernel');
  return claim === 'nextDriverAlone' && tested === 0 && asked > 0 && publish === 'all';
}

function statusOf({ tested, kept }: Figures<ClaimId>): Claim['status'] {
  if (tested === 0) return 'unknown';
  return kept === tested ? 'holds' : kept === 0 ? 'fails' : 'partly';
}

function lessToBuild(scheme: string, evidence: Evidence): Figures<'lessToBuild'> {
  const own = updatesBuilt(scheme, evidence);
  const { kernelModules, kernelModulesRebuilt: rebuilt } = builtUnder(scheme, evidence);
  return {
    claim: 'lessToBuild',
    tested: own.length,
    kept: own.filter((update) => update.kernelModulesRebuilt < update.kernelModules).length,
    kernelModules,
    rebuilt,
    shares: rangeOf(own.map((update) => update.kernelModulesRebuilt / update.kernelModules)),
  };
}

function smallerSystem(scheme: string, evidence: Evidence): Figures<'smallerSystem'> {
  const pairs = pairsUnder(scheme, evidence).map(({ own, other }) => ({ own: sizesOf(own), other: sizesOf(other) }));
  const first = (side: 'own' | 'other'): Range => rangeOf(pairs.map((pair) => pair[side][0] ?? 0));
  const most = (side: 'own' | 'other'): Range => rangeOf(pairs.map((pair) => Math.max(...pair[side])));
  return {
    claim: 'smallerSystem',
    tested: pairs.length,
    kept: pairs.filter(({ own, other }) => own.every((size, at) => size < (other[at] ?? 0))).length,
    first: first('own'),
    firstMonolithic: first('other'),
    most: most('own'),
    mostMonolithic: most('other'),
    left: leftOf(machinesUnder(scheme, evidence)),
  };
}

/** What purge-kernels leaves of the kernels that it takes: their drivers, where their checksums are those of a kernel that stays. */
function leftOf(machines: readonly MachineHistory[]): Figures<'smallerSystem'>['left'] {
  const purges = machines.flatMap(({ updates }) => updates.filter(({ purged }) => (purged?.kernels.length ?? 0) > 0));
  const leaving = purges.map(({ leftBehind }) => leftBehind).filter(({ packages }) => packages > 0);
  const most = leaving.reduce((worst, left) => (left.bytes > worst.bytes ? left : worst), { packages: 0, bytes: 0 });
  return { purges: purges.length, leaving: leaving.length, ...most };
}

/** Disk space after the installation and after each update that published a kernel: for all schemes the same days. */
function sizesOf({ updates }: MachineHistory): number[] {
  return updates.filter(({ event }) => event !== 'driver').map((update) => update.installedBytes);
}

function lessToDownload(scheme: string, evidence: Evidence): Figures<'lessToDownload'> {
  const pairs = pairsUnder(scheme, evidence).map(({ own, other }) => ({
    own: downloads(own),
    other: downloads(other),
  }));
  return {
    claim: 'lessToDownload',
    tested: pairs.length,
    kept: pairs.filter(({ own, other }) => own.packages + own.metadata < other.packages + other.metadata).length,
    packages: rangeOf(pairs.map(({ own }) => own.packages)),
    metadata: rangeOf(pairs.map(({ own }) => own.metadata)),
    packagesMonolithic: rangeOf(pairs.map(({ other }) => other.packages)),
    metadataMonolithic: rangeOf(pairs.map(({ other }) => other.metadata)),
  };
}

function driverAlone<Id extends 'driverAlone' | 'nextDriverAlone'>(
  claim: Id,
  of: DriverOnly['of'],
  machines: readonly MachineHistory[],
) {
  const requests = driverRequests(machines, of);
  return { claim, tested: requests.asked, kept: requests.loaded, ...requests };
}

function noDeviceLost(scheme: string, evidence: Evidence): Figures<'noDeviceLost'> {
  const own = machinesUnder(scheme, evidence);
  const devices = own.flatMap(({ updates }) => updates.flatMap(({ undriven }) => undriven));
  return {
    claim: 'noDeviceLost',
    tested: own.length,
    kept: own.filter((machine) => losingUpdates(machine) === 0).length,
    updates: sum(own, losingUpdates),
    devices: [...new Set(devices)].sort(),
  };
}

function noLongerWait(scheme: string, evidence: Evidence): Figures<'noLongerWait'> {
  const pairs = pairsUnder(scheme, evidence).filter(({ own }) => own.drivers.length > 0);
  return {
    claim: 'noLongerWait',
    tested: pairs.length,
    kept: pairs.filter(({ own, other }) => waited(own) <= waited(other)).length,
    days: sum(pairs, ({ own }) => waited(own)),
    daysMonolithic: sum(pairs, ({ other }) => waited(other)),
  };
}

/** The same machine under the scheme and with the monolithic kernel. */
function pairsUnder(
  scheme: string,
  evidence: Evidence,
): { readonly own: MachineHistory; readonly other: MachineHistory }[] {
  const others = new Map(machinesUnder(baselineScheme, evidence).map((machine) => [machine.profile, machine]));
  return machinesUnder(scheme, evidence).flatMap((own) => {
    const other = others.get(own.profile);
    return other === undefined ? [] : [{ own, other }];
  });
}

/** Zeros of nothing: a claim that was not tested has no figures that anybody reads. */
function rangeOf(values: readonly number[]): Range {
  return values.length === 0 ? [0, 0] : [Math.min(...values), Math.max(...values)];
}
