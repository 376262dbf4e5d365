import type { GrowthSeries, PassedBudget } from '#run-document';
import { median } from '#statistics';
import { fitPower } from './fit.js';

/** What an update may take on a machine: a second of the solver, and the memory of a small one. */
const budgets = {
  solverSeconds: 1,
  memoryBytes: 2 * 2 ** 30,
} as const;

/** At which sizes an update passes each budget, as far as the series was measured, or as its power law goes on beyond. */
export function passedBudgets({ points }: Pick<GrowthSeries, 'points'>): PassedBudget[] {
  const solver = points.flatMap(({ size: x, phases }) => {
    const samples = phases.find(({ phase }) => phase === 'solve');
    return samples === undefined ? [] : [{ x, y: median(samples.samplesMs) / 1000 }];
  });
  const memory = points.map(({ size: x, counters }) => ({ x, y: counters.heapBytesMax }));
  const largest = Math.max(...points.map(({ size }) => size));
  return (
    [
      ['solverSeconds', solver],
      ['memoryBytes', memory],
    ] as const
  ).flatMap(([of, values]): PassedBudget[] => {
    const fit = values.length === points.length ? fitPower(values) : null;
    if (fit === null || fit.exponent <= 0) return [];
    const size = (budgets[of] / fit.factor) ** (1 / fit.exponent);
    return [{ of, budget: budgets[of], size, basis: size <= largest ? 'measured' : 'modelled', largest }];
  });
}
