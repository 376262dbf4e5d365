import { type Html, html, nothing } from '../html.js';
import type { Place } from '../site/place.js';
import type { FanOutView, RankedRow } from '../view/fan-out.js';
import type { GrowthView } from '../view/growth.js';
import type { TimeView } from '../view/time.js';
import { badge, dataLinks, details, figure, section, table } from './parts.js';

/** Charts by the id that their view gave them. */
export type ChartOf = (id: string) => Html;

export function timeTemplate(
  { chart, extent, summary, columns, rows, phases }: TimeView,
  chartOf: ChartOf,
  place: Place,
): Html {
  const cells = rows.map(({ name, request, cells }) => [
    html`${name}<span class="sub mono">${request}</span>`,
    ...cells.map(
      ({ median, iqr }) => html`${median}${iqr === '' ? nothing : html` <span class="spread">${iqr}</span>`}`,
    ),
  ]);
  return section(
    place,
    'time',
    'Solver time by phase',
    html`${figure(
      chart.title,
      chartOf(chart.id),
      `${extent} How to read it: each dot is one sample, the bar across is their median. The axis is logarithmic, so equal distances are equal factors. Dots far to the right of their bar are disturbances of the machine, not of the method.`.trim(),
    )}
${details(summary, table('Median and half the interquartile range, in milliseconds', ['Request', ...columns], cells))}
${dataLinks(place, 'times')}
<ul class="legend">${phases.map(({ name, meaning }) => html`<li><strong>${name}</strong>: ${meaning}</li>`)}</ul>`,
  );
}

export function growthTemplate(views: readonly GrowthView[], chartOf: ChartOf, place: Place): Html {
  return section(
    place,
    'growth',
    'Growth',
    html`${views.map(
      ({ question, charts, fits, noFit, columns, rows }) => html`<h3>${question}</h3>
${charts.map(({ chart, reading }) => figure(chart.title, chartOf(chart.id), reading))}
${
  fits.length === 0
    ? nothing
    : table(
        'Fitted laws',
        ['Measure', 'By', 'Exponent', 'Standard error', 'When the size doubles', 'R\u00b2', 'Exponent is'],
        fits.map(({ badge: certainty, name, by, exponent, error, doubling, rSquared }) => [
          name,
          by,
          exponent,
          error,
          doubling,
          rSquared,
          badge(certainty),
        ]),
        2,
      )
}
${noFit === '' ? nothing : html`<p class="muted">${noFit}</p>`}
${details('The numbers behind the charts', table('Medians by size', columns, rows))}`,
    )}${dataLinks(place, 'growth')}`,
  );
}

export function fanOutTemplate(view: FanOutView, chartOf: ChartOf, place: Place): Html {
  return section(
    place,
    'fan-out',
    'Fan-out of the module graph',
    html`<p class="lead">${view.release}. ${view.sentences.join(' ')}</p>
${table('How counts are spread over the kernel modules', ['Per kernel module', 'Mean', 'p50', 'p90', 'p99', 'Max'], view.spreads)}${dataLinks(place, 'fan-out')}
${view.deepest === null ? nothing : figure(view.deepest.chart.title, chartOf(view.deepest.chart.id), view.deepest.reading)}${view.deepest === null ? nothing : dataLinks(place, 'needs')}
<div class="small-multiples">${view.histograms.map(
      ({ caption, chart }) =>
        html`<figure class="small"><div class="chart">${chartOf(chart.id)}</div><figcaption>${caption}</figcaption></figure>`,
    )}</div>
<p class="muted">How to read them: a bar is the number of kernel modules (or symbols) whose value lies in the range below it. Ranges double in the first three, so that the long tail fits.</p>${dataLinks(place, 'fan-out-bins')}
<div class="columns ranking">${ranking('Hubs: most needed kernel modules', ['Kernel module', 'Direct', 'In all', 'Of all modules'], view.hubs)}
${ranking('Blast radius: kernel modules that stop loading when one CRC changes', ['Symbol', 'Direct', 'In all', 'Of all modules'], view.blastRadius)}</div>${dataLinks(place, 'hubs')}${dataLinks(place, 'blast-radius')}`,
  );
}

export function ranking(caption: string, columns: readonly string[], rows: readonly RankedRow[]): Html {
  return table(
    caption,
    columns,
    rows.map(({ name, from, direct, transitive, share, width }) => [
      html`<span class="mono">${name}</span>${from === '' ? nothing : html` <span class="mono from">${from}</span>`}`,
      direct,
      transitive,
      html`<span class="share"><span class="track"><span class="fill" style="width:${width}"></span></span>${share}</span>`,
    ]),
  );
}
