import type { HistoryResult, SchemeTotals } from '#run-document';
import { claimSentence, claimTitle, count, fixed, historyColumnNotes, historySpan, megabytes, percent } from '#tell';
import { textTable } from './text-table.js';

const marks = {
  holds: 'holds  ',
  partly: 'partly ',
  fails: 'FAILS  ',
  unknown: 'unknown',
  notApplicable: 'n/a    ',
} as const;

const head = ['scheme', ...historyColumnNotes.map(([column]) => column)];

/** A history for a terminal: a row for each scheme, then what became of each claim. */
export function historyTable(history: HistoryResult): string {
  const { name, description, error, rerun } = history;
  if (error !== null) return `ERR  ${name}\n${error.replace(/^/gm, '     ')}\n     again: ${rerun}\n`;
  const claims = [...new Set(history.claims.map(({ claim }) => claim))].map(
    (claim) =>
      `${claimTitle(claim)}?\n${history.claims
        .filter((one) => one.claim === claim)
        .map((one) => `  ${marks[one.status]} ${one.scheme}\n          ${claimSentence(one)}`)
        .join('\n')}`,
  );
  return [
    `${name}: ${description}`,
    historySpan(history),
    '',
    textTable(head, history.totals.map(row)),
    '',
    ...historyColumnNotes.map(([column, note]) => `  ${column.padEnd(9)} ${note}`),
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
