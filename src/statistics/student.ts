import { invariant } from '#errors';

/**
 * The share of Student's t distribution above `t >= 0`, for whole degrees of freedom: the finite sums of Abramowitz and Stegun, 26.7.3 and
 * 26.7.4.
 */
export function studentTail(t: number, freedom: number): number {
  invariant(
    t >= 0 && Number.isInteger(freedom) && freedom >= 1,
    't is not negative and the degrees of freedom are whole',
  );
  const angle = Math.atan(t / Math.sqrt(freedom));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const odd = freedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let factor = odd ? 3 : 2; factor <= freedom - 2; factor += 2) {
    term *= (cosine * cosine * (factor - 1)) / factor;
    sum += term;
  }
  const within = odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
  return (1 - within) / 2;
}

/** The t above which the share `tail` lies, in (0, 0.5), for whole degrees of freedom. */
export function studentQuantile(tail: number, freedom: number): number {
  invariant(tail > 0 && tail < 0.5, `a share of a tail lies between 0 and a half, it is not ${tail}`);
  // Beyond some hundreds the distribution is the normal one to three digits, and the sums are long.
  const whole = Math.min(freedom, 500);
  let [low, high] = [0, 1];
  while (studentTail(high, whole) > tail) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (studentTail(middle, whole) > tail) low = middle;
    else high = middle;
  }
  return high;
}
