import { type Html, html, nothing } from '../html.js';
import type { MachineCell, MachineTable, SchemesView } from '../view/schemes.js';
import type { ChartOf } from './measurements.js';
import { badge, details, figure, section, table } from './parts.js';

export function schemesTemplate(view: SchemesView, chartOf: ChartOf): Html {
  const { chart, updates } = view;
  return section(
    'schemes',
    'Schemes compared',
    html`<p class="lead">${view.lead}</p>
${figure(chart.title, chartOf(chart.id), view.reading)}
${table(
  `A repository of ${view.sizesOf}`,
  ['Scheme', 'Packages', 'Dependencies', 'primary.xml', 'gzip', 'zstd', '.solv'],
  view.sizes,
)}
${
  updates.columns.length === 0
    ? nothing
    : table(
        'Packages rebuilt per update: those that the newer kernel cannot take over from the older one',
        ['Scheme', ...updates.columns],
        updates.rows.map((cells) =>
          cells.map(
            ({ text, detail }) => html`${text}${detail === '' ? nothing : html`<span class="sub">${detail}</span>`}`,
          ),
        ),
      )
}
${view.machines.map(machineTable)}
${view.steps.map(({ caption, columns, rows }) => details(caption, table(caption, columns, rows, 2)))}`,
  );
}

function machineTable({ caption, schemes, rows }: MachineTable): Html {
  return table(
    `${caption}: download, bytes on disk, devices with a driver at the next boot`,
    ['Machine', ...schemes],
    rows.map(({ hardware, cells }) => [hardware, ...cells.map(machineCell)]),
  );
}

function machineCell(cell: MachineCell | null): Html {
  if (cell === null) return html`\u2013`;
  const { download, installed, badge: state } = cell;
  return html`${download}<span class="sub">${installed}</span>${badge(state)}`;
}
