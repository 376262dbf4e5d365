import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitPower, growthFits } from '#analyse';
import type { GrowthPoint } from '#run-document';
import { localSlopes } from '../../src/analyse/fit.js';

describe('a power fit', () => {
  it('finds the law that made the points', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 3, noNaN: true }),
        fc.double({ min: 0.001, max: 1000, noNaN: true }),
        (exponent, factor) => {
          const fit = fitPower([250, 500, 1000, 4000].map((x) => ({ x, y: factor * x ** exponent })));
          expect(fit?.exponent).toBeCloseTo(exponent, 6);
          expect(Math.log(fit?.factor ?? 0)).toBeCloseTo(Math.log(factor), 5);
        },
      ),
    );
  });

  it('agrees with a regression worked out by hand', () => {
    // logs to base 2: x 0 1 2, y 0 2 2; slope 1, intercept 1/3; residuals -1/3 2/3 -1/3, R squared 1 - (6/9)/(8/3) = 0.75
    const fit = fitPower([
      { x: 1, y: 1 },
      { x: 2, y: 4 },
      { x: 4, y: 4 },
    ]);
    expect(fit?.exponent).toBeCloseTo(1, 12);
    expect(fit?.factor).toBeCloseTo(2 ** (1 / 3), 12);
    expect(fit?.rSquared).toBeCloseTo(0.75, 12);
  });

  it('says something from three sizes on, and explains all where nothing varies', () => {
    const flat = [1, 2, 4].map((x) => ({ x, y: 5 }));
    expect(fitPower(flat)).toMatchObject({ rSquared: 1 });
    expect(fitPower(flat)?.exponent).toBeCloseTo(0, 12);
    expect(fitPower([{ x: 0, y: 1 }, ...flat])).toBeNull();
    expect(fitPower([{ x: -1, y: 1 }, ...flat])).toBeNull();
    expect(fitPower([{ x: 8, y: -1 }, ...flat])).toBeNull();
    expect(fitPower([...flat, { x: 8, y: 5 }, { x: 8, y: 5 }])).not.toBeNull();
  });

  it('is refused where it would say nothing', () => {
    expect(fitPower([])).toBeNull();
    expect(
      fitPower([
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ]),
    ).toBeNull();
    expect(
      fitPower([
        { x: 1, y: 1 },
        { x: 1, y: 2 },
        { x: 2, y: 3 },
      ]),
    ).toBeNull();
    expect(
      fitPower([
        { x: 1, y: 1 },
        { x: 2, y: 0 },
        { x: 3, y: 3 },
      ]),
    ).toBeNull();
  });
});

describe('local slopes', () => {
  const points = (...pairs: readonly (readonly [number, number])[]) => pairs.map(([x, y]) => ({ x, y }));

  it('are logarithms of ratios, worked out by hand, from size to size upwards', () => {
    // log 4 / log 2, then log 8 / log 4.
    const slopes = localSlopes(points([8, 32], [1, 1], [2, 4]));
    expect(slopes.map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [2, 8],
    ]);
    expect(slopes[0]?.exponent).toBeCloseTo(2, 12);
    expect(slopes[1]?.exponent).toBeCloseTo(1.5, 12);
  });

  it('go through the median of one size', () => {
    const slopes = localSlopes(points([1, 100], [1, 2], [1, 1], [2, 4]));
    expect(slopes).toHaveLength(1);
    expect(slopes[0]?.exponent).toBeCloseTo(1, 12);
  });

  it('leave out steps from and to what has no logarithm', () => {
    expect(localSlopes(points([1, 1], [2, 0], [4, 4], [8, 16])).map(({ from, to }) => [from, to])).toEqual([[4, 8]]);
    expect(localSlopes(points([0, 1], [2, 2], [4, 4])).map(({ from }) => from)).toEqual([2]);
    expect(localSlopes(points([5, 5]))).toEqual([]);
  });
});

describe('the fits of a growth series', () => {
  const point = (size: number, solveMs: number[], orderMs: number[] | null): GrowthPoint => ({
    size,
    seed: null,
    solvables: size,
    counters: {
      solvables: size,
      installed: 0,
      jobs: 0,
      rules: { pkgRequires: 7 * size },
      rulesTotal: 7 * size,
      learnt: 0,
      decisions: 0,
      problems: 0,
      solves: 1,
      steps: 0,
      downloadBytes: 0,
      installedBytesChange: 0,
      heapBytesMax: 0,
      work: size === 200 ? { solve: size ** 2 } : { solve: size ** 2, order: size },
    },
    phases: [
      { phase: 'solve', samplesMs: solveMs },
      ...(orderMs === null ? [] : [{ phase: 'order' as const, samplesMs: orderMs }]),
    ],
  });

  it('take medians, and leave out what one size did not measure', () => {
    const fits = growthFits([point(100, [1, 1, 90], [5]), point(200, [2, 2, 90], null), point(400, [4, 4, 90], [7])]);
    expect(fits.map(({ of, by }) => [of, by])).toEqual([
      ['solve', 'time'],
      ['solve', 'work'],
      ['rulesTotal', 'count'],
    ]);
    expect(fits[0]?.exponent).toBeCloseTo(1, 9);
    expect(fits[1]?.exponent).toBeCloseTo(2, 9);
    expect(fits[2]?.factor).toBeCloseTo(7, 9);
    expect(fits[1]?.slopes.map(({ from, to }) => [from, to])).toEqual([
      [100, 200],
      [200, 400],
    ]);
  });

  it('are none of work where no work was counted', () => {
    const uncounted = [100, 200, 400].map((size) => {
      const one = point(size, [size], [size]);
      return { ...one, counters: { ...one.counters, work: null } };
    });
    expect(growthFits(uncounted).map(({ of, by }) => [of, by])).toEqual([
      ['solve', 'time'],
      ['order', 'time'],
      ['rulesTotal', 'count'],
    ]);
  });
});
