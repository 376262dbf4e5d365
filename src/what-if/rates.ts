import type { StepCost, StepCostKind } from '#run-document';

/** Rates that a reader of the page tries. */
export interface CostRates {
  readonly lineMbitPerSecond: number;
  /** Time of a depmod as a part of the measured one. */
  readonly depmodFactor: number;
  /** The same of an initrd. */
  readonly initrdFactor: number;
}

/** Those of the costs document that comes along are not scaled. */
export const measuredRates: Pick<CostRates, 'depmodFactor' | 'initrdFactor'> = { depmodFactor: 1, initrdFactor: 1 };

const depmodKinds: ReadonlySet<StepCostKind> = new Set<StepCostKind>([
  'depmodByScripts',
  'depmodByScriptsIncremental',
  'depmodOncePerTransaction',
  'depmodOnceIncremental',
]);

/** A cost at other rates. Nothing is solved or simulated again: what was counted stays. */
export function adjustedCost(cost: StepCost, rates: CostRates): StepCost {
  if (cost.kind === 'metadataRefresh' || cost.kind === 'download') {
    const seconds = (cost.bytes * 8) / 1e6 / rates.lineMbitPerSecond;
    return { ...cost, seconds: { low: seconds, high: seconds } };
  }
  if (depmodKinds.has(cost.kind)) return scaled(cost, rates.depmodFactor);
  return cost.kind === 'initrds' ? scaled(cost, rates.initrdFactor) : cost;
}

function scaled(cost: StepCost, factor: number): StepCost {
  return { ...cost, seconds: { low: cost.seconds.low * factor, high: cost.seconds.high * factor } };
}
