import { describe, expect, it } from 'vitest';
import type { GrowthFit, GrowthSeries } from '#run-document';
import { exponentError, isFirm } from '#statistics';
import { steepestPhase } from '../../src/report/view/fits.js';
import { runDocument } from '../support/run-document.js';

const law = (exponent: number, rSquared: number): GrowthFit => ({
  of: 'solve',
  by: 'time',
  exponent,
  factor: 1,
  rSquared,
  slopes: [],
});

describe('the certainty of a fitted exponent', () => {
  it("is the standard error that R's lm() gives", () => {
    // x 0 1 2, y 0 2 2 (test of fitPower): slope 1, R squared 0.75; summary(lm(y ~ x)) says std. error 0.5774.
    expect(exponentError(law(1, 0.75), 3)).toBeCloseTo(0.5774, 4);
  });

  it('is perfect on a line and unknown where nothing is explained', () => {
    expect(exponentError(law(2, 1), 4)).toBe(0);
    expect(exponentError(law(0, 0), 4)).toBe(Number.POSITIVE_INFINITY);
    expect(exponentError(law(1, 0.9), 2)).toBe(Number.POSITIVE_INFINITY);
  });

  it('does not hold a flat law with little noise for uncertain', () => {
    // Small slope, so R squared is low, though the exponent is known to within 0.02.
    expect(isFirm(law(0.01, 0.1), 6)).toBe(true);
    expect(isFirm(law(7.19, 0.72), 4)).toBe(false);
  });
});

describe('the steepest phase', () => {
  it('is one whose exponent is certain, and no count', () => {
    const series = runDocument().growth[0];
    if (series === undefined) throw new Error('unreachable');
    expect(steepestPhase(series)?.of).toBe('order');
    const noisy: GrowthSeries = {
      ...series,
      fits: [law(0.9, 0.99), { ...law(5, 0.3), of: 'order' }, { ...law(3, 1), of: 'rulesTotal', by: 'count' }],
    };
    expect(steepestPhase(noisy)?.of).toBe('solve');
    expect(steepestPhase({ ...series, fits: [] })).toBeNull();
  });

  it('is told by work where that was counted, whatever the times say', () => {
    const series = runDocument().growth[0];
    if (series === undefined) throw new Error('unreachable');
    const fits: GrowthFit[] = [law(3, 1), { ...law(1.1, 1), by: 'work' }, { ...law(1.7, 1), of: 'order', by: 'work' }];
    expect(steepestPhase({ ...series, fits })).toMatchObject({ of: 'order', by: 'work', exponent: 1.7 });
  });
});
