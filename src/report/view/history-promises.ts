import { type HistoryResult, promiseIds } from '#run-document';
import { brokenWords, count } from '#tell';

export interface HistoryPromises {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly { readonly text: string; readonly tone: 'good' | 'bad' | 'plain' }[])[];
}

/** Of each promise and design: after how many updates, of those in which it was judged, it was broken. */
export function historyPromises({ name, schemes, machines }: HistoryResult): HistoryPromises {
  const judged = (scheme: string, promise: string): { broken: number; of: number } => {
    const statuses = machines
      .filter((machine) => machine.scheme === scheme)
      .flatMap(({ updates }) =>
        updates.flatMap(({ promises, purged, driverOnly }) => [
          ...promises,
          ...(purged?.promises ?? []),
          ...driverOnly.map((one) => one.promise),
        ]),
      )
      .filter((one) => one.promise === promise)
      .map(({ status }) => status);
    const broken = statuses.filter((status) => status === 'broken').length;
    return { broken, of: broken + statuses.filter((status) => status === 'kept').length };
  };
  return {
    name,
    columns: ['Broken', ...schemes],
    rows: promiseIds
      .map((promise) => ({ promise, cells: schemes.map((scheme) => judged(scheme, promise)) }))
      .filter(({ cells }) => cells.some(({ of }) => of > 0))
      .map(({ promise, cells }) => [
        { text: brokenWords[promise], tone: 'plain' as const },
        ...cells.map(({ broken, of }) => ({
          text: of === 0 ? '\u2013' : `${count(broken)} of ${count(of)}`,
          tone: of === 0 ? ('plain' as const) : broken === 0 ? ('good' as const) : ('bad' as const),
        })),
      ]),
  };
}
