import { visible } from '#tell';
import type { Html } from '../html.js';
import { line, shortened } from './axes.js';
import { type Canvas, label, round } from './canvas.js';

export interface LayersChart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly nodes: readonly { readonly name: string; readonly layer: number }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

const width = 860;
/** More of one layer go on in a row below. */
const inARow = 6;
const rowHeight = 58;
const boxHeight = 22;
/** Room that a letter takes, and the least of a box. */
const characterWidth = 6.8;
const boxWidthMin = 64;

interface Box {
  readonly x: number;
  readonly y: number;
  /** At most; a short name needs less. */
  readonly room: number;
}

/** Who needs whom, each below all that need it: the one that is asked for at the top, what needs nothing at the bottom. */
export function layersChart(canvas: Canvas, chart: LayersChart): Html {
  const boxes = placed(chart);
  const rows = [...boxes.values()].reduce((most, { y }) => Math.max(most, y), 0);
  return canvas.draw({ ...chart, width, height: rows + boxHeight + 12 }, (svg) => {
    for (const { from, to } of chart.edges) {
      const [above, below] = [boxes.get(from), boxes.get(to)];
      if (above === undefined || below === undefined) continue;
      const next = below.y - above.y <= rowHeight;
      line(svg, [above.x, above.y + boxHeight], [below.x, below.y], next ? 'edge strong' : 'edge');
    }
    for (const { name, layer } of chart.nodes) {
      const box = boxes.get(name);
      if (box === undefined) continue;
      const boxWidth = Math.min(box.room, Math.max(boxWidthMin, name.length * characterWidth + 16));
      const drawn = svg
        .append('rect')
        .attr('x', round(box.x - boxWidth / 2))
        .attr('y', round(box.y))
        .attr('width', round(boxWidth))
        .attr('height', boxHeight)
        .attr('rx', 3)
        .attr('class', layer === 0 ? 'node first' : 'node');
      drawn.append('title').text(visible(name));
      label(svg, box.x, box.y + 15, shortened(name, Math.floor((boxWidth - 10) / characterWidth)), 'middle');
    }
  });
}

/** Rows of a layer's kernel modules, each as near as may be below those that need it. */
function placed({ nodes, edges }: LayersChart): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>();
  const layers = [...new Set(nodes.map(({ layer }) => layer))].sort((a, b) => a - b);
  let y = 6;
  for (const layer of layers) {
    const wish = (name: string): number => {
      const above = edges.flatMap(({ from, to }) => (to === name ? [boxes.get(from)?.x ?? width / 2] : []));
      return above.length === 0 ? width / 2 : above.reduce((sum, x) => sum + x, 0) / above.length;
    };
    const ordered = nodes
      .filter((node) => node.layer === layer)
      .map(({ name }) => ({ name, wish: wish(name) }))
      .sort((a, b) => a.wish - b.wish || (a.name < b.name ? -1 : 1));
    const rows = Math.ceil(ordered.length / inARow);
    const each = Math.ceil(ordered.length / rows);
    for (let row = 0; row < rows; row++) {
      const shown = ordered.slice(row * each, (row + 1) * each);
      const room = width / shown.length;
      shown.forEach(({ name }, nth) => {
        boxes.set(name, { x: (nth + 0.5) * room, y, room: room - 8 });
      });
      y += rowHeight;
    }
  }
  return boxes;
}
