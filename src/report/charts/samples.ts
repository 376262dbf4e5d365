import type { Html } from '../html.js';
import { decades, extent, line, powersOfTen, shortened } from './axes.js';
import { type Canvas, label, type Mark, round } from './canvas.js';

export interface SampleRow {
  readonly label: string;
  readonly samplesMs: readonly number[];
  readonly medianMs: number;
  /** The median as text, at the end of the row. */
  readonly value: string;
}

export interface SamplesChart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly groups: readonly { readonly label: string; readonly rows: readonly SampleRow[] }[];
  /** Text of a power of ten on the axis, in milliseconds. */
  readonly tickText: (ms: number) => string;
}

const width = 860;
const left = 300;
const right = 86;
const rowHeight = 17;
const groupHeight = 30;
const axisHeight = 26;

/** Every raw sample as a dot on a logarithmic axis of time, the median as a tick; rows grouped by phase. */
export function samplesChart(canvas: Canvas, { id, title, description, groups, tickText }: SamplesChart): Html {
  const rows = groups.reduce((total, group) => total + group.rows.length, 0);
  const bottom = groups.length * groupHeight + rows * rowHeight;
  const samples = groups.flatMap((group) => group.rows.flatMap((row) => row.samplesMs));
  const domain = decades(
    extent(
      samples.filter((ms) => ms > 0),
      [1, 1],
    ),
  );
  const scale = canvas.d3.scaleLog(domain, [left, width - right]);
  // Zero has no place on a logarithmic axis: what the clock could not see is drawn where the axis starts.
  const x = (ms: number): number => (ms > 0 ? scale(ms) : left);
  return canvas.draw({ id, width, height: bottom + axisHeight, title, description }, (svg) => {
    for (const tick of powersOfTen(domain)) {
      line(svg, [x(tick), 8], [x(tick), bottom + 4], 'grid');
      label(svg, x(tick), bottom + 20, tickText(tick), 'tick middle');
    }
    let y = 0;
    for (const group of groups) {
      label(svg, 0, y + 20, group.label, 'group');
      y += groupHeight;
      for (const row of group.rows) {
        paintRow(svg, row, x, y + rowHeight / 2);
        y += rowHeight;
      }
    }
  });
}

function paintRow(svg: Mark, row: SampleRow, x: (ms: number) => number, y: number): void {
  label(svg, left - 14, y + 4, shortened(row.label, 40), 'name end');
  for (const ms of row.samplesMs) {
    svg
      .append('circle')
      .attr('cx', round(x(ms)))
      .attr('cy', round(y))
      .attr('r', 3)
      .attr('class', 'dot');
  }
  line(svg, [x(row.medianMs), y - 7], [x(row.medianMs), y + 7], 'median');
  label(svg, width, y + 4, row.value, 'value end');
}
