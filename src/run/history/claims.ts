import { type BuildServiceUpdate, type Claim, cameAlone, lostAfter, type MachineHistory } from '#run-document';
import { count, counted } from '#tell';
import { baselineScheme, parseHistoryScheme } from './history-scheme.js';

interface Evidence {
  readonly buildService: readonly BuildServiceUpdate[];
  readonly machines: readonly MachineHistory[];
}

/** Pairs of the same thing under the scheme and under the monolithic kernel, put to the test one by one. */
interface Trial {
  readonly tested: number;
  readonly kept: number;
  readonly sentence: string;
}

interface ClaimTest {
  readonly claim: string;
  readonly test: (scheme: string, evidence: Evidence) => Trial;
}

/** What the proposal claims, and two things it must not cost. A claim holds where every single trial bears it out. */
const claimTests: readonly ClaimTest[] = [
  { claim: 'Less to build', test: lessToBuild },
  { claim: 'A smaller system', test: smallerSystem },
  { claim: 'Less to download', test: lessToDownload },
  { claim: 'Drivers update without the kernel', test: driverAlone },
  { claim: 'No machine loses a device', test: noDeviceLost },
  { claim: 'No longer wait for a vendor', test: noLongerWait },
];

/** Every claim under every scheme but the monolithic kernel's, which is what they are held against. */
export function claimsOf(schemes: readonly string[], evidence: Evidence): Claim[] {
  return claimTests.flatMap(({ claim, test }) =>
    schemes
      .filter((scheme) => scheme !== baselineScheme)
      .map((scheme): Claim => {
        const { tested, kept, sentence } = test(scheme, evidence);
        const status = tested === 0 ? 'unknown' : kept === tested ? 'holds' : kept === 0 ? 'fails' : 'partly';
        return { claim, scheme, status, sentence: tested === 0 ? 'It was not put to the test.' : sentence };
      }),
  );
}

function lessToBuild(text: string, { buildService }: Evidence): Trial {
  const { scheme } = parseHistoryScheme(text);
  const own = buildService.filter((update) => update.scheme === scheme);
  const less = own.filter(({ kernelModulesRebuilt, kernelModules }) => kernelModulesRebuilt < kernelModules);
  const built = sum(own, ({ kernelModulesRebuilt }) => kernelModulesRebuilt);
  const all = sum(own, ({ kernelModules }) => kernelModules);
  const shares = own.map(({ kernelModulesRebuilt, kernelModules }) => kernelModulesRebuilt / kernelModules);
  return {
    tested: own.length,
    kept: less.length,
    sentence:
      `Of ${count(own.length)} kernel updates ${count(less.length)} can leave kernel modules as they are; ${count(built)} of ${count(all)} are built again ` +
      `(${percent(built, all)}; the mildest update ${percent(Math.min(...shares), 1)}, the worst ${percent(Math.max(...shares), 1)}).`,
  };
}

function smallerSystem(scheme: string, { machines }: Evidence): Trial {
  const pairs = pairsOf(machines, scheme).map(({ own, other }) => ({ own: sizesOf(own), other: sizesOf(other) }));
  const first = (side: 'own' | 'other'): string => range(pairs.map((pair) => pair[side][0] ?? 0));
  const most = (side: 'own' | 'other'): string => range(pairs.map((pair) => Math.max(...pair[side])));
  return {
    tested: pairs.length,
    kept: pairs.filter(({ own, other }) => own.every((size, at) => size < (other[at] ?? 0))).length,
    sentence:
      `A first kernel with its drivers takes ${first('own')} of disk (${counted(pairs.length, 'machine')}), the monolithic one ${first('other')}; the most ` +
      `that a machine holds after an update is ${most('own')}, with the monolithic kernel ${most('other')}.${leftSentence(of(machines, scheme))}`,
  };
}

/** What purge-kernels leaves of the kernels that it takes: their drivers, where their checksums are those of a kernel that stays. */
function leftSentence(machines: readonly MachineHistory[]): string {
  const purges = machines.flatMap(({ updates }) => updates.filter(({ purged }) => (purged?.kernels.length ?? 0) > 0));
  const leaving = purges.map(({ leftBehind }) => leftBehind).filter(({ packages }) => packages > 0);
  if (leaving.length === 0) return '';
  const most = leaving.reduce((worst, left) => (left.bytes > worst.bytes ? left : worst));
  return (
    ` After ${count(leaving.length)} of ${counted(purges.length, 'purge')} drivers of purged kernels are still there, ` +
    `at worst ${counted(most.packages, 'package')} of ${megabytes(most.bytes)}.`
  );
}

/** Disk space after the installation and after each update that published a kernel: for all schemes the same days. */
function sizesOf({ updates }: MachineHistory): number[] {
  return updates.filter(({ event }) => event !== 'driver').map((update) => update.installedBytes);
}

function lessToDownload(scheme: string, { machines }: Evidence): Trial {
  const pairs = pairsOf(machines, scheme).map(({ own, other }) => ({ own: downloads(own), other: downloads(other) }));
  const text = (side: 'own' | 'other'): string =>
    `${range(pairs.map((pair) => pair[side].packages))} of packages and ${range(pairs.map((pair) => pair[side].metadata))} of metadata`;
  return {
    tested: pairs.length,
    kept: pairs.filter(({ own, other }) => own.packages + own.metadata < other.packages + other.metadata).length,
    sentence: `From the installation to the end a machine downloads ${text('own')}, with the monolithic kernel ${text('other')}.`,
  };
}

function driverAlone(scheme: string, { machines }: Evidence): Trial {
  const asked = of(machines, scheme).flatMap(({ updates }) => updates.flatMap(({ driverOnly }) => driverOnly ?? []));
  const alone = asked.filter(cameAlone);
  const loaded = alone.filter(({ loads }) => loads);
  const nothing = asked.filter(({ status, packages }) => status === 'solved' && packages === 0).length;
  const unsolvable = asked.filter(({ status }) => status === 'unsolvable').length;
  const kernel = asked.length - alone.length - nothing - unsolvable;
  return {
    tested: asked.length,
    kept: loaded.length,
    sentence:
      `Of ${count(asked.length)} requests for the new build of one network driver ${count(alone.length)} bring it without a new kernel` +
      `${alone.length === 0 ? '' : `, of which the kernel that stays loads ${count(loaded.length)}`}; ` +
      `${count(kernel)} bring the kernel too, ${count(nothing)} do nothing and ${count(unsolvable)} have no solution.`,
  };
}

function noDeviceLost(scheme: string, { machines }: Evidence): Trial {
  const own = of(machines, scheme);
  const losing = own.flatMap(({ updates }) => {
    const lost = updates.map(lostAfter).filter((devices) => devices.length > 0);
    return lost.length === 0 ? [] : [lost];
  });
  const names = [...new Set(losing.flat(2))].sort();
  return {
    tested: own.length,
    kept: own.length - losing.length,
    sentence:
      losing.length === 0
        ? `After every update every device is driven that was driven at first (${counted(own.length, 'machine')}).`
        : `${count(losing.length)} of ${counted(own.length, 'machine')} lost a driver, after ${counted(losing.flat().length, 'update')} in all: ${list(names)}.`,
  };
}

function noLongerWait(scheme: string, { machines }: Evidence): Trial {
  const pairs = pairsOf(machines, scheme).filter(({ own }) => own.drivers.length > 0);
  const days = pairs.map(({ own, other }) => ({ own: waited(own), other: waited(other) }));
  return {
    tested: pairs.length,
    kept: days.filter(({ own, other }) => own <= other).length,
    sentence:
      `Waiting for a vendor's driver that their kernel loads takes ${counted(pairs.length, 'machine')} ${count(sum(days, ({ own }) => own))} days, ` +
      `with the monolithic kernel ${count(sum(days, ({ other }) => other))} days.`,
  };
}

function of(machines: readonly MachineHistory[], scheme: string): MachineHistory[] {
  return machines.filter((machine) => machine.scheme === scheme);
}

/** The same machine under the scheme and with the monolithic kernel. */
function pairsOf(
  machines: readonly MachineHistory[],
  scheme: string,
): { readonly own: MachineHistory; readonly other: MachineHistory }[] {
  const others = new Map(of(machines, baselineScheme).map((machine) => [machine.profile, machine]));
  return of(machines, scheme).flatMap((own) => {
    const other = others.get(own.profile);
    return other === undefined ? [] : [{ own, other }];
  });
}

function downloads({ updates }: MachineHistory): { readonly packages: number; readonly metadata: number } {
  return {
    packages: sum(updates, (update) => update.downloadBytes),
    metadata: sum(updates, (update) => update.metadataBytes),
  };
}

function waited({ waits }: MachineHistory): number {
  return sum(waits, ({ days }) => days);
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function range(bytes: readonly number[]): string {
  const [least, most] = [megabytes(Math.min(...bytes)), megabytes(Math.max(...bytes))];
  return least === most ? least : `${least} to ${most}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

function percent(part: number, whole: number): string {
  const share = (100 * part) / whole;
  return `${share.toFixed(share > 0 && share < 10 ? 1 : 0)} %`;
}

/** Names that a sentence lists. */
const namedMax = 3;

function list(names: readonly string[]): string {
  const more = names.length > namedMax ? ` and ${names.length - namedMax} more` : '';
  return `${names.slice(0, namedMax).join(', ')}${more}`;
}
