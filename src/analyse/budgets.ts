import type { GrowthSeries, PassedBudget } from '#run-document';
import { median } from '#statistics';
import { localSlopes, type Point } from './fit.js';

/** What an update may take on a machine: a second of the solver, and the memory of a small one. */
const budgets = {
  solverSeconds: 1,
  memoryBytes: 2 * 2 ** 30,
} as const;

/** Beyond so many times the largest size that was measured, nobody knows how growth goes on. */
const beyondMax = 10;

/**
 * At which sizes an update passes each budget: between two sizes that were measured, or beyond the largest as growth was from the last but one to it.
 * One power law for all would not do: where a constant is most of a small value, growth climbs.
 */
export function passedBudgets({ points }: Pick<GrowthSeries, 'points'>): PassedBudget[] {
  const solver = points.flatMap(({ size: x, phases }) => {
    const samples = phases.find(({ phase }) => phase === 'solve');
    return samples === undefined ? [] : [{ x, y: median(samples.samplesMs) / 1000 }];
  });
  const memory = points.map(({ size: x, counters }) => ({ x, y: counters.heapBytesMax }));
  return (
    [
      ['solverSeconds', solver],
      ['memoryBytes', memory],
    ] as const
  ).flatMap(([of, values]): PassedBudget[] => {
    const slopes = localSlopes(values);
    const last = slopes.at(-1);
    if (values.length < points.length || last === undefined) return [];
    const size = sizeAt(budgets[of], values, slopes);
    const far = size === null || size > beyondMax * last.to;
    return [
      {
        of,
        budget: budgets[of],
        size: far ? null : size,
        basis: far || size > last.to ? 'modelled' : 'measured',
        largest: last.to,
      },
    ];
  });
}

/** Null where it is never passed. */
function sizeAt(budget: number, values: readonly Point[], slopes: ReturnType<typeof localSlopes>): number | null {
  const valueAt = (x: number): number => median(values.filter((value) => value.x === x).map(({ y }) => y));
  const passing = slopes.find(({ to }) => valueAt(to) >= budget) ?? slopes.at(-1);
  if (passing === undefined) return null;
  const { from, exponent } = passing;
  if (valueAt(from) >= budget) return from;
  return exponent <= 0 ? null : from * (budget / valueAt(from)) ** (1 / exponent);
}
