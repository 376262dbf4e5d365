import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom, xoshiro128 } from '#statistics';

describe('a seeded random stream', () => {
  it("gives what the authors' C program xoshiro128starstar.c prints for the state 1, 2, 3, 4", () => {
    const next = xoshiro128([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, next)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('is the same for the same seed and another for every other seed', () => {
    const seeds = [0, 1, 2, 3, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
    const streams = seeds.map((seed) => {
      const random = seededRandom(seed);
      return Array.from({ length: 8 }, random.uint32).join();
    });
    expect(new Set(streams).size).toBe(seeds.length);
    const again = seededRandom(3);
    expect(Array.from({ length: 8 }, again.uint32).join()).toBe(streams[3]);
  });

  it('stays inside the limit it was given', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, limit) => {
        const random = seededRandom(seed);
        for (let draw = 0; draw < 20; draw++) {
          const value = random.below(limit);
          expect(Number.isInteger(value) && value >= 0 && value < limit).toBe(true);
          const share = random.float();
          expect(share >= 0 && share < 1).toBe(true);
        }
      }),
    );
  });

  it('spreads its draws evenly enough for a chi-squared test at one in a million', () => {
    const random = seededRandom(20);
    const faces = 6;
    const draws = 60_000;
    const counts = new Array<number>(faces).fill(0);
    for (let draw = 0; draw < draws; draw++) {
      const face = random.below(faces);
      counts[face] = (counts[face] ?? 0) + 1;
    }
    const expected = draws / faces;
    const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // Upper one-in-a-million quantile of chi-squared with 5 degrees of freedom.
    expect(chiSquared).toBeLessThan(35.9);
  });

  it('refuses a seed that would not survive JSON', () => {
    expect(() => seededRandom(2 ** 53)).toThrow('seed');
    expect(() => seededRandom(-1)).toThrow('seed');
    expect(() => seededRandom(0.5)).toThrow('seed');
  });
});
