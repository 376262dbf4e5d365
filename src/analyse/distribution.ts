import type { GraphFacts, Spread } from '#run-document';
import { nearestRank, sorted } from '#statistics';

/**
 * How a count is spread; all zero for no values, as in a build without kernel modules. Each quantile is a value that occurs (nearest
 * rank): the smallest one that at least that share of the values does not exceed. Counts between two counts would tell nobody anything.
 */
export function distribution(values: readonly number[]): Spread {
  if (values.length === 0) return { mean: 0, p50: 0, p90: 0, p99: 0, max: 0 };
  const ascending = sorted(values);
  const mean = ascending.reduce((sum, value) => sum + value, 0) / values.length;
  const at = (percent: number): number => nearestRank(ascending, percent);
  return { mean, p50: at(50), p90: at(90), p99: at(99), max: at(100) };
}

type Histogram = GraphFacts['histograms'][number];

/** One bin a value, for counts that stay small. */
export function unitHistogram(of: Histogram['of'], values: readonly number[]): Histogram {
  return { of, bins: binned(values, (value) => value + 1) };
}

/** Bins 0, 1, 2-3, 4-7, 8-15 …, for counts with a long tail. */
export function doublingHistogram(of: Histogram['of'], values: readonly number[]): Histogram {
  return { of, bins: doublingBins(values) };
}

export function doublingBins(values: readonly number[]): Histogram['bins'] {
  return binned(values, (from) => Math.max(1, 2 * from));
}

/** Bins [from, end(from)) from 0 on without a gap, up to the one that holds the largest value. */
function binned(values: readonly number[], end: (from: number) => number): Histogram['bins'] {
  const ascending = sorted(values);
  const bins: Histogram['bins'] = [];
  let next = 0;
  for (let from = 0; next < ascending.length; from = end(from)) {
    const to = end(from);
    const first = next;
    while (next < ascending.length && (ascending[next] ?? to) < to) next++;
    bins.push({ from, to, count: next - first });
  }
  return bins;
}
