import type { StepCost } from '#run-document';
import { costBasis, costCounts, costName, costTime } from '#tell';

export interface CostRow {
  readonly what: string;
  readonly time: string;
  readonly basis: string;
  readonly counts: string;
  readonly source: string;
}

export function costRows(costs: readonly StepCost[]): CostRow[] {
  return costs.map((cost) => ({
    what: costName(cost.kind),
    time: costTime(cost),
    basis: costBasis(cost),
    counts: costCounts(cost),
    source: cost.source,
  }));
}
