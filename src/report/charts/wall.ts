import type { Html } from '../html.js';
import { line, shortened } from './axes.js';
import { type Canvas, label, round } from './canvas.js';

export interface WallSegment {
  readonly name: string;
  readonly share: number;
  readonly basis: 'measured' | 'modelled';
}

export interface WallChart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly rows: readonly {
    readonly label: string;
    readonly total: string;
    readonly segments: readonly WallSegment[];
  }[];
}

const width = 860;
const left = 230;
const right = 130;
const rowHeight = 34;
const barHeight = 20;
const axisHeight = 24;
const labelCharacters = 30;
/** Room that a letter of a name takes. */
const characterWidth = 6.6;
/** Hues in turn, so that neighbours differ; each segment that has room for it is named as well. */
const hues = ['one', 'two', 'three'] as const;

/** Time from the refresh to the next boot, each bar the whole of its own, so that what takes most is seen whatever the total. */
export function wallChart(canvas: Canvas, { id, title, description, rows }: WallChart): Html {
  const x = canvas.d3.scaleLinear([0, 1], [left, width - right]);
  const bottom = rows.length * rowHeight;
  return canvas.draw({ id, width, height: bottom + axisHeight, title, description }, (svg) => {
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      line(svg, [x(share), 0], [x(share), bottom], share === 0 ? 'axis' : 'grid');
      label(svg, x(share), bottom + 17, `${round(100 * share)} %`, 'tick middle');
    }
    rows.forEach((row, index) => {
      const y = index * rowHeight + (rowHeight - barHeight) / 2;
      label(svg, left - 14, y + 14, shortened(row.label, labelCharacters), 'name end');
      label(svg, width - right + 12, y + 14, row.total, 'value');
      let from = 0;
      row.segments.forEach((segment, nth) => {
        const [start, end] = [x(from), x(from + segment.share)];
        svg
          .append('rect')
          .attr('x', round(start))
          .attr('y', round(y))
          .attr('width', round(Math.max(0.75, end - start)))
          .attr('height', barHeight)
          .attr('class', `segment ${hues[nth % hues.length] ?? 'one'} ${segment.basis}`);
        if (segment.name.length * characterWidth < end - start - 8)
          label(svg, (start + end) / 2, y + 14, segment.name, `inbar middle ${segment.basis}`);
        from += segment.share;
      });
    });
  });
}
