import { describe, expect, it } from 'vitest';
import { exponentError, isFirm } from '#statistics';

describe('the standard error of a fitted exponent', () => {
  it('is that of the regression', () => {
    // By hand, x = 1 to 5, y = 2.1 3.9 6.2 7.8 10.1: Sxx = 10, Sxy = 19.9, Syy = 39.708; slope 1.99, squares that are left 0.107, and so the
    // error is sqrt(0.107 / 3 / 10).
    const rSquared = 39.601 / 39.708;
    expect(exponentError({ exponent: 1.99, rSquared }, 5)).toBeCloseTo(0.0597216, 6);
    expect(exponentError({ exponent: -1.99, rSquared }, 5)).toBeCloseTo(0.0597216, 6);
  });

  it('is none where all is explained, and without bound where nothing is or two points say it', () => {
    expect(exponentError({ exponent: 1, rSquared: 1 }, 2)).toBe(0);
    expect(exponentError({ exponent: 1, rSquared: 0 }, 9)).toBe(Number.POSITIVE_INFINITY);
    expect(exponentError({ exponent: 1, rSquared: 0.5 }, 2)).toBe(Number.POSITIVE_INFINITY);
    expect(exponentError({ exponent: 1, rSquared: 0.5 }, 1)).toBe(Number.POSITIVE_INFINITY);
    expect(exponentError({ exponent: 1, rSquared: 0.5 }, 3)).toBe(1);
  });

  it('makes an exponent firm up to 0.2', () => {
    // 1 / sqrt(n - 2): exactly 0.2 of 27 points.
    expect([27, 26].map((points) => isFirm({ exponent: 1, rSquared: 0.5 }, points))).toEqual([true, false]);
  });
});
