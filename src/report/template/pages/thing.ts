import { type Html, html, nothing } from '../../html.js';
import { linked, type Place } from '../../site/place.js';
import type { Cell, ThingFact, ThingSection, ThingTable, ThingView } from '../../view/things/thing.js';
import { dataLinks, details, facts, section, table } from '../parts.js';

export function thingHeader({ kind, title, lead, facts: list }: ThingView, place: Place): Html {
  return html`<header><p class="eyebrow">${kind}</p><h1 class="mono">${title}</h1>${lead === '' ? nothing : html`<p class="headline">${lead}</p>`}
${list.length === 0 ? nothing : factList(list, place)}</header>`;
}

export function thingSection(view: ThingSection, place: Place): Html {
  return section(
    place,
    view.anchor,
    view.title,
    html`${view.sentences.map((text) => html`<p>${text}</p>`)}${view.facts.length === 0 ? nothing : factList(view.facts, place)}${
      view.command === '' ? nothing : html`<p class="rerun">Run it alone: <code>${view.command}</code></p>`
    }${view.tables.map((one) => thingTable(one, place))}`,
  );
}

function factList(list: readonly ThingFact[], place: Place): Html {
  return facts(
    list.map(({ name, cells }) => ({
      name,
      value: html`${cells.map((cell, nth) => html`${nth === 0 ? '' : ', '}${told(cell, place)}`)}`,
    })),
  );
}

function thingTable({ caption, columns, rows, textColumns, data, shownMax, folded }: ThingTable, place: Place): Html {
  const drawn = table(
    caption,
    columns,
    rows.slice(0, shownMax).map((row) => row.map((cell) => told(cell, place))),
    textColumns,
  );
  const all = html`${drawn}${dataLinks(place, data)}`;
  return folded === true ? details(caption, all) : all;
}

function told({ text, to }: Cell, place: Place): Html {
  return linked(place, to, text);
}
