import { median, sorted } from './quantile.js';
import { studentQuantile, studentTail } from './student.js';

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

/** Fewer pairs than this have no interval to speak of. */
export const pairsMin = 5;

/**
 * The typical ratio of b to a: the weighted geometric mean over all subjects of each subject's trimmed mean, the middle half of its paired ratios, so that a
 * subject of a millisecond says as much as one of a second, and what disturbed a quarter of the pairs says nothing. A subject whose ratios scatter
 * more than twice as much as is usual here counts for less, by the square: of phases of a tenth of a millisecond one pair in ten is off by half.
 *
 * The interval is Yuen's (Biometrika 61, 1974) for each subject, from the winsorized variance, and Welch and Satterthwaite's over all of them. Pairs are
 * independent, as who went first was drawn for each alone. Drawing pairs anew, as a bootstrap does, gives intervals twice as wide from eight pairs of which one is far
 * off. Null where a subject has too few pairs, or where a side took no time in one of them.
 */
export function typicalRatio(
  subjects: readonly Pairs[],
  { confidence }: { readonly confidence: number },
): Interval | null {
  const logs = subjects.map(logRatios);
  if (logs.length === 0 || logs.some((of) => of.length < pairsMin || of.some((log) => !Number.isFinite(log))))
    return null;
  const weights = weightsOf(logs.map(scatter));
  const parts = logs.map(trimmedMean).map((part, subject) => {
    const weight = weights[subject] ?? 0;
    return { ...part, mean: weight * part.mean, variance: weight ** 2 * part.variance };
  });
  const center = sum(parts.map(({ mean }) => mean));
  const variance = sum(parts.map((part) => part.variance));
  const spreads = sum(parts.map((part) => part.variance ** 2 / part.freedom));
  const freedom = variance === 0 ? 1 : Math.max(1, Math.floor(variance ** 2 / spreads));
  const half = variance === 0 ? 0 : studentQuantile((1 - confidence) / 2, freedom) * Math.sqrt(variance);
  return { ratio: Math.exp(center), low: Math.exp(center - half), high: Math.exp(center + half) };
}

function logRatios({ a, b }: Pairs): number[] {
  return a.map((value, index) => Math.log((b[index] ?? Number.NaN) / value));
}

/** Median absolute deviation, as a standard deviation of what is normal but for some that are far off. */
function scatter(logs: readonly number[]): number {
  const middle = median(logs);
  return 1.4826 * median(logs.map((log) => Math.abs(log - middle)));
}

/**
 * Shares of one. Only what scatters twice as much as usual counts for less: how much few pairs scatter is luck too, and who weighed by all of it would believe those
 * that agree by luck.
 */
function weightsOf(scatters: readonly number[]): number[] {
  const much = 2 * median(scatters);
  const raw = scatters.map((of) => (of <= much ? 1 : (much / of) ** 2));
  const all = sum(raw);
  return raw.map((weight) => weight / all);
}

/** Of the middle half, with the square of its standard error and the degrees of freedom of that. */
function trimmedMean(samples: readonly number[]): { mean: number; variance: number; freedom: number } {
  const cut = Math.floor(samples.length / 4);
  const middle = sorted(samples).slice(cut, samples.length - cut);
  const count = middle.length;
  const winsorized = [...middle, ...Array.from({ length: cut }, () => [middle[0] ?? 0, middle[count - 1] ?? 0]).flat()];
  const mean = sum(winsorized) / winsorized.length;
  const squares = sum(winsorized.map((one) => (one - mean) ** 2));
  return { mean: sum([...middle]) / count, variance: squares / (count * (count - 1)), freedom: count - 1 };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
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
export function chanceBeyond(pairs: Pairs, margin: number): number {
  const logs = logRatios(pairs);
  const count = logs.length;
  if (count < pairsMin || logs.some((log) => !Number.isFinite(log))) return 1;
  const mean = sum(logs) / count;
  const variance = sum(logs.map((log) => (log - mean) ** 2)) / (count - 1);
  const beyond = Math.abs(mean) - Math.log1p(margin);
  if (beyond <= 0) return 1;
  if (variance === 0) return 0;
  // Two ends of the margin, each with its own tail.
  return Math.min(1, 2 * studentTail(beyond / Math.sqrt(variance / count), count - 1));
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
