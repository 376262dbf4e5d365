import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chanceBeyond,
  discoveries,
  judgeInterval,
  pairsToTell,
  type Random,
  seededRandom,
  studentQuantile,
  studentTail,
  typicalRatio,
} from '#statistics';

const options = { confidence: 0.99 };

/** Sums of uniform numbers: near enough to normal ones, of standard deviation 1. */
function normal(random: Random): number {
  return Array.from({ length: 12 }, random.float).reduce((sum, one) => sum + one, -6);
}

function noisy(random: Random, ratio: number, spread: number, pairs: number) {
  const sample = (ms: number) => Array.from({ length: pairs }, () => ms * Math.exp(spread * normal(random)));
  return { a: sample(10), b: sample(10 * ratio) };
}

describe("Student's t", () => {
  // Published tables: the share above t.
  it.each([
    [1, 12.706, 0.025],
    [2, 4.303, 0.025],
    [3, 5.841, 0.005],
    [7, 3.499, 0.005],
    [9, 2.262, 0.025],
    [10, 1.812, 0.05],
    [30, 2.75, 0.005],
  ])('of %d degrees of freedom has %d at the share %d', (freedom, t, share) => {
    expect(studentTail(t, freedom)).toBeCloseTo(share, 4);
    expect(studentQuantile(share, freedom)).toBeCloseTo(t, 2);
  });

  it('is the normal distribution where there are many', () => {
    expect(studentQuantile(0.005, 10_000)).toBeCloseTo(2.576, 1);
  });
});

describe('discoveries', () => {
  it('are those of the example in the paper by Benjamini and Hochberg', () => {
    const chances = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    expect(discoveries(chances, 0.05).lastIndexOf(true)).toBe(3);
    expect(discoveries([...chances].reverse(), 0.05).indexOf(true)).toBe(11);
    expect(discoveries([1, 1], 0.05)).toEqual([false, false]);
  });
});

describe('a typical ratio', () => {
  it('is a geometric mean over subjects, so that none outweighs another', () => {
    const pairs = (a: number, b: number) => ({ a: Array(6).fill(a), b: Array(6).fill(b) });
    const found = typicalRatio([pairs(1000, 500), pairs(1, 2)], options);
    expect(found?.ratio).toBeCloseTo(1, 12);
    const { low, high } = typicalRatio([pairs(1000, 500), pairs(1, 0.5)], options) ?? {};
    for (const end of [low, high]) expect(end).toBeCloseTo(0.5, 12);
  });

  it('is not known from four pairs, nor where a side took no time', () => {
    expect(typicalRatio([{ a: [1, 1, 1, 1], b: [1, 1, 1, 1] }], options)).toBeNull();
    expect(typicalRatio([{ a: [1, 1, 1, 1, 1], b: [1, 1, 1, 1, 0] }], options)).toBeNull();
    expect(typicalRatio([], options)).toBeNull();
  });

  it('turns over when the sides change places', () => {
    const list = fc.array(fc.double({ min: 0.1, max: 100, noNaN: true }), { minLength: 5, maxLength: 9 });
    fc.assert(
      fc.property(list, list, (a, b) => {
        const count = Math.min(a.length, b.length);
        const [one, other] = [a.slice(0, count), b.slice(0, count)];
        const ratio = typicalRatio([{ a: one, b: other }], options)?.ratio ?? 0;
        expect(typicalRatio([{ a: other, b: one }], options)?.ratio).toBeCloseTo(1 / ratio, 8);
      }),
      { numRuns: 40 },
    );
  });

  it('does not see a quarter of the pairs that is disturbed either way', () => {
    const a = [10, 10, 10, 10, 10, 10, 10, 10];
    const { ratio, low, high } = typicalRatio([{ a, b: [10, 900, 900, 10, 10, 1, 1, 10] }], options) ?? {};
    expect([ratio, low, high]).toEqual([1, 1, 1]);
  });

  it("is Yuen's trimmed mean with its standard error, of one subject", () => {
    // By hand, of the logarithms: 0 to 7, of which 2 to 5 stay; winsorized 2 2 2 3 4 5 5 5, squares about 3.5 sum up to 14; 14 / (4 * 3) is the square of the error.
    const b = [7, 0, 3, 5, 1, 6, 2, 4].map((log) => Math.exp(log));
    const {
      ratio = 0,
      low = 0,
      high = 0,
    } = typicalRatio([{ a: Array<number>(8).fill(1), b }], { confidence: 0.95 }) ?? {};
    expect(Math.log(ratio)).toBeCloseTo(3.5, 10);
    // t of three degrees of freedom, from the table above.
    expect((Math.log(high) - Math.log(low)) / 2).toBeCloseTo(3.1824 * Math.sqrt(14 / 12), 3);
  });

  it('hears subjects that scatter more than twice as much as usual less, by the square', () => {
    const off = (share: number) => ({
      a: Array<number>(9).fill(10),
      b: [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((step) => 10 * Math.exp(0.5 * share + share * step)),
    });
    // Medians 0.005 and 0.02, spreads one to four: of three the middle one sets what is usual.
    const found = typicalRatio([off(0.01), off(0.01), off(0.04)], options);
    expect(Math.log(found?.ratio ?? 0)).toBeCloseTo((0.005 + 0.005 + 0.02 / 4) / (2 + 1 / 4), 6);
  });

  it('is of subjects that may differ in how many pairs they have', () => {
    const random = seededRandom(5);
    const subjects = [8, 12, 40].map((pairs) => noisy(random, 1.2, 0.01, pairs));
    const { low = 0, high = 0 } = typicalRatio(subjects, options) ?? {};
    expect(low).toBeGreaterThan(1.18);
    expect(high).toBeLessThan(1.22);
  });

  it('has an interval that holds the truth about as often as it says', () => {
    const random = seededRandom(7);
    const misses = Array.from({ length: 400 }, () => {
      const subjects = Array.from({ length: 10 }, () => noisy(random, 1.03, 0.1, 12));
      const { low, high } = typicalRatio(subjects, { confidence: 0.95 }) ?? { low: 9, high: 9 };
      return low > 1.03 || high < 1.03;
    }).filter(Boolean).length;
    // Twenty are due; so few or so many come once in a thousand.
    expect(misses).toBeGreaterThan(6);
    expect(misses).toBeLessThan(36);
  });
});

describe('a judgement of an interval', () => {
  it.each([
    ['slower', 1.03, 1.08],
    ['faster', 0.9, 0.97],
    ['same', 0.985, 1.015],
    ['unknown', 0.99, 1.03],
    ['unknown', 0.9, 1.1],
  ] as const)('is %s from %d to %d', (judgement, low, high) => {
    expect(judgeInterval({ ratio: 1, low, high }, 0.02)).toBe(judgement);
    const mirrored = { slower: 'faster', faster: 'slower', same: 'same', unknown: 'unknown' } as const;
    expect(judgeInterval({ ratio: 1, low: 1 / high, high: 1 / low }, 0.02)).toBe(mirrored[judgement]);
  });

  it('that cannot be told says how many pairs would tell, and nothing on the edge of the margin', () => {
    // Half of the interval's logarithms is 0.04, the way from 1 to the margin a half of that: four times the pairs.
    const wide = { ratio: 1, low: 1 / 1.02 ** 2, high: 1.02 ** 2 };
    expect(pairsToTell(wide, 0.02, 8)).toBe(32);
    expect(pairsToTell({ ...wide, ratio: 1.02 }, 0.02, 8)).toBeNull();
  });
});

describe('the chance that a difference is none', () => {
  it('is one within the margin, and small far beyond it', () => {
    const random = seededRandom(3);
    expect(chanceBeyond(noisy(random, 1, 0, 8), 0.02)).toBe(1);
    expect(chanceBeyond(noisy(random, 1.5, 0.05, 8), 0.02)).toBeLessThan(1e-4);
    expect(chanceBeyond(noisy(random, 0.5, 0.05, 8), 0.02)).toBeLessThan(1e-4);
  });

  it('calls hardly any of many equal pairs different', () => {
    const random = seededRandom(4);
    const called = Array.from({ length: 20 }, () => {
      const chances = Array.from({ length: 300 }, () => chanceBeyond(noisy(random, 1, 0.15, 8), 0.02));
      return discoveries(chances, 0.05).filter(Boolean).length;
    });
    expect(called.reduce((sum, one) => sum + one, 0) / (20 * 300)).toBeLessThan(0.001);
  });
});
