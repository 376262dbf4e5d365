import { type Html, html, nothing } from '../html.js';
import { linked, type Place } from '../site/place.js';
import type { Badge } from '../view/badge.js';
import type { KeyFigure } from '../view/key-figure.js';
import type { ListView } from '../view/outcome.js';

export function badge({ tone, sign, text }: Badge): Html {
  return html`<span class="badge ${tone}"><span aria-hidden="true">${sign}</span> ${text}</span>`;
}

/** A table whose columns after the first ones hold numbers. Wide ones scroll inside their own box, never the page. */
export function table(
  caption: string,
  columns: readonly (string | Html)[],
  rows: readonly (readonly (string | Html)[])[],
  textColumns = 1,
): Html {
  const head = columns.map((column, index) =>
    column === '' ? html`<td></td>` : html`<th scope="col" class="${alignment(index, textColumns)}">${column}</th>`,
  );
  const body = rows.map((row) => html`<tr>${row.map((cell, index) => tableCell(cell, index, textColumns))}</tr>`);
  return scrolling(
    caption,
    html`<table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`,
  );
}

function tableCell(cell: string | Html, index: number, textColumns: number): Html {
  return index === 0
    ? html`<th scope="row">${cell}</th>`
    : html`<td class="${alignment(index, textColumns)}">${cell}</td>`;
}

function alignment(index: number, textColumns: number): string {
  return index < textColumns ? 'text' : 'number';
}

/** A box that scrolls sideways, reachable by keyboard; its edges are shaded where something lies beyond. */
export function scrolling(name: string, content: Html): Html {
  return html`<div class="scroll" role="group" aria-label="${name}" tabindex="0">${content}</div>`;
}

export function figure(name: string, chart: Html, reading: string | Html): Html {
  return html`<figure>${scrolling(name, html`<div class="chart">${chart}</div>`)}<figcaption>${reading}</figcaption></figure>`;
}

export function details(summary: string | Html, content: Html, open = false): Html {
  return html`<details${open ? html` open` : nothing}><summary>${summary}</summary><div class="inside">${content}</div></details>`;
}

export function listDetails({ summary, items, more }: ListView, place: Place): Html {
  const entries = items.map(({ text, to }) => html`<li>${linked(place, to, text)}</li>`);
  return details(
    summary,
    html`<ol class="names" tabindex="0">${entries}</ol>${more === '' ? nothing : html`<p class="muted">${more}</p>`}`,
  );
}

export interface FactRow {
  readonly name: string;
  readonly value: string | Html;
}

export function facts(list: readonly FactRow[], className = ''): Html {
  return html`<dl class="facts ${className}">${list.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function keyFigures(figures: readonly KeyFigure[]): Html {
  return html`<dl class="figures">${figures.map(
    ({ value, label, detail }) =>
      html`<div><dt>${label}</dt><dd><span class="value">${value}</span><span class="detail">${detail}</span></dd></div>`,
  )}</dl>`;
}

export function section(place: Place, anchor: string, title: string, content: Html): Html {
  const id = place.id(anchor);
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${content}</section>`;
}

/** `Data: CSV, JSON`: the numbers of a chart or table as files beside the report. */
export function dataLinks(place: Place, name: string): Html {
  const [csv, json] = [place.file(`data/${name}.csv`), place.file(`data/${name}.json`)];
  if (csv === null || json === null) return nothing;
  return html`<p class="data">Data: <a href="${csv}">${name}.csv</a> <a href="${json}">${name}.json</a></p>`;
}
