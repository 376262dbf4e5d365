import type { Html } from '../html.js';
import { extent, line } from './axes.js';
import { type Canvas, label, round } from './canvas.js';

export interface FanOutChart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly {
    readonly label: string;
    /** Of all, ascending: the middle one, the ninth in ten, the 99th in a hundred, the largest. */
    readonly p50: number;
    readonly p90: number;
    readonly p99: number;
    readonly max: number;
    readonly maxText: string;
  }[];
  readonly text: (value: number) => string;
}

const width = 860;
const left = 240;
const right = 90;
const top = 24;
const rowHeight = 30;
const axisHeight = 40;

/** How far counts are spread, one row for each: from the middle to the largest, on one axis for all. Zero is drawn where one half would be. */
export function fanOutChart(canvas: Canvas, { id, title, description, rows, text }: FanOutChart): Html {
  const [, most] = extent(
    rows.map(({ max }) => max),
    [1, 10],
  );
  const last = 10 ** Math.ceil(Math.log10(Math.max(most, 10)));
  const scale = canvas.d3.scaleLog([0.5, last], [left, width - right]);
  const x = (value: number): number => scale(Math.max(value, 0.5));
  const bottom = top + rows.length * rowHeight;
  const ticks = [0.5, ...Array.from({ length: Math.round(Math.log10(last)) + 1 }, (_, power) => 10 ** power)];
  return canvas.draw({ id, width, height: bottom + axisHeight, title, description }, (svg) => {
    for (const tick of ticks) {
      line(svg, [x(tick), top], [x(tick), bottom], 'grid');
      label(svg, x(tick), bottom + 17, tick < 1 ? '0' : text(tick), 'tick middle');
    }
    label(svg, (left + width - right) / 2, bottom + 34, 'how many', 'tick middle');
    for (const [value, name] of [
      [0, 'middle ●'],
      [1, '90 % ■'],
      [2, '99 % ▲'],
      [3, 'most |'],
    ] as const)
      label(svg, left + value * 90, 12, name, 'tick');
    rows.forEach((row, index) => {
      const y = top + index * rowHeight + rowHeight / 2;
      label(svg, left - 14, y + 4, row.label, 'name end');
      line(svg, [x(row.p50), y], [x(row.max), y], 'span');
      line(svg, [x(row.max), y - 7], [x(row.max), y + 7], 'median');
      svg
        .append('circle')
        .attr('cx', round(x(row.p50)))
        .attr('cy', round(y))
        .attr('r', 5)
        .attr('class', 'marker one');
      svg
        .append('rect')
        .attr('x', round(x(row.p90) - 4))
        .attr('y', round(y - 4))
        .attr('width', 8)
        .attr('height', 8)
        .attr('class', 'marker two');
      svg
        .append('path')
        .attr('d', `M${round(x(row.p99))},${round(y - 5)}l5,9h-10Z`)
        .attr('class', 'marker three');
      label(svg, x(row.max) + 9, y + 4, row.maxText, 'tick');
    });
  });
}
