import { type Html, html, nothing } from '../../html.js';
import { methodPage } from '../../site/pages.js';
import { linked, type Place } from '../../site/place.js';
import type { BackgroundView } from '../../view/background.js';
import type { FanOutView } from '../../view/fan-out.js';
import type { ChurnLinks, IndexHistory } from '../../view/index-page.js';
import type { PromiseTable } from '../../view/promise-table.js';
import type { ScaleView } from '../../view/scale.js';
import { type MatrixView, shownDesigns } from '../../view/summary.js';
import { type WallView, wallNames, wallOrder } from '../../view/wall.js';
import { dataLinks, details, figure, section, table } from '../parts.js';
import { matrix } from './first-screen.js';

/** Charts by the id that their view gave them. */
export type ChartOf = (id: string) => Html;

/** Designs that the first screen had no room for, and promises by design. */
export function designsTemplate(view: MatrixView, promises: readonly PromiseTable[], place: Place): Html {
  const others = { ...view, rows: view.rows.slice(shownDesigns) };
  return section(
    place,
    'designs',
    'Designs',
    html`${others.rows.length === 0 ? nothing : matrix('Other designs by what decides', others, place, others.rows.length)}
${promises.map(({ caption, columns, rows }, nth) => {
  const drawn = table(caption, columns, rows);
  return nth === 0 ? drawn : details(caption, drawn);
})}
${dataLinks(place, 'designs')}`,
  );
}

export function wallTemplate(view: WallView, place: Place, chartOf: ChartOf): Html {
  const rows = view.rows.map(({ label, at, cells, total }) => [linked(place, at, label), ...cells, total]);
  return section(
    place,
    'costs',
    'What it costs',
    html`${figure(
      view.chart.title,
      chartOf(view.chart.id),
      html`Each bar is the whole of one update, its time at the right. Filled parts are <a href="${place.href({ ...methodPage, anchor: 'wall-time' })}">measured</a>, outlined ones modelled. The last bar is the heaviest step of the run, the others the median update of each design.`,
    )}
${details('The numbers behind the bars', table('Seconds of each part, from least to most', ['Update', ...wallOrder.map((part) => wallNames[part]), 'In all'], rows))}
${
  view.sources.length === 0
    ? nothing
    : details(
        'Where the times of the heaviest step come from; alternatives stand beside each other and do not add up',
        table('Costs outside of the solver', ['What', 'Time', 'Basis', 'Of', 'Source'], view.sources, 5),
      )
}
${dataLinks(place, 'costs')}`,
  );
}

export function scaleTemplate(view: ScaleView, place: Place, chartOf: ChartOf): Html {
  return section(
    place,
    'scale',
    'Does it scale',
    html`${figure(view.chart.title, chartOf(view.chart.id), view.reading)}
${details('Exponents, and slopes from one size to the next', table('Slopes', view.columns, view.rows, 4))}
<p><a href="${place.href({ page: 'measurements', anchor: null })}">Every sample of time, by phase and by size</a></p>
${dataLinks(place, 'growth')}`,
  );
}

/** Cause, what it breaks, and all that follows. */
const churnHues = ['three', 'one', 'two'];

export function churnTemplate(view: ChurnLinks, place: Place): Html {
  return section(
    place,
    'churn',
    'Churn',
    html`${table(
      'Shares of exported symbols whose checksum changed, of kernel modules that import one of these, and of all that no longer load',
      ['Update', 'Checksums changed', 'Break directly', 'No longer load in all'],
      view.rows.map(({ name, at, cells }) => [
        linked(place, at, name, 'mono'),
        ...cells.map(
          ({ number, share, width }, nth) =>
            html`${number} <span class="share"><span class="track"><span class="fill ${churnHues[nth] ?? ''}" style="width:${width}"></span></span>${share}</span>`,
        ),
      ]),
    )}
<p class="muted small">${view.reference}</p>
${dataLinks(place, 'churn')}`,
  );
}

export function historiesTemplate(views: readonly IndexHistory[], place: Place): Html {
  return section(
    place,
    'histories',
    'Histories',
    html`${views.map(
      ({ promises, at, error }) =>
        html`<h3>${linked(place, at, promises.name)}</h3>${
          error === ''
            ? table(
                'Days and requests after which a promise was broken, of those in which it was judged',
                promises.columns,
                promises.rows.map((row) => row.map(({ text, tone }) => html`<span class="${tone}">${text}</span>`)),
              )
            : html`<p>${error}</p>`
        }`,
    )}
${dataLinks(place, 'histories')}`,
  );
}

export function fanOutTemplate(view: FanOutView, kernel: Html, place: Place, chartOf: ChartOf): Html {
  return section(
    place,
    'fan-out',
    'Fan-out of the kernel modules',
    html`${figure(view.spread.title, chartOf(view.spread.id), html`${view.sentences[0] ?? ''} ${kernel}`)}
${dataLinks(place, 'fan-out')}`,
  );
}

export function methodTemplate(view: BackgroundView, place: Place): Html {
  return section(
    place,
    'method',
    'Method, and how far to trust it',
    html`<ul class="trust"><li>Answers and counts are exact: the same on every machine. Times are medians with their spread, never one run.</li>
<li>A verifier checks each result without libsolv; an audit asks, for every kernel, which kernel modules its loader accepts.</li>
<li>Costs outside of the solver are models, and say so.</li>
<li>${view.trust}</li></ul>
<p><a href="${place.href(methodPage)}">Definitions, environment, sources and kernels</a></p>`,
  );
}

export function notRunTemplate({ notRun }: BackgroundView, place: Place): Html {
  return section(
    place,
    'not-run',
    'What did not run',
    html`<p>A part that did not run is unknown: it counts as neither passed nor failed.</p><ul class="plain">${notRun.map(
      ({ what, why }) => html`<li class="error"><strong>${what}</strong>: ${why}</li>`,
    )}</ul>`,
  );
}
