import type { D3Node, Mark } from 'd3-node';
import { visible } from '#tell';
import { Html } from '../html.js';

export type { Mark };

/** The part of d3 that computes; drawing goes through `Canvas.draw`. */
export type D3 = Pick<D3Node['d3'], 'line' | 'scaleBand' | 'scaleLinear' | 'scaleLog' | 'symbol' | 'symbolsFill'>;

export interface Picture {
  /** Unique in the page: the names of the title and the description derive from it. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** What the chart shows, for those who do not see it. */
  readonly title: string;
  readonly description: string;
}

/** The only file that calls d3-node: to replace d3-node, replace this file. */
export interface Canvas {
  readonly d3: D3;
  /** An SVG element for use inside HTML, scaled by the page's style sheet, coloured by classes only. */
  readonly draw: (picture: Picture, paint: (svg: Mark) => void) => Html;
}

/** Loads d3-node on demand: with the DOM it brings along, it takes most of a second that only a report should pay. */
export async function loadCanvas(): Promise<Canvas> {
  const { D3Node } = await import('d3-node');
  const node = new D3Node();
  return {
    d3: node.d3,
    draw: ({ id, width, height, title, description }, paint) => {
      const svg = node.createSVG(undefined, undefined, {
        viewBox: `0 0 ${width} ${height}`,
        role: 'img',
        'aria-labelledby': `${id}-title ${id}-desc`,
      });
      svg.append('title').attr('id', `${id}-title`).text(visible(title));
      svg.append('desc').attr('id', `${id}-desc`).text(visible(description));
      paint(svg);
      const text = node.svgString();
      node.d3Element.select('svg').remove();
      return Html.trusted(text);
    },
  };
}

/** A text node, escaped by the serialiser; characters that reorder or hide text are shown as their code, as in the page. */
export function label(parent: Mark, x: number, y: number, text: string, className: string): Mark {
  return parent.append('text').attr('x', round(x)).attr('y', round(y)).attr('class', className).text(visible(text));
}

/** Coordinates with two decimals: enough for any screen, and the same text on every machine. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
