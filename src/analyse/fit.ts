import type { GrowthFit, GrowthPoint, Phase } from '#run-document';
import { phases } from '#run-document';
import { median } from '#statistics';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PowerFit {
  readonly exponent: number;
  readonly factor: number;
  /** Share of the variance of log y that the line explains; 1 where there is none to explain. */
  readonly rSquared: number;
}

/** Two points always lie on a line: only from three on does a fit say anything. */
const pointsMin = 3;

/**
 * `y = factor * x^exponent` by least squares over logarithms. Null when the points cannot carry a fit: fewer than three different x,
 * or a value that is not above zero, which has no logarithm.
 */
export function fitPower(points: readonly Point[]): PowerFit | null {
  if (new Set(points.map(({ x }) => x)).size < pointsMin) return null;
  if (points.some(({ x, y }) => !(x > 0) || !(y > 0))) return null;
  const logs = points.map(({ x, y }) => ({ x: Math.log(x), y: Math.log(y) }));
  const meanX = mean(logs.map(({ x }) => x));
  const meanY = mean(logs.map(({ y }) => y));
  const sum = (of: (point: Point) => number): number => logs.reduce((total, point) => total + of(point), 0);
  const exponent = sum(({ x, y }) => (x - meanX) * (y - meanY)) / sum(({ x }) => (x - meanX) ** 2);
  const intercept = meanY - exponent * meanX;
  const unexplained = sum(({ x, y }) => (y - intercept - exponent * x) ** 2);
  const variation = sum(({ y }) => (y - meanY) ** 2);
  return { exponent, factor: Math.exp(intercept), rSquared: variation === 0 ? 1 : 1 - unexplained / variation };
}

/** The exponent between each size and the next: log of the ratio of values over log of the ratio of sizes. */
export function localSlopes(points: readonly Point[]): GrowthFit['slopes'] {
  const sizes = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
  const at = sizes.map((x) => ({ x, y: median(points.filter((point) => point.x === x).map(({ y }) => y)) }));
  return at.slice(1).flatMap(({ x: to, y: after }, index) => {
    const { x: from, y: before } = at[index] ?? { x: 0, y: 0 };
    if (!(from > 0) || !(before > 0) || !(after > 0)) return [];
    return [{ from, to, exponent: Math.log(after / before) / Math.log(to / from) }];
  });
}

interface Fitted extends Pick<GrowthFit, 'of' | 'by'> {
  readonly read: (point: GrowthPoint) => number | null;
}

const fitted: readonly Fitted[] = [
  ...phases.map((of): Fitted => ({ of, by: 'time', read: (point) => medianMs(point, of) })),
  ...phases.map((of): Fitted => ({ of, by: 'work', read: ({ counters }) => counters.work?.[of] ?? null })),
  { of: 'rulesTotal', by: 'count', read: ({ counters }) => counters.rulesTotal },
];

/** A fit for the time of every phase that each point has samples of, for its work where each point has it counted, and for the rules. */
export function growthFits(points: readonly GrowthPoint[]): GrowthFit[] {
  return fitted.flatMap(({ of, by, read }) => {
    const measured = points.flatMap((point) => {
      const y = read(point);
      return y === null ? [] : [{ x: point.size, y }];
    });
    const fit = measured.length === points.length ? fitPower(measured) : null;
    return fit === null ? [] : [{ of, by, ...fit, slopes: localSlopes(measured) }];
  });
}

function medianMs(point: GrowthPoint, phase: Phase): number | null {
  const samples = point.phases.find((candidate) => candidate.phase === phase);
  return samples === undefined ? null : median(samples.samplesMs);
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
