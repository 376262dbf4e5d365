import { invariant } from '#errors';
import { type Comparison, compareToThreshold, type RatioEstimate, ratioOfMedians } from '#statistics';

/** One side of a comparison: does its work once and says how many milliseconds of it count. */
export type Side = () => number | Promise<number>;

export interface InterleaveOptions {
  /** Samples a side. */
  readonly rounds: number;
  readonly warmup: number;
  /** Of the bootstrap. */
  readonly seed: number;
  /** 0.05: a difference within five percent is noise. */
  readonly noiseThreshold: number;
}

export interface InterleavedComparison {
  readonly aMs: readonly number[];
  readonly bMs: readonly number[];
  /** median(b) / median(a). */
  readonly ratio: RatioEstimate;
  /** Of b against a. */
  readonly comparison: Comparison;
}

/**
 * Measures two things in turns, so that whatever else the machine does hits both. Who goes first alternates (a b, b a, a b …): a slow
 * drift then cancels out instead of favouring one side.
 */
export async function compareInterleaved(
  a: Side,
  b: Side,
  { rounds, warmup, seed, noiseThreshold }: InterleaveOptions,
): Promise<InterleavedComparison> {
  invariant(Number.isInteger(rounds) && rounds >= 1, 'at least one round is needed to compare');
  const aMs: number[] = [];
  const bMs: number[] = [];
  for (let round = -warmup; round < rounds; round++) {
    const turns: [Side, number[]][] = [
      [a, aMs],
      [b, bMs],
    ];
    if (Math.abs(round) % 2 === 1) turns.reverse();
    for (const [side, samples] of turns) {
      const ms = await side();
      if (round >= 0) samples.push(ms);
    }
  }
  const ratio = ratioOfMedians(aMs, bMs, { seed });
  return { aMs, bMs, ratio, comparison: compareToThreshold(ratio, noiseThreshold) };
}

/** Milliseconds that a synchronous function takes, for use as a `Side`. */
export function elapsedMs(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
