import type { PromiseTally, RunDocument, SchemeTally } from '#run-document';
import { brokenWords, count } from '#tell';

/** What became of each promise, a column for each scheme: of several schemes none is counted with another. */
export interface PromiseTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function promiseTables({ verdict }: RunDocument): PromiseTable[] {
  return [
    ...promiseTable(
      'Promises: scenarios in which some step broke it, of those in which it was judged',
      verdict.schemes,
    ),
    ...promiseTable('The same of traps, machines and requests that nobody should have', verdict.traps),
  ];
}

function promiseTable(caption: string, tallies: readonly SchemeTally[]): PromiseTable[] {
  const [first] = tallies;
  if (first === undefined) return [];
  const cell = ({ kept, broken, notJudged }: PromiseTally): string => {
    const judged = kept + broken.length;
    if (judged > 0) return `${count(broken.length)} of ${count(judged)}`;
    return notJudged > 0 ? 'not judged' : '\u2013';
  };
  return [
    {
      caption,
      columns: ['Design', ...first.promises.map(({ promise }) => brokenWords[promise])],
      rows: tallies.map(({ scheme, scenarios, promises }) => [
        `${scheme} (${count(scenarios)})`,
        ...promises.map(cell),
      ]),
    },
  ];
}
