import type { HistoryResult } from '#run-document';

/** A driver from outside of the tree on the first day of a kernel. */
interface DriverOnDay {
  readonly driver: string;
  readonly loads: { readonly version: string } | null;
  readonly refusedImports: number;
  readonly gapDays: number | null;
}

/** `nvidia 550.54 loads`, `nvidia refused (12 imports) for 21 days` */
export function driverOnDayText({ driver, loads, refusedImports, gapDays }: DriverOnDay): string {
  if (loads !== null) return `${driver} ${loads.version} loads`;
  const wait = gapDays === null ? 'and stays so' : `for ${gapDays} days`;
  return refusedImports === 0
    ? `${driver} is not there yet ${wait}`
    : `${driver} refused (${refusedImports} imports) ${wait}`;
}

/** `10 kernel builds from 2024-01-01 to 2024-12-01 on 5 machines` */
export function historySpan({ kernels, profiles }: HistoryResult): string {
  return `${kernels.length} kernel builds from ${kernels[0]?.date} to ${kernels.at(-1)?.date} on ${profiles.length} machines`;
}

/** What the columns of a table of totals mean, by the heading of each. */
export const historyColumnNotes: readonly (readonly [string, string])[] = [
  ['built', 'the share of kernel modules that the updates build again'],
  ['packages', 'packages of one kernel update on one machine, the median'],
  ['download', 'what one kernel update downloads on one machine, the median'],
  ['disk', 'what one machine has installed at the end, the median'],
  ['work', 'millions of code edges that one kernel update takes on one machine, the median'],
  ['purge', 'solves of purge-kernels on all machines'],
  ['unsolved', 'requests without a solution on all machines'],
  ['lost', 'machines that lost a device'],
  ['behind', 'days that machines ran an older kernel'],
  ['waited', "days that machines waited for a vendor's driver"],
  ['alone', 'requests for a driver that brought no kernel'],
  ['loads', 'of these, requests whose driver loads into the kernel that stays'],
];
