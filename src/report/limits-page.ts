import type { Limits, LimitsPoint, LimitsShape } from '#run-document';
import { bytes, compact, count, counted, fixed, libsolvName, limitsFindText, limitsStopText, power } from '#tell';
import { type Canvas, loadCanvas } from './charts/canvas.js';
import { growthChart } from './charts/growth.js';
import { type Html, html, jsonForScript, nothing } from './html.js';
import { alone } from './site/place.js';
import { pageTemplate } from './template/page.js';
import { details, figure, section, table } from './template/parts.js';

/** The phases that work is counted in, and what the columns call them. */
const phases = [
  ['whatprovides', 'index'],
  ['solve', 'solve'],
  ['order', 'order'],
] as const;

/** Where libsolv breaks, as one page: each shape that grows faster than its packages with its lines and local slopes, the others folded. */
export async function renderLimits(limits: Limits): Promise<string> {
  const canvas = await loadCanvas();
  const broken = limits.shapes.filter(breaks);
  const fine = limits.shapes.filter((shape) => !breaks(shape));
  const parts = broken.map((shape) => ({ anchor: shape.shape, text: shape.shape }));
  return pageTemplate({
    title: `Where libsolv ${libsolvName(limits.libsolv)} breaks`,
    navigation: [{ anchor: 'verdict', text: 'Summary' }, ...parts, { anchor: 'fine', text: 'In proportion' }].map(
      ({ anchor, text }) => ({ href: `#${anchor}`, text }),
    ),
    header: header(limits, broken),
    sections: [
      ...broken.map((shape) => section(alone, shape.shape, shape.shape, shapeHtml(canvas, limits, shape))),
      section(alone, 'fine', 'In proportion', fineHtml(fine, limits)),
    ],
    figures: jsonForScript(limits),
    footer: html`<span class="mono">kmplab limits --json</span> prints every number behind this page.`,
  });
}

/** It grows too fast, or a size had no answer. */
function breaks({ finds, stop }: LimitsShape): boolean {
  return finds.length > 0 || (stop.by !== 'work' && stop.by !== 'size');
}

function header({ libsolv, exponentMax, shapes }: Limits, broken: readonly LimitsShape[]): Html {
  return html`<header id="verdict"><p class="eyebrow">kmplab limits</p>
<h1>Where libsolv ${libsolvName(libsolv)} breaks</h1>
<div class="sentences"><p>Graphs of dependencies were doubled until a bound. ${counted(broken.length, 'shape')} of ${count(shapes.length)} grow
faster than ${power(exponentMax)} at their largest sizes, or end without an answer.</p>
<ul>${broken.flatMap(({ shape, finds, stop }) =>
    (finds.length === 0 ? [limitsStopText(stop)] : finds.map(limitsFindText)).map(
      (text) => html`<li><a href="#${shape}">${shape}</a>: ${text}</li>`,
    ),
  )}</ul></div></header>`;
}

function shapeHtml(canvas: Canvas, { exponentMax }: Limits, shape: LimitsShape): Html {
  const { shape: name, question, points, finds, stop } = shape;
  return html`<p class="lead">${question}.</p>
${finds.map((find) => html`<p>${limitsFindText(find)}</p>`)}
${
  points.length < 2
    ? nothing
    : figure(
        `Work of ${name} by size`,
        chartOf(canvas, shape),
        'Both axes are logarithmic: a power of the size is a straight line, and its slope the exponent.',
      )
}
${slopeTable(shape, exponentMax)}
<p>${limitsStopText(stop)}.</p>`;
}

function chartOf(canvas: Canvas, { shape, question, points, slopes, finds }: LimitsShape): Html {
  const lines = phases.map(([of, column]) => {
    const slope = slopes.findLast((slope) => slope.of === of);
    const known = points.flatMap(({ size, work }) => {
      const edges = work[of] ?? 0;
      return edges > 0 ? [{ x: size, samples: [edges], median: edges }] : [];
    });
    return {
      label: slope === undefined ? column : `${column} n^${fixed(slope.exponent, 2)} at the end`,
      emphasis: finds.some((find) => find.of === of),
      points: known,
      fit: null,
    };
  });
  return growthChart(canvas, {
    id: `limits-${shape}`,
    title: `Work of ${shape} by size`,
    description: `${question}: executed code edges of each phase`,
    xLabel: 'n',
    yLabel: 'executed code edges',
    height: 320,
    lines: lines.filter((line) => line.points.length > 0),
    xText: count,
    yText: compact,
  });
}

/** Work and memory at each size, with the exponent since the size before; a steep one stands out. */
function slopeTable({ shape, points, slopes }: LimitsShape, exponentMax: number): Html {
  const slopeHtml = (of: string, { size }: LimitsPoint): Html => {
    const slope = slopes.find((slope) => slope.of === of && slope.to === size);
    if (slope === undefined) return nothing;
    const text = fixed(slope.exponent, 2);
    return slope.exponent > exponentMax ? html`<strong>${text}</strong>` : html`${text}`;
  };
  const measures = [
    ...phases.map(([of, column]) => ({ of, column, text: ({ work }: LimitsPoint) => compact(work[of] ?? 0) })),
    { of: 'memory', column: 'memory', text: ({ heapBytesMax }: LimitsPoint) => bytes(heapBytesMax) },
  ];
  return table(
    `${shape}: code edges by phase, and the exponent since the size before`,
    ['n', ...measures.flatMap(({ column }) => [column, 'exponent'])],
    points.map((point) => [
      count(point.size),
      ...measures.flatMap(({ of, text }) => [text(point), slopeHtml(of, point)]),
    ]),
  );
}

function fineHtml(shapes: readonly LimitsShape[], { exponentMax }: Limits): Html {
  if (shapes.length === 0) return html`<p>No shape.</p>`;
  return html`${shapes.map((shape) =>
    details(
      `${shape.shape}: ${shape.question}, up to ${count(shape.points.at(-1)?.size ?? 0)}`,
      slopeTable(shape, exponentMax),
    ),
  )}`;
}
