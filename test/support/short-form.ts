import { test } from 'vitest';

/** Continuous integration asks for the short form of slow tables, `make test-clients` and `make test-long` for all of them. */
export const isShort = process.env['KMPLAB_SHORT'] === '1';

export interface Parts<Row> {
  readonly taken: readonly Row[];
  readonly left: readonly Row[];
}

/**
 * The rows of a table that show something no row before them does, and the others. Whatever some row shows, a row that is taken shows too.
 * Outside of the short form all rows are taken.
 */
export function shortForm<Row>(
  rows: readonly Row[],
  shows: (row: Row) => readonly string[],
  short = isShort,
): Parts<Row> {
  const shown = new Set<string>();
  return parted(rows, (row) => {
    const fresh = shows(row).filter((what) => !shown.has(what));
    for (const what of fresh) shown.add(what);
    return fresh.length > 0 || !short;
  });
}

/**
 * Of a table of requests under several schemes, those that one scheme takes: every `steps`-th, from another one on for each scheme, so that as
 * many schemes together take them all.
 */
export function diagonal<Row>(rows: readonly Row[], scheme: number, steps: number, short = isShort): Parts<Row> {
  return parted(rows, (_, index) => !short || (index + scheme) % steps === 0);
}

/** A test for each row that is taken; the log counts the others as skipped: what did not run has not passed. */
export function testTable<Row extends unknown[]>(
  { taken, left }: Parts<readonly [...Row]>,
  title: string,
  body: (...row: Row) => Promise<void>,
): void {
  test.for(taken)(title, (row) => body(...row));
  test.skip.for(left)(title, (row) => body(...row));
}

function parted<Row>(rows: readonly Row[], takes: (row: Row, index: number) => boolean): Parts<Row> {
  const verdicts = rows.map(takes);
  return { taken: rows.filter((_, index) => verdicts[index]), left: rows.filter((_, index) => !verdicts[index]) };
}
