import type { Trend, TrendLine } from '#run-document';
import { counted, fixed, pointName, stepSentence, trendName, trendSteps, trendValue } from '#tell';
import { type Html, html, jsonForScript, nothing } from './html.js';
import { alone } from './site/place.js';
import { pageTemplate } from './template/page.js';
import { details, section, table } from './template/parts.js';

const size = { width: 640, height: 120, edge: 8 } as const;

/** The runs of many commits as one page: steps first, each line that has one, the others folded. */
export function renderTrend(trend: Trend): string {
  const { lines, points, requests } = trend;
  const stepped = lines.filter(({ steps }) => steps.length > 0);
  const even = lines.filter(({ steps }) => steps.length === 0);
  const parts = [
    {
      anchor: 'steps',
      text: 'Steps',
      section: section(
        alone,
        'steps',
        'Steps',
        stepped.length === 0
          ? html`<p>No line steps to another level.</p>`
          : html`<ul>${trendSteps(trend).map(({ line, step }) => html`<li>${stepSentence(trend, line, step)}</li>`)}</ul>`,
      ),
    },
    {
      anchor: 'lines',
      text: 'Lines',
      section: section(
        alone,
        'lines',
        'Lines',
        html`${stepped.map((line) => lineHtml(trend, line))}${
          even.length === 0
            ? nothing
            : details(
                `${counted(even.length, 'line')} without a step`,
                html`${even.map((line) => lineHtml(trend, line))}`,
              )
        }`,
      ),
    },
    {
      anchor: 'runs',
      text: 'Runs',
      section: section(
        alone,
        'runs',
        'Runs',
        html`${table(
          'In this order',
          ['Commit', 'Run', 'libsolv', 'File'],
          points.map((point) => [pointName(point), point.run, point.libsolv, point.file]),
          4,
        )}${trend.left.map(({ file, why }) => html`<p>Left out: ${file}: ${why.split('\n')[0] ?? ''}</p>`)}`,
      ),
    },
  ];
  return pageTemplate({
    title: `Trend of ${counted(points.length, 'run')}`,
    navigation: [{ anchor: 'verdict', text: 'Summary' }, ...parts].map(({ anchor, text }) => ({
      href: `#${anchor}`,
      text,
    })),
    header: html`<header id="verdict"><p class="eyebrow">kmplab trend</p><h1>${counted(points.length, 'run')} of many commits</h1><div class="sentences"><p>${counted(requests, 'request')} in all of them: sums are of these.</p></div></header>`,
    sections: parts.map((part) => part.section),
    figures: jsonForScript(trend),
    footer: html`<span class="mono">kmplab trend --json</span> prints every number behind this page.`,
  });
}

function lineHtml({ points }: Trend, line: TrendLine): Html {
  const known = line.values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return nothing;
  const values = known.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const { width, height, edge } = size;
  const x = (index: number): string =>
    fixed(edge + ((width - 2 * edge) * index) / Math.max(1, points.length - 1), 1).replace(/,/g, '');
  const y = (value: number): string =>
    fixed(
      most === least ? height / 2 : height - edge - ((height - 2 * edge) * (value - least)) / (most - least),
      1,
    ).replace(/,/g, '');
  const name = trendName(line.metric);
  const said = `${name}: ${trendValue(line.metric, first.value)} at first, ${trendValue(line.metric, last.value)} at last, between ${trendValue(line.metric, least)} and ${trendValue(line.metric, most)}`;
  return html`<figure><div class="chart"><svg viewBox="0 0 ${String(width)} ${String(height)}" width="${String(width)}" height="${String(height)}" role="img" aria-label="${said}">${line.steps.map(
    ({ at }) =>
      html`<line x1="${x(at)}" x2="${x(at)}" y1="0" y2="${String(height)}" stroke="currentColor" stroke-dasharray="3 3" opacity="0.5"></line>`,
  )}<polyline fill="none" stroke="currentColor" stroke-width="1.5" points="${known.map(({ value, index }) => `${x(index)},${y(value)}`).join(' ')}"></polyline>${known.map(
    ({ value, index }) => {
      const point = points[index];
      return html`<circle cx="${x(index)}" cy="${y(value)}" r="3" fill="currentColor"><title>${point === undefined ? '' : pointName(point)}: ${trendValue(line.metric, value)}</title></circle>`;
    },
  )}</svg></div><figcaption>${said}</figcaption></figure>`;
}
