import { type Html, html, nothing } from '../html.js';
import type { ChurnRow, ChurnView } from '../view/churn.js';
import type { FanOutView, RankedRow } from '../view/fan-out.js';
import type { GrowthView } from '../view/growth.js';
import type { TimeView } from '../view/time.js';
import { badge, details, figure, section, table } from './parts.js';

/** Charts by the id that their view gave them. */
export type ChartOf = (id: string) => Html;

export function timeTemplate({ chart, extent, summary, columns, rows, phases }: TimeView, chartOf: ChartOf): Html {
  const cells = rows.map(({ name, request, cells }) => [
    html`${name}<span class="sub mono">${request}</span>`,
    ...cells.map(
      ({ median, iqr }) => html`${median}${iqr === '' ? nothing : html` <span class="spread">${iqr}</span>`}`,
    ),
  ]);
  return section(
    'time',
    'Solver time by phase',
    html`${figure(
      chart.title,
      chartOf(chart.id),
      `${extent} How to read it: each dot is one sample, the bar across is their median. The axis is logarithmic, so equal distances are equal factors. Dots far to the right of their bar are disturbances of the machine, not of the method.`.trim(),
    )}
${details(summary, table('Median and half the interquartile range, in milliseconds', ['Request', ...columns], cells))}
<ul class="legend">${phases.map(({ name, meaning }) => html`<li><strong>${name}</strong>: ${meaning}</li>`)}</ul>`,
  );
}

export function growthTemplate(views: readonly GrowthView[], chartOf: ChartOf): Html {
  return section(
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
    )}`,
  );
}

export function fanOutTemplate(view: FanOutView, chartOf: ChartOf): Html {
  return section(
    'fan-out',
    'Fan-out of the module graph',
    html`<p class="lead">${view.release}. ${view.sentences.join(' ')}</p>
${table('How counts are spread over the kernel modules', ['Per kernel module', 'Mean', 'p50', 'p90', 'p99', 'Max'], view.spreads)}
<div class="small-multiples">${view.histograms.map(
      ({ caption, chart }) =>
        html`<figure class="small"><div class="chart">${chartOf(chart.id)}</div><figcaption>${caption}</figcaption></figure>`,
    )}</div>
<p class="muted">How to read them: a bar is the number of kernel modules (or symbols) whose value lies in the range below it. Ranges double in the first three, so that the long tail fits.</p>
<div class="columns ranking">${ranking('Hubs: most needed kernel modules', ['Kernel module', 'Direct', 'In all', 'Of all modules'], view.hubs)}
${ranking('Blast radius: kernel modules that stop loading when one CRC changes', ['Symbol', 'Direct', 'In all', 'Of all modules'], view.blastRadius)}</div>`,
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

export function churnTemplate({ chart, reference, rows }: ChurnView, chartOf: ChartOf): Html {
  return section(
    'churn',
    'Churn: what a kernel update changes and breaks',
    html`${figure(
      chart.title,
      chartOf(chart.id),
      'How to read it: the light bar is the share of exported symbols whose CRC changed, the strong bars the shares of the old kernel modules that the new kernel would refuse: for themselves, and with all that depend on them. A few changed symbols can break everything when everything imports them.',
    )}
<p>${reference}</p>
${table(
  'Updates',
  [
    'From',
    'To',
    'CRCs changed',
    'Share',
    'Added',
    'Lost',
    'Refused themselves',
    'Share',
    'No longer load in all',
    'Share',
  ],
  rows.map((row) => [
    html`<span class="mono">${row.from}</span>`,
    html`<span class="mono">${row.to}</span>`,
    row.changed,
    row.changedShare,
    row.added,
    row.lost,
    row.broken,
    row.brokenShare,
    row.brokenInAll,
    row.brokenInAllShare,
  ]),
  2,
)}
${rows.map(churnDetails)}`,
  );
}

function churnDetails({ from, to, details: list }: ChurnRow): Html {
  return html`${list.map(({ subsystems, symbols }) =>
    details(
      html`What breaks from <span class="mono">${from}</span> to <span class="mono">${to}</span>, and which symbols did it`,
      html`<div class="columns">${table(
        'Broken kernel modules by subsystem',
        ['Subsystem', 'Broken'],
        subsystems.map(({ name, count }) => [name, count]),
      )}
${table(
  'Symbols by broken importers',
  ['Symbol', 'Importers'],
  symbols.map(({ name, count }) => [html`<span class="mono">${name}</span>`, count]),
)}</div>`,
    ),
  )}`;
}
