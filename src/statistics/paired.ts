import { invariant } from '#errors';
import { median, quantileOfSorted, sorted } from './quantile.js';
import { seededRandom } from './random.js';

/** Samples of two sides that were taken in turns: the first of each belong together, and so on. */
export interface Pairs {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

export interface Interval {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

export interface PairedOptions {
  readonly seed: number;
  readonly confidence: number;
  readonly resamples?: number;
}

/** Fewer pairs than this have no interval to speak of. */
export const pairsMin = 5;

/**
 * The typical ratio of b to a: the geometric mean over all subjects of each subject's median paired ratio, so that a subject of a
 * millisecond says as much as one of a second, and one disturbed pair says nothing. With a percentile bootstrap interval that draws whole
 * pairs, the same ones of each subject: what disturbed one round disturbs a resample as it did the measurement. Null where there are too
 * few pairs, or where a side took no time in one of them.
 */
export function typicalRatio(
  subjects: readonly Pairs[],
  { seed, confidence, resamples = 1000 }: PairedOptions,
): Interval | null {
  const count = subjects[0]?.a.length ?? 0;
  const logs = subjects.map(({ a, b }) => a.map((value, index) => Math.log((b[index] ?? Number.NaN) / value)));
  invariant(
    logs.every(({ length }) => length === count),
    'every subject has the same number of pairs',
  );
  if (count < pairsMin || logs.flat().some((log) => !Number.isFinite(log))) return null;
  const typical = (drawn: readonly number[]): number => {
    const sum = logs.reduce((total, of) => total + median(drawn.map((index) => of[index] ?? 0)), 0);
    return Math.exp(sum / logs.length);
  };
  const all = Array.from({ length: count }, (_, index) => index);
  const random = seededRandom(seed);
  const ratios = Array.from({ length: resamples }, () => typical(all.map(() => random.below(count))));
  const ascending = sorted(ratios);
  const tail = (1 - confidence) / 2;
  return {
    ratio: typical(all),
    low: quantileOfSorted(ascending, tail),
    high: quantileOfSorted(ascending, 1 - tail),
  };
}

/** `same`: the whole interval lies within the margin (0.02: from 1/1.02 to 1.02); beyond it: `faster` or `slower`; else nobody can tell. */
export function judgeInterval({ low, high }: Interval, margin: number): 'same' | 'faster' | 'slower' | 'unknown' {
  const [least, most] = [1 / (1 + margin), 1 + margin];
  if (low > most) return 'slower';
  if (high < least) return 'faster';
  return low >= least && high <= most ? 'same' : 'unknown';
}

/**
 * How many pairs would tell, if the interval shrinks with the square root of their number: as many as bring it clear of both ends of the
 * margin. Null where more than `most` would be needed: the ratio lies on the margin's edge.
 */
export function pairsToTell({ ratio, low, high }: Interval, margin: number, pairs: number, most = 1000): number | null {
  const half = (Math.log(high) - Math.log(low)) / 2;
  const clear = Math.abs(Math.abs(Math.log(ratio)) - Math.log1p(margin));
  const needed = Math.ceil(pairs * (half / clear) ** 2);
  return Number.isFinite(needed) && needed <= most ? Math.max(needed, pairs + 1) : null;
}

/**
 * How likely pairs as far beyond the margin as these are by chance, where the ratio lies within it: Student's t over the logarithms of the paired
 * ratios, against the nearer end of the margin. 1 where that cannot be computed.
 */
export function chanceBeyond({ a, b }: Pairs, margin: number): number {
  const logs = a.map((value, index) => Math.log((b[index] ?? Number.NaN) / value));
  const count = logs.length;
  if (count < pairsMin || logs.some((log) => !Number.isFinite(log))) return 1;
  const mean = logs.reduce((sum, log) => sum + log, 0) / count;
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (count - 1);
  const beyond = Math.abs(mean) - Math.log1p(margin);
  if (beyond <= 0) return 1;
  if (variance === 0) return 0;
  // Two ends of the margin, each with its own tail.
  return Math.min(1, 2 * studentTail(beyond / Math.sqrt(variance / count), count - 1));
}

/**
 * The share of Student's t distribution above `t >= 0`, for whole degrees of freedom: the finite sums of Abramowitz and Stegun, 26.7.3 and
 * 26.7.4.
 */
export function studentTail(t: number, freedom: number): number {
  invariant(
    t >= 0 && Number.isInteger(freedom) && freedom >= 1,
    't is not negative and the degrees of freedom are whole',
  );
  const angle = Math.atan(t / Math.sqrt(freedom));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const odd = freedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let factor = odd ? 3 : 2; factor <= freedom - 2; factor += 2) {
    term *= (cosine * cosine * (factor - 1)) / factor;
    sum += term;
  }
  const within = odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
  return (1 - within) / 2;
}

/**
 * Benjamini and Hochberg (1995): which of many tests are called, so that among those called at most the share `rate` is so by chance.
 * In the order of the chances handed over.
 */
export function discoveries(chances: readonly number[], rate: number): boolean[] {
  const ascending = sorted(chances);
  let limit = -1;
  for (let rank = 1; rank <= ascending.length; rank++) {
    const chance = ascending[rank - 1] ?? 1;
    if (chance <= (rate * rank) / ascending.length) limit = chance;
  }
  return chances.map((chance) => chance <= limit);
}
