/** An exponent fitted by least squares, and the share of the variance that the fit explains. */
export interface FittedExponent {
  readonly exponent: number;
  readonly rSquared: number;
}

/** An exponent that is less certain than this says nothing about growth: it is shown in the table and claimed nowhere. */
export const exponentErrorMax = 0.2;

/**
 * Standard error of a fitted exponent. In a regression on one variable it follows from the slope b, R squared and the number of points n:
 * b² (1 - R²) / (R² (n - 2)) is its square. Infinite where nothing of the variance is explained.
 */
export function exponentError({ exponent, rSquared }: FittedExponent, points: number): number {
  if (rSquared >= 1) return 0;
  if (rSquared <= 0 || points <= 2) return Number.POSITIVE_INFINITY;
  return Math.abs(exponent) * Math.sqrt((1 - rSquared) / (rSquared * (points - 2)));
}

export function isFirm(fit: FittedExponent, points: number): boolean {
  return exponentError(fit, points) <= exponentErrorMax;
}
