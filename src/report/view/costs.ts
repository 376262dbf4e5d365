import type { StepCost } from '#run-document';

export interface CostRow {
  readonly what: string;
  readonly seconds: string;
  readonly basis: string;
  readonly how: string;
  readonly source: string;
}

const words: Readonly<Record<StepCost['kind'], string>> = {
  metadataRefresh: 'Refresh of metadata',
  rpmOneTransaction: 'rpm, one transaction',
  rpmEachPackage: 'rpm, a transaction for each package',
  fileConflicts: 'Checks for file conflicts',
  depmodAfterEachPackage: 'depmod, by the scripts of each package',
  depmodOncePerTransaction: 'depmod, once for each kernel',
  depmodIncremental: 'depmod, if it were incremental',
  initrds: 'Initrds',
};

export function costRows(costs: readonly StepCost[]): CostRow[] {
  return costs.map(({ kind, seconds, basis, how, source }) => ({
    what: words[kind],
    seconds: seconds < 0.1 ? seconds.toFixed(3) : seconds.toFixed(1),
    basis,
    how,
    source,
  }));
}
