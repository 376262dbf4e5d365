import type { HistoryResult, SchemeTotals } from '#run-document';
import { claimSentence, claimTitle, count, fixed, megabytes, percent } from '#tell';
import { textTable } from './text-table.js';

const marks = {
  holds: 'holds  ',
  partly: 'partly ',
  fails: 'FAILS  ',
  unknown: 'unknown',
  notApplicable: 'n/a    ',
} as const;

const head = [
  'scheme',
  'built',
  'packages',
  'download',
  'disk',
  'work',
  'purge',
  'unsolved',
  'lost',
  'behind',
  'waited',
  'alone',
  'loads',
];

/** A history for a terminal: a row for each scheme, then what became of each claim. */
export function historyTable(history: HistoryResult): string {
  const { name, description, error, kernels, profiles, rerun } = history;
  if (error !== null) return `ERR  ${name}\n${error.replace(/^/gm, '     ')}\n     again: ${rerun}\n`;
  const [first] = kernels;
  const claims = [...new Set(history.claims.map(({ claim }) => claim))].map(
    (claim) =>
      `${claimTitle(claim)}?\n${history.claims
        .filter((one) => one.claim === claim)
        .map((one) => `  ${marks[one.status]} ${one.scheme}\n          ${claimSentence(one)}`)
        .join('\n')}`,
  );
  return [
    `${name}: ${description}`,
    `${kernels.length} kernel builds from ${first?.date} to ${kernels.at(-1)?.date} on ${profiles.length} machines`,
    '',
    textTable(head, history.totals.map(row)),
    '',
    'built: of the kernel modules of all updates those that are built again; packages, download, work (million code edges): the middle kernel',
    'update of a machine; disk: the middle machine at the end; of all machines together: purge: solves of purge-kernels; unsolved: requests;',
    'lost: machines that lost a device; behind, waited: days; alone: requests for a driver that brought no kernel; loads: of these those whose',
    'driver the kernel that stays loads',
    '',
    ...claims,
    '',
    `again: ${rerun}`,
    '',
  ].join('\n');
}

function row(totals: SchemeTotals): string[] {
  return [
    totals.scheme,
    percent(totals.kernelModulesRebuilt, totals.kernelModules),
    count(totals.packagesMedian),
    megabytes(totals.downloadBytesMedian),
    megabytes(totals.installedBytesMedian),
    fixed(totals.workMedian / 1e6, 1),
    `${totals.purgeSolves}`,
    `${totals.unsolvable}`,
    `${totals.machinesLosing}/${totals.machines}`,
    `${totals.daysBehind}`,
    `${totals.daysWaited}`,
    `${totals.drivers.alone}/${totals.drivers.asked}`,
    `${totals.drivers.loaded}`,
  ];
}
