import type { Html } from '../html.js';
import { line } from './axes.js';
import { type Canvas, label, round } from './canvas.js';

export interface HistogramChart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly bins: readonly { readonly label: string; readonly count: number; readonly text: string }[];
}

const width = 300;
const height = 150;
const top = 18;
const bottom = 24;
/** Room a label needs, in pixels a character; what does not fit is left out and stands in the table. */
const characterWidth = 8;

/** How many have which value: one bar a bin, its count above. */
export function histogramChart(canvas: Canvas, { id, title, description, bins }: HistogramChart): Html {
  const x = canvas.d3.scaleBand<number>([...bins.keys()], [0, width]).paddingInner(0.14);
  const most = bins.reduce((max, bin) => Math.max(max, bin.count), 1);
  const y = canvas.d3.scaleLinear([0, most], [height - bottom, top]);
  // The tallest bar is labelled whatever its width: its neighbours' labels, where they fit, stand lower.
  const labelled = ({ count, text }: HistogramChart['bins'][number]): boolean =>
    count === most || (count > 0 && text.length * characterWidth <= x.step());
  return canvas.draw({ id, width, height, title, description }, (svg) => {
    let free = 0;
    bins.forEach((bin, index) => {
      const from = x(index) ?? 0;
      const middle = from + x.bandwidth() / 2;
      svg
        .append('rect')
        .attr('x', round(from))
        .attr('y', round(y(bin.count)))
        .attr('width', round(x.bandwidth()))
        .attr('height', round(height - bottom - y(bin.count)))
        .attr('class', 'bar');
      if (labelled(bin)) label(svg, inside(middle, bin.text), y(bin.count) - 5, bin.text, 'tick middle');
      // A range is named where its name does not touch the one before.
      const place = inside(middle, bin.label);
      const half = (bin.label.length * characterWidth) / 2;
      if (place - half < free) return;
      label(svg, place, height - 7, bin.label, 'tick middle');
      free = place + half;
    });
    line(svg, [0, height - bottom], [width, height - bottom], 'axis');
  });
}

/** Where a centred label has to stand to stay inside the picture. */
function inside(middle: number, text: string): number {
  const half = (text.length * characterWidth) / 2;
  return Math.min(Math.max(middle, half), width - half);
}
