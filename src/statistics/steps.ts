import { median } from './quantile.js';

/** Where a line of values steps to another level: the index of the first value there, and both levels. */
export interface LevelStep {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

export interface StepOptions {
  /** 0.01: levels within one percent of each other are one. */
  readonly margin: number;
  /** So many standard errors of the difference must lie between two levels. */
  readonly clear: number;
}

/**
 * Steps of a line of positive values, by binary segmentation over their logarithms: the split with the clearest difference of levels, then each half
 * again. The noise is known from the differences of neighbours, which steps hardly touch: their median absolute deviation. Values that are exact have none, so
 * that every change beyond the margin is a step.
 */
export function levelSteps(values: readonly number[], { margin, clear }: StepOptions): LevelStep[] {
  if (values.length < 2 || values.some((value) => !(value > 0))) return [];
  const logs = values.map(Math.log);
  const noise = noiseOf(logs);
  const splits = splitsOf(logs, 0, logs.length, { noise, clear, margin }).sort((a, b) => a - b);
  return splits.map((at, index) => ({
    at,
    before: Math.exp(mean(logs.slice(splits[index - 1] ?? 0, at))),
    after: Math.exp(mean(logs.slice(at, splits[index + 1] ?? logs.length))),
  }));
}

function splitsOf(
  logs: readonly number[],
  from: number,
  to: number,
  how: StepOptions & { readonly noise: number },
): number[] {
  let best = { at: -1, clearness: 0 };
  for (let at = from + 1; at < to; at++) {
    const difference = Math.abs(mean(logs.slice(from, at)) - mean(logs.slice(at, to)));
    if (difference <= Math.log1p(how.margin)) continue;
    const error = how.noise * Math.sqrt(1 / (at - from) + 1 / (to - at));
    // Without noise every difference is clear; the best split is then the one between levels, not within one.
    const weight = Math.sqrt(((at - from) * (to - at)) / (to - from));
    const clearness = difference * weight;
    if (difference >= how.clear * error && clearness > best.clearness) best = { at, clearness };
  }
  if (best.at < 0) return [];
  return [best.at, ...splitsOf(logs, from, best.at, how), ...splitsOf(logs, best.at, to, how)];
}

/** Standard deviation of one value: neighbours differ by two of them. */
function noiseOf(logs: readonly number[]): number {
  const differences = logs.slice(1).map((log, index) => log - (logs[index] ?? log));
  const middle = median(differences);
  return (1.4826 * median(differences.map((difference) => Math.abs(difference - middle)))) / Math.SQRT2;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
