import { median, quantileOfSorted, sorted } from './quantile.js';
import { seededRandom } from './random.js';

/** Fewer samples than this on a side say nothing about a ratio's interval: with four, the bootstrap sees hardly any medians. */
const samplesMin = 5;

/** How a ratio of medians is known: with an interval, or not at all. */
export type RatioEstimate =
  | { readonly state: 'estimated'; readonly ratio: number; readonly low: number; readonly high: number }
  | { readonly state: 'tooLittle'; readonly why: string };

export interface BootstrapOptions {
  readonly seed: number;
  /** Share of resampled ratios inside the interval; 0.95 unless told. */
  readonly confidence?: number;
  /** 2,000 unless told. */
  readonly resamples?: number;
}

/** Ratio median(b) / median(a) with its percentile bootstrap interval: both sides are resampled independently. */
export function ratioOfMedians(
  a: readonly number[],
  b: readonly number[],
  { seed, confidence = 0.95, resamples = 2000 }: BootstrapOptions,
): RatioEstimate {
  if (a.length < samplesMin || b.length < samplesMin) {
    return { state: 'tooLittle', why: `${a.length} and ${b.length} samples, at least ${samplesMin} a side are needed` };
  }
  const base = median(a);
  if (!(base > 0)) return { state: 'tooLittle', why: 'the median of the first side is not above zero' };
  const random = seededRandom(seed);
  const resample = (samples: readonly number[]): number =>
    median(samples.map(() => samples[random.below(samples.length)] ?? Number.NaN));
  const ratios: number[] = [];
  for (let round = 0; round < resamples; round++) {
    const denominator = resample(a);
    const numerator = resample(b);
    // A resample may consist of zeros alone; its ratio is unbounded, and says so by widening the interval.
    ratios.push(denominator > 0 ? numerator / denominator : Number.POSITIVE_INFINITY);
  }
  const ascending = sorted(ratios);
  const tail = (1 - confidence) / 2;
  return {
    state: 'estimated',
    ratio: median(b) / base,
    low: quantileOfSorted(ascending, tail),
    high: quantileOfSorted(ascending, 1 - tail),
  };
}

export type Comparison = 'faster' | 'slower' | 'indistinguishable' | 'unknown';

/**
 * A change counts only when the whole interval lies beyond the noise threshold (0.05: five percent either way); what was measured too
 * little is unknown, never fine.
 */
export function compareToThreshold(estimate: RatioEstimate, noiseThreshold: number): Comparison {
  if (estimate.state === 'tooLittle') return 'unknown';
  if (estimate.low > 1 + noiseThreshold) return 'slower';
  if (estimate.high < 1 / (1 + noiseThreshold)) return 'faster';
  return 'indistinguishable';
}
