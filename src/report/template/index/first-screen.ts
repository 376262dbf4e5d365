import { type Html, html, nothing } from '../../html.js';
import { indexPage, methodPage, searchPage } from '../../site/pages.js';
import { linked, type Place } from '../../site/place.js';
import { type MatrixView, matrixColumns, type SummaryView, shownDesigns } from '../../view/summary.js';
import { badge, scrolling } from '../parts.js';

/** What a design review reads first: an answer, what it is of, designs by what decides, risks, and apart the lab's own tests. */
export function firstScreen(view: SummaryView, place: Place, anchors: ReadonlySet<string>): Html {
  return html`<header class="first" id="${place.id('summary')}">
<p class="eyebrow">kmplab run <span class="mono">${view.name}</span></p>
<h1>Does kABI tracking scale?</h1>
<p class="headline">${view.headline}</p>
${stamp(view, place)}
<dl class="five">${view.answers.map(
    ({ question, answer, to }) =>
      html`<div><dt>${linked(place, anchors.has(to) ? { ...indexPage, anchor: to } : null, question)}</dt><dd>${answer}</dd></div>`,
  )}</dl>
${view.matrix === null ? nothing : matrix('Designs by what decides', view.matrix, place, shownDesigns)}
${risks(view, place)}
<p class="recorded">The lab’s own test: ${badge(view.badge)}. It says whether answers are those that were recorded, not whether they are good.${view.odd.map(({ name, at, badge: state }) => html` ${linked(place, at, name)} ${badge(state)}`)}</p>
</header>`;
}

function stamp({ stamp: facts }: SummaryView, place: Place): Html {
  const [run, designs] = [place.file('run.json'), place.file('data/designs.csv')];
  return html`<ul class="stamp">${facts.map(({ name, value }) => html`<li>${name} <b>${value}</b></li>`)}${
    run === null || designs === null
      ? nothing
      : html`<li><a href="${run}">run.json</a></li><li><a href="${designs}">designs.csv</a></li>`
  }<li><a href="${place.href(searchPage)}">scenario files</a></li></ul>`;
}

/** Headings lead to definitions, cells to the step that they are from. */
export function matrix(caption: string, { note, rows }: MatrixView, place: Place, max: number): Html {
  const groups = [...new Set(matrixColumns.map(({ group }) => group))].map((group) => ({
    group,
    columns: matrixColumns.filter((column) => column.group === group).length,
  }));
  const shown = rows.slice(0, max);
  const more = rows.length - shown.length;
  const head = matrixColumns.map(
    ({ name, metric }) =>
      html`<th scope="col" class="number"><a href="${place.href({ ...methodPage, anchor: metric })}">${name}</a></th>`,
  );
  const body = shown.map(
    ({ design, page, refused, cells }) =>
      html`<tr><th scope="row">${linked(place, page, design)}</th>${
        refused === ''
          ? cells.map(({ text, tone, at }) => html`<td class="number ${tone}">${linked(place, at, text)}</td>`)
          : html`<td class="text" colspan="${String(matrixColumns.length)}">${refused}</td>`
      }</tr>`,
  );
  const other =
    more > 0
      ? html` <a href="${place.href({ ...indexPage, anchor: 'designs' })}">${String(more)} more designs</a> are below.`
      : nothing;
  return html`<p class="note-of">${caption}. ${note}${other}</p>${scrolling(
    caption,
    html`<table class="matrix"><caption class="unseen">${caption}</caption><thead><tr><td></td>${groups.map(
      ({ group, columns }) => html`<th scope="colgroup" colspan="${String(columns)}">${group}</th>`,
    )}</tr><tr><th scope="col">Design</th>${head}</tr></thead><tbody>${body}</tbody></table>`,
  )}`;
}

function risks({ risks: list }: SummaryView, place: Place): Html {
  if (list.length === 0) return nothing;
  const items = list.map(
    ({ sentence, scenario, extent, at }) =>
      html`<li><span class="bad" aria-hidden="true">✗</span> ${sentence} <span class="muted">${linked(place, at, scenario)}, ${extent}</span></li>`,
  );
  return html`<h2 class="small">Risks</h2><ol class="risks">${items}</ol>`;
}
