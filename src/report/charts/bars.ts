import type { Html } from '../html.js';
import { line, shortened } from './axes.js';
import { type Canvas, label, round } from './canvas.js';

export interface BarGroup {
  readonly label: string;
  /** Shares between 0 and 1 with their texts. */
  readonly bars: readonly {
    readonly share: number;
    readonly text: string;
    readonly className: 'cause' | 'effect' | 'all' | 'other';
  }[];
}

export interface BarsChart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly groups: readonly BarGroup[];
  /** The share at the right end of the axis; 1 where it is not given. */
  readonly end?: number;
}

const width = 860;
const left = 230;
const right = 260;
/** What fits left of the axis. */
const labelCharacters = 30;
const barHeight = 11;
const groupGap = 14;
const axisHeight = 22;

/** Shares of a whole as horizontal bars, one to three a group, on an axis from 0 to 100 % or less. */
export function barsChart(canvas: Canvas, { id, title, description, groups, end = 1 }: BarsChart): Html {
  const x = canvas.d3.scaleLinear([0, end], [left, width - right]);
  const bottom = groups.reduce((sum, { bars }) => sum + bars.length * (barHeight + 2) + groupGap, 0);
  return canvas.draw({ id, width, height: bottom + axisHeight, title, description }, (svg) => {
    for (const share of [0, end / 4, end / 2, (3 * end) / 4, end]) {
      line(svg, [x(share), 0], [x(share), bottom], share === 0 ? 'axis' : 'grid');
      label(svg, x(share), bottom + 16, `${round(100 * share)} %`, 'tick middle');
    }
    let y = groupGap / 2;
    for (const group of groups) {
      const middle = y + (group.bars.length * (barHeight + 2)) / 2;
      label(svg, left - 14, middle + 4, shortened(group.label, labelCharacters), 'name end');
      for (const bar of group.bars) {
        svg
          .append('rect')
          .attr('x', left)
          .attr('y', round(y))
          .attr('width', round(Math.max(bar.share > 0 ? 1.5 : 0, x(bar.share) - left)))
          .attr('height', barHeight)
          .attr('class', `bar ${bar.className}`);
        label(svg, x(bar.share) + 7, y + 9.5, bar.text, 'tick');
        y += barHeight + 2;
      }
      y += groupGap;
    }
  });
}
