import { describe, expect, it } from 'vitest';
import { compareToThreshold, type RatioEstimate, ratioOfMedians, seededRandom } from '#statistics';

function noisy(seed: number, count: number, centre: number, width: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => centre + (random.float() - 0.5) * width);
}

describe('the ratio of two medians', () => {
  it('is known exactly where nothing varies', () => {
    const estimate = ratioOfMedians([2, 2, 2, 2, 2], [3, 3, 3, 3, 3], { seed: 1 });
    expect(estimate).toEqual({ state: 'estimated', ratio: 1.5, low: 1.5, high: 1.5 });
  });

  it('is the same for the same seed', () => {
    const a = noisy(1, 30, 10, 4);
    const b = noisy(2, 30, 11, 4);
    expect(ratioOfMedians(a, b, { seed: 7 })).toEqual(ratioOfMedians(a, b, { seed: 7 }));
  });

  it('lies in its interval about as often as the confidence promises', () => {
    let covered = 0;
    const trials = 200;
    for (let trial = 0; trial < trials; trial++) {
      const a = noisy(1000 + trial, 25, 10, 2);
      const b = noisy(5000 + trial, 25, 12, 2);
      const estimate = ratioOfMedians(a, b, { seed: trial, resamples: 400 });
      if (estimate.state === 'estimated' && estimate.low <= 1.2 && estimate.high >= 1.2) covered++;
    }
    // Nominal 95 %; the percentile bootstrap of a median is a little off with 25 samples, far off would be a bug.
    expect(covered / trials).toBeGreaterThan(0.88);
    expect(covered / trials).toBeLessThanOrEqual(1);
  });

  it('is unknown with too few samples, and with a first side that took no time', () => {
    expect(ratioOfMedians([1, 1, 1, 1], [1, 1, 1, 1, 1], { seed: 1 }).state).toBe('tooLittle');
    expect(ratioOfMedians([], [], { seed: 1 }).state).toBe('tooLittle');
    expect(ratioOfMedians([0, 0, 0, 0, 0], [1, 1, 1, 1, 1], { seed: 1 }).state).toBe('tooLittle');
  });
});

describe('a comparison with a noise threshold', () => {
  const estimated = (low: number, high: number): RatioEstimate => ({
    state: 'estimated',
    ratio: (low + high) / 2,
    low,
    high,
  });

  it.each([
    [1.06, 1.2, 'slower'],
    [1.04, 1.2, 'indistinguishable'],
    [0.8, 0.94, 'faster'],
    [0.8, 0.96, 'indistinguishable'],
    [0.5, 2, 'indistinguishable'],
  ] as const)('calls the interval %d to %d %s at five percent', (low, high, expected) => {
    expect(compareToThreshold(estimated(low, high), 0.05)).toBe(expected);
  });

  it('never passes what was measured too little', () => {
    expect(compareToThreshold({ state: 'tooLittle', why: 'no samples' }, 0.05)).toBe('unknown');
  });
});
