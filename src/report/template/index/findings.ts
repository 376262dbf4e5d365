import { type Html, html, nothing } from '../../html.js';
import { linked, type Place } from '../../site/place.js';
import { slug } from '../../site/slugs.js';
import type { Filter, FindingRow, FindingsView } from '../../view/findings.js';
import { dataLinks, section } from '../parts.js';

/** The control of one value of a filter. */
const control = (filter: string, value: string): string => `only-${filter}-${slug(value)}`;

export function findingsTemplate({ groups, filters }: FindingsView, place: Place): Html {
  return section(
    place,
    'breaks',
    'What breaks',
    html`<p>Each row is a scenario in which some step breaks what a machine must keep. The request is that of its worst step.</p>
<div class="filters">${filters.map((filter) => filterTemplate(filter, place))}</div>
${groups.map((group) => groupTemplate(group, place))}
${dataLinks(place, 'findings')}`,
  );
}

/** Radio buttons and rules of the style sheet: a filter needs no script. */
function filterTemplate({ name, label, values }: Filter, place: Place): Html {
  const group = place.id(`only-${name}`);
  const option = (id: string, text: string, checked: boolean): Html =>
    html`<label><input type="radio" name="${group}" id="${id}"${checked ? html` checked` : nothing}> ${text}</label>`;
  return html`<fieldset><legend>${label}</legend>${option(group, 'all', true)}${values.map(({ value, text }) =>
    option(place.id(control(name, value)), text, false),
  )}</fieldset>`;
}

/** What a checked control hides. Values are slugs, so that none can end the rule. */
export function filterRules({ filters }: FindingsView, place: Place): string {
  return filters
    .flatMap(({ name, values }) =>
      values.map(
        ({ value }) =>
          `body:has([id="${place.id(control(name, value))}"]:checked) .finding:not([data-${name}~="${slug(value)}"]){display:none}`,
      ),
    )
    .join('\n');
}

function groupTemplate({ title, rows, whole }: FindingsView['groups'][number], place: Place): Html {
  const kept =
    whole.length === 0
      ? nothing
      : html`<p class="kept"><span class="good" aria-hidden="true">✓</span> Nothing breaks in ${joined(
          whole.map(({ name, at }) => linked(place, at, name)),
        )}.</p>`;
  return html`<h3>${title}</h3>${rows.length === 0 ? nothing : html`<ul class="findings">${rows.map((row) => rowTemplate(row, place))}</ul>`}${kept}`;
}

function joined(items: readonly Html[]): Html {
  return html`${items.map((item, index) => (index === 0 ? item : html`, ${item}`))}`;
}

function rowTemplate(row: FindingRow, place: Place): Html {
  const { filters } = row;
  const values = (list: readonly string[]): string => list.map(slug).join(' ');
  return html`<li class="finding" data-design="${values(filters.design)}" data-verb="${values(filters.verb)}" data-device="${values(filters.device)}" data-severity="${values(filters.severity)}"><div><span class="bad" aria-hidden="true">✗</span> ${linked(place, row.at, row.name)}${
    row.machines === '' ? nothing : html` <span class="muted">${row.machines} runs</span>`
  }${row.confirmed ? html` <span class="tag">confirmed by zypper</span>` : nothing}</div><div><code>${row.request}</code> <span class="muted">${row.design}</span></div><div>${row.broken.join('; ')}</div></li>`;
}
