import type { Html } from '../html.js';
import { decades, extent, line, type Place, powersOfTen } from './axes.js';
import { type Canvas, label, type Mark, round } from './canvas.js';

export interface GrowthLine {
  /** At the end of the line: `order n^1.9`. */
  readonly label: string;
  /** The one line the eye should follow. */
  readonly emphasis: boolean;
  readonly points: readonly { readonly x: number; readonly samples: readonly number[]; readonly median: number }[];
  /** `y = factor * x^exponent`, null where there is none. */
  readonly fit: { readonly exponent: number; readonly factor: number } | null;
}

export interface GrowthChart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly height: number;
  readonly lines: readonly GrowthLine[];
  readonly xText: (x: number) => string;
  readonly yText: (y: number) => string;
}

const width = 860;
const left = 70;
const right = 190;
const top = 26;
const bottom = 48;
const labelGap = 17;

/** Samples over size, both axes logarithmic: a power of the size is a straight line, and its slope is the exponent. */
export function growthChart(canvas: Canvas, chart: GrowthChart): Html {
  const { height } = chart;
  const sizes = [...new Set(chart.lines.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const values = chart.lines.flatMap(({ points }) => points.flatMap(({ samples }) => samples)).filter((y) => y > 0);
  const yDomain = decades(extent(values, [1, 1]));
  const x = canvas.d3.scaleLog(extent(sizes, [1, 10]), [left, width - right]);
  const y = canvas.d3.scaleLog(yDomain, [height - bottom, top]);
  return canvas.draw({ ...chart, width }, (svg) => {
    for (const tick of powersOfTen(yDomain)) {
      line(svg, [left, y(tick)], [width - right, y(tick)], 'grid');
      label(svg, left - 10, y(tick) + 4, chart.yText(tick), 'tick end');
    }
    for (const tick of ticksApart(sizes, x)) {
      line(svg, [x(tick), height - bottom], [x(tick), height - bottom + 5], 'axis');
      label(svg, x(tick), height - bottom + 20, chart.xText(tick), 'tick middle');
    }
    line(svg, [left, height - bottom], [width - right, height - bottom], 'axis');
    label(svg, 0, 12, chart.yLabel, 'tick');
    label(svg, (left + width - right) / 2, height - 6, chart.xLabel, 'tick middle');
    const ends = chart.lines.map((drawn) => paintLine(svg, drawn, { x, y, base: yDomain[0] }));
    for (const end of spreadLabels(ends, height - bottom))
      label(svg, width - right + 14, end.y + 4, end.text, end.className);
  });
}

interface Scales {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  /** Smallest value on the vertical axis, where zero is drawn. */
  readonly base: number;
}

export interface End {
  readonly text: string;
  readonly className: string;
  readonly y: number;
}

function paintLine(svg: Mark, { label: text, emphasis, points, fit }: GrowthLine, { x, y, base }: Scales): End {
  const kind = emphasis ? ' strong' : '';
  const at = (value: number): number => y(value > 0 ? value : base);
  const medians = points.map((point): Place => [x(point.x), at(point.median)]);
  const path = medians.map(([px, py], index) => `${index === 0 ? 'M' : 'L'}${round(px)},${round(py)}`).join('');
  svg.append('path').attr('d', path).attr('class', `line${kind}`);
  const first = points.at(0);
  const last = points.at(-1);
  if (fit !== null && first !== undefined && last !== undefined) {
    const fitted = (size: number): Place => [x(size), at(fit.factor * size ** fit.exponent)];
    line(svg, fitted(first.x), fitted(last.x), `fit${kind}`);
  }
  for (const point of points)
    for (const sample of point.samples)
      svg
        .append('circle')
        .attr('cx', round(x(point.x)))
        .attr('cy', round(at(sample)))
        .attr('r', 2.6)
        .attr('class', `dot${kind === '' ? ' faint' : ''}`);
  return { text, className: `series${kind}`, y: medians.at(-1)?.[1] ?? 0 };
}

/** Labels pushed apart, keeping their order, so that none covers another; the last ones stay inside the picture. */
export function spreadLabels(ends: readonly End[], lowest: number): End[] {
  const ordered = [...ends].sort((a, b) => a.y - b.y);
  let free = top;
  const placed = ordered.map((end) => {
    const y = Math.max(end.y, free);
    free = y + labelGap;
    return { ...end, y };
  });
  let limit = lowest;
  for (let index = placed.length - 1; index >= 0; index--) {
    const end = placed[index];
    if (end === undefined || end.y <= limit) break;
    placed[index] = { ...end, y: limit };
    limit -= labelGap;
  }
  return placed;
}

/** The sizes themselves are the ticks; one that would touch its neighbour to the right is left out. */
export function ticksApart(sizes: readonly number[], x: (value: number) => number): number[] {
  const kept: number[] = [];
  let limit = Number.POSITIVE_INFINITY;
  for (const size of [...sizes].reverse()) {
    if (x(size) > limit) continue;
    kept.unshift(size);
    limit = x(size) - 44;
  }
  return kept;
}
