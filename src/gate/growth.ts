import { fitPower } from '#analyse';
import { exponentError, studentTail } from '#statistics';
import type { Baseline } from './baseline.js';

type Series = Baseline['growth'][number];

/** An exponent with the interval that its fit leaves. */
export interface Exponent {
  readonly series: string;
  /** `work.order`, `rulesTotal`. */
  readonly measure: string;
  readonly exponent: number;
  readonly low: number;
  readonly high: number;
}

/** The exponents of every exact measure of a series that a line can be laid through, 95 % of an interval each. */
export function exponentsOf({ name, points }: Series): Exponent[] {
  const measures = [
    'rulesTotal',
    ...new Set(points.flatMap(({ counters }) => Object.keys(workOf(counters)).map((phase) => `work.${phase}`))),
  ];
  return measures.flatMap((measure) => {
    const measured = points.map(({ size, counters }) => ({ x: size, y: measuredAt(counters, measure) }));
    const fit = fitPower(measured);
    if (fit === null) return [];
    const half = exponentError(fit, measured.length) * studentQuantile(measured.length - 2);
    return [{ series: name, measure, exponent: fit.exponent, low: fit.exponent - half, high: fit.exponent + half }];
  });
}

function measuredAt(counters: Series['points'][number]['counters'], measure: string): number {
  const value = measure === 'rulesTotal' ? counters['rulesTotal'] : workOf(counters)[measure.replace('work.', '')];
  return typeof value === 'number' ? value : Number.NaN;
}

function workOf(counters: Series['points'][number]['counters']): Readonly<Record<string, number>> {
  const work = counters['work'];
  return typeof work === 'object' && work !== null ? work : {};
}

/** The t beyond which 2.5 % lie, by halving: the distribution is known by its tail. */
function studentQuantile(freedom: number): number {
  let [low, high] = [0, 100];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (studentTail(middle, freedom) > 0.025) low = middle;
    else high = middle;
  }
  return low;
}
