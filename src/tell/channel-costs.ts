import type { ChannelCost, ChannelCosts } from '#run-document';
import { bytes, count, counted, duration } from './numbers.js';

const names: Readonly<Record<ChannelCost['what'], string>> = {
  refreshFull: 'First refresh',
  refreshUnchanged: 'Refresh, nothing changed',
  refreshAfterUpdate: 'Refresh after an update, zypper and dnf today',
  refreshZchunk: 'Of primary.xml after an update, with zchunk',
  refreshPieces: 'Of primary.xml after an update, with deltas',
  parse: 'Metadata to .solv',
  freshLoad: 'Fresh install: reading .solv',
  freshIndex: 'Fresh install: the index of provides',
  freshSolve: 'Fresh install: solving',
  freshOrder: 'Fresh install: ordering',
  freshRules: 'Fresh install: rules',
  freshMemory: 'Fresh install: memory of the solver',
  updateDownload: 'Packages of an update, all of them',
  metadataToday: 'Metadata, zypper and dnf today',
  metadataZchunk: 'Metadata, fetched in part',
  packages: 'Packages, if each machine took all of an update',
  packagesBuilt: 'Packages of an update',
  build: 'Building',
  sign: 'Signing',
  publish: 'Publishing',
  processor: 'Processor time in all',
  elapsed: 'From start to published',
};

const sources: Readonly<Record<ChannelCost['source'], string>> = {
  writtenFiles: 'the files that were written',
  zchunk: 'zck and zck_delta_size, a chunk for each package',
  piecesOfPackages: 'the packed pieces of the packages that came',
  libsolvHere: 'libsolv on this machine, processor time',
  design: 'the design, over two builds',
  fleet: 'measured sizes, times the assumed fleet',
  buildRates: 'counts, times assumed rates, by list scheduling',
};

/** A heading for each of those who pay, and a line for each cost: what, how much, how it is known. */
export function channelCostLines(costs: ChannelCosts): string[] {
  const { machine, mirror, buildService, assumed } = costs;
  const table = (title: string, rows: readonly ChannelCost[]): string[] => [
    title,
    ...rows.map(
      (row) => `  ${names[row.what].padEnd(50)}${amount(row).padStart(14)}  ${row.basis}: ${sources[row.source]}`,
    ),
  ];
  const perDay =
    assumed.refreshesPerDay === 1 ? 'refreshing once a day' : `refreshing ${assumed.refreshesPerDay} times a day`;
  return [
    `${counted(costs.kernels, 'kernel')} under ${costs.scheme}, ${counted(costs.packages, 'package')}`,
    ...table('A machine', machine),
    ...table(
      `Mirrors, for ${count(assumed.machines)} machines ${perDay}, an update every ${assumed.daysBetweenUpdates} days`,
      mirror,
    ),
    ...table(`The build service, for one update on ${counted(assumed.workers, 'worker')}`, buildService),
    `Assumed of one processor: ${assumed.compileSeconds} s to compile a kernel, ${assumed.packageSeconds} s to write a package, ` +
      `${assumed.signSeconds} s to sign one, ${assumed.publishSeconds} s to publish one that is kept.`,
  ];
}

function amount({ value, unit }: ChannelCost): string {
  switch (unit) {
    case 'bytes':
      return bytes(value);
    case 'bytesPerDay':
      return `${bytes(value)} a day`;
    case 'seconds':
      return duration(value * 1000);
    case 'packages':
    case 'rules':
      return count(value);
  }
}
