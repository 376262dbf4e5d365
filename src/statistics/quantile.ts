import { invariant } from '#errors';

/**
 * The value below which the share `p` of the samples lies, interpolated linearly between neighbours (definition 7 of Hyndman and
 * Fan 1996, the default of R, NumPy and d3). Throws on no samples: nothing was measured, so there is no number to give.
 */
export function quantile(samples: readonly number[], p: number): number {
  return quantileOfSorted(sorted(samples), p);
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

export function sorted(samples: readonly number[]): Float64Array {
  return Float64Array.from(samples).sort();
}

export function quantileOfSorted(ascending: ArrayLike<number>, p: number): number {
  invariant(ascending.length > 0, 'a quantile of no samples was asked for');
  invariant(p >= 0 && p <= 1, `a quantile is asked for by a share in [0, 1], not ${p}`);
  const position = p * (ascending.length - 1);
  const below = Math.floor(position);
  const low = ascending[below] ?? Number.NaN;
  const high = ascending[Math.min(below + 1, ascending.length - 1)] ?? Number.NaN;
  return low + (high - low) * (position - below);
}

/**
 * The smallest of the values that at least so many percent of them do not exceed (definition 1 of Hyndman and Fan): for counts, where
 * a value between two would tell nobody anything. Percent and not a share, so that 90 of 10 values is the ninth, without rounding.
 */
export function nearestRank(ascending: ArrayLike<number>, percent: number): number {
  invariant(ascending.length > 0, 'a quantile of no samples was asked for');
  return ascending[Math.max(0, Math.ceil((percent * ascending.length) / 100) - 1)] ?? Number.NaN;
}

/** Robust location and spread of raw samples, in the samples' unit. */
export interface SampleSummary {
  readonly count: number;
  readonly min: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly max: number;
  /** Interquartile range, p75 - p25. */
  readonly iqr: number;
  /** Median absolute deviation from the median, not scaled to a standard deviation. */
  readonly mad: number;
}

export function spread(samples: readonly number[]): SampleSummary {
  const ascending = sorted(samples);
  const at = (p: number): number => quantileOfSorted(ascending, p);
  const middle = at(0.5);
  return {
    count: samples.length,
    min: at(0),
    p25: at(0.25),
    median: middle,
    p75: at(0.75),
    max: at(1),
    iqr: at(0.75) - at(0.25),
    mad: median(samples.map((sample) => Math.abs(sample - middle))),
  };
}
