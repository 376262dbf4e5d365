import { type Html, html, nothing } from '../html.js';
import type { Place } from '../site/place.js';
import { type HistoryView, type MachineView, machineColumns } from '../view/histories.js';
import type { ChartOf } from './measurements.js';
import { badge, dataLinks, details, figure, table } from './parts.js';

export function historyTemplate(view: HistoryView, chartOf: ChartOf, place: Place): Html {
  const { lead, error, claims, chart, reading, totals, builds, machines, rerun } = view;
  if (error.length > 0) {
    return html`<p>${lead}</p>${error.map((line) => html`<p class="mono">${line}</p>`)}`;
  }
  return html`<p class="headline">${lead}</p>
${claims.map(claimTemplate)}
${figure(chart.title, chartOf(chart.id), reading)}
${table('All machines together; per update: the middle one of all kernel updates on all machines; disk: the middle machine', totals.columns, totals.rows)}${dataLinks(place, 'history-totals')}
${details('Kernel modules built again, update by update', table('Kernel modules that the update makes a build service build again', builds.columns, builds.rows))}${dataLinks(place, 'history-builds')}
${details('Every machine, day by day', html`${machines.map(machineTemplate)}`)}${dataLinks(place, 'history-days')}
<p class="muted">Again: <span class="mono">${rerun}</span></p>`;
}

function claimTemplate({ claim, rows }: HistoryView['claims'][number]): Html {
  const entries = rows.map(
    ({ scheme, badge: verdict, sentence }) =>
      html`<li><p>${badge(verdict)} <span class="mono">${scheme}</span><br>${sentence}</p></li>`,
  );
  return html`<h2>${claim}</h2><ul class="plain">${entries}</ul>`;
}

function machineTemplate({ summary, rows }: MachineView): Html {
  return rows.length === 0 ? nothing : details(summary, table(summary, machineColumns, rows, 3));
}
