import { type Html, html, nothing } from '../html.js';
import type { Badge } from '../view/badge.js';
import type { ListView } from '../view/outcome.js';
import type { KeyFigure } from '../view/verdict.js';

export function badge({ tone, sign, text }: Badge): Html {
  return html`<span class="badge ${tone}"><span aria-hidden="true">${sign}</span> ${text}</span>`;
}

/** A table whose columns after the first ones hold numbers. Wide ones scroll inside their own box, never the page. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly (string | Html)[])[],
  textColumns = 1,
): Html {
  const head = columns.map(
    (column, index) => html`<th scope="col" class="${alignment(index, textColumns)}">${column}</th>`,
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

/** A box that scrolls sideways, reachable by keyboard. */
export function scrolling(name: string, content: Html): Html {
  return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0">${content}</div>`;
}

export function figure(name: string, chart: Html, reading: string): Html {
  return html`<figure>${scrolling(name, html`<div class="chart">${chart}</div>`)}<figcaption>${reading}</figcaption></figure>`;
}

export function details(summary: string | Html, content: Html, open = false): Html {
  return html`<details${open ? html` open` : nothing}><summary>${summary}</summary><div class="inside">${content}</div></details>`;
}

export function listDetails({ summary, items, more }: ListView): Html {
  const entries = items.map((item) => html`<li>${item}</li>`);
  return details(
    summary,
    html`<ol class="names" tabindex="0">${entries}</ol>${more === '' ? nothing : html`<p class="muted">${more}</p>`}`,
  );
}

export function facts(list: readonly { readonly name: string; readonly value: string }[], className = ''): Html {
  return html`<dl class="facts ${className}">${list.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export function keyFigures(figures: readonly KeyFigure[]): Html {
  return html`<dl class="figures">${figures.map(
    ({ value, label, detail }) =>
      html`<div><dt>${label}</dt><dd><span class="value">${value}</span><span class="detail">${detail}</span></dd></div>`,
  )}</dl>`;
}

export function section(anchor: string, title: string, content: Html): Html {
  return html`<section id="${anchor}" aria-labelledby="${anchor}-title"><h2 id="${anchor}-title">${title}</h2>${content}</section>`;
}
