import type { Html } from '../html.js';
import { decades, extent, line, type Place, powersOfTen } from './axes.js';
import { type Canvas, label, type Mark, round } from './canvas.js';
import { spreadLabels, ticksApart } from './growth.js';

export type Hue = 'one' | 'two' | 'three' | 'rest';
const shapes = ['circle', 'square', 'triangle', 'diamond'] as const;

export interface ScaleLine {
  readonly label: string;
  /** The phase. */
  readonly hue: Hue;
  /** The design, as the number of its shape. */
  readonly shape: number;
  /** Hollow where kernels were made up. */
  readonly synthetic: boolean;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface ScaleChart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly yLabel: string;
  readonly yText: (value: number) => string;
  readonly xText: (value: number) => string;
  readonly panels: readonly { readonly xLabel: string; readonly lines: readonly ScaleLine[] }[];
}

const width = 860;
const height = 400;
const left = 62;
const top = 26;
const bottom = 48;
/** Room for the names of lines at the right of each panel. */
const names = 150;

/** Every phase and design in one picture: panels beside each other on one vertical axis, all axes logarithmic. */
export function scaleChart(canvas: Canvas, chart: ScaleChart): Html {
  const values = chart.panels.flatMap(({ lines }) => lines.flatMap(({ points }) => points.map(({ y }) => y)));
  const domain = decades(
    extent(
      values.filter((value) => value > 0),
      [1, 1],
    ),
  );
  const y = canvas.d3.scaleLog(domain, [height - bottom, top]);
  const room = (width - left) / chart.panels.length;
  return canvas.draw({ ...chart, width, height }, (svg) => {
    label(svg, 0, 12, chart.yLabel, 'tick');
    for (const tick of powersOfTen(domain)) label(svg, left - 8, y(tick) + 4, chart.yText(tick), 'tick end');
    chart.panels.forEach(({ xLabel, lines }, nth) => {
      const [from, to] = [left + nth * room, left + (nth + 1) * room - names];
      const sizes = [...new Set(lines.flatMap(({ points }) => points.map((point) => point.x)))].sort((a, b) => a - b);
      const [low, high] = extent(sizes, [1, 10]);
      const x = canvas.d3.scaleLog([low, high > low ? high : low * 10], [from + 10, to]);
      for (const tick of powersOfTen(domain)) line(svg, [from, y(tick)], [to, y(tick)], 'grid');
      line(svg, [from, height - bottom], [to, height - bottom], 'axis');
      for (const tick of ticksApart(sizes, x)) {
        line(svg, [x(tick), height - bottom], [x(tick), height - bottom + 5], 'axis');
        label(svg, x(tick), height - bottom + 20, chart.xText(tick), 'tick middle');
      }
      label(svg, (from + to) / 2, height - 6, xLabel, 'tick middle');
      const at = (value: number): number => y(Math.max(value, domain[0]));
      for (const scaleLine of lines) paint(svg, scaleLine, (point) => [x(point.x), at(point.y)]);
      const ends = lines.map((scaleLine) => ({
        text: scaleLine.label,
        className: `series ${scaleLine.hue}`,
        y: at(scaleLine.points.at(-1)?.y ?? domain[0]),
      }));
      for (const end of spreadLabels(ends, height - bottom)) label(svg, to + 10, end.y + 4, end.text, end.className);
    });
  });
}

function paint(svg: Mark, scaleLine: ScaleLine, at: (point: { x: number; y: number }) => Place): void {
  const places = scaleLine.points.map(at);
  const path = places.map(([px, py], index) => `${index === 0 ? 'M' : 'L'}${round(px)},${round(py)}`).join('');
  svg
    .append('path')
    .attr('d', path)
    .attr('class', `line ${scaleLine.hue}${scaleLine.synthetic ? ' synthetic' : ''}`);
  for (const [px, py] of places)
    svg
      .append('path')
      .attr('d', marker(shapes[scaleLine.shape % shapes.length] ?? 'circle', px, py))
      .attr('class', `marker ${scaleLine.hue}${scaleLine.synthetic ? ' synthetic' : ''}`);
}

/** A small mark around a place; shapes tell designs apart where hues tell phases. */
function marker(shape: (typeof shapes)[number], px: number, py: number): string {
  const [x, y] = [round(px), round(py)];
  switch (shape) {
    case 'circle':
      return `M${round(x - 3.5)},${y}a3.5,3.5 0 1,0 7,0a3.5,3.5 0 1,0 -7,0Z`;
    case 'square':
      return `M${round(x - 3.2)},${round(y - 3.2)}h6.4v6.4h-6.4Z`;
    case 'triangle':
      return `M${x},${round(y - 4.2)}l4,7.2h-8Z`;
    case 'diamond':
      return `M${x},${round(y - 4.6)}l4.6,4.6l-4.6,4.6l-4.6,-4.6Z`;
  }
}
