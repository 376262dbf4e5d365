import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, nearestRank, quantile, spread } from '#statistics';

describe('quantiles', () => {
  it('are those R gives by default', () => {
    // quantile(c(1:10), c(0, .25, .5, .9, 1)) in R: 1.00 3.25 5.50 9.10 10.00
    const samples = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    expect([0, 0.25, 0.5, 0.9, 1].map((p) => quantile(samples, p))).toEqual([1, 3.25, 5.5, 9.1, 10]);
  });

  it('sort numbers by size and not by their text', () => {
    expect(median([100, 9, 20])).toBe(20);
  });

  it('leave the samples as they were', () => {
    const samples = [3, 1, 2];
    median(samples);
    expect(samples).toEqual([3, 1, 2]);
  });

  it('refuse to make a number of nothing', () => {
    expect(() => median([])).toThrow('no samples');
    expect(() => quantile([1], 1.5)).toThrow('share');
    expect(() => quantile([1], -0.5)).toThrow('share');
  });

  it('grow with the share and stay between the least and the greatest sample', () => {
    const samples = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 40 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(samples, share, share, (values, one, other) => {
        const low = quantile(values, Math.min(one, other));
        const high = quantile(values, Math.max(one, other));
        const slack = 1e-6;
        expect(low).toBeLessThanOrEqual(high + slack);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values) - slack);
        expect(high).toBeLessThanOrEqual(Math.max(...values) + slack);
      }),
    );
  });
});

describe('the spread of samples', () => {
  it('is not moved by one outlier', () => {
    // By hand: sorted 1 2 3 4 100, deviations from 3 are 2 1 0 1 97.
    expect(spread([4, 1, 100, 2, 3])).toEqual({
      count: 5,
      min: 1,
      p25: 2,
      median: 3,
      p75: 4,
      max: 100,
      iqr: 2,
      mad: 1,
    });
  });
});

it('the nearest rank is a value that occurs: of ten counts the ninth has 90 % at or below it', () => {
  const ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100];
  expect([0, 50, 90, 91, 100].map((percent) => nearestRank(ten, percent))).toEqual([1, 5, 9, 100, 100]);
  expect(nearestRank([7], 1)).toBe(7);
  expect(() => nearestRank([], 50)).toThrow('no samples');
});
