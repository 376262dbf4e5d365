import { type Html, html } from '../html.js';
import type { VerdictView } from '../view/verdict.js';
import { badge, keyFigures, table } from './parts.js';

export function verdictTemplate({ name, badge: state, sentences, figures, promises, answers }: VerdictView): Html {
  return html`<header id="verdict">
<p class="eyebrow">kmplab run <span class="mono">${name}</span></p>
<h1>Does kABI tracking scale?</h1>
<p class="state">${badge(state)}</p>
<div class="sentences">${sentences.map((sentence) => html`<p>${sentence}</p>`)}</div>
${keyFigures(figures)}
${promises.map(({ caption, columns, rows }) => table(caption, columns, rows))}
<ul class="answers">${answers.map(
    ({ anchor, id, badge: state, question, request, results }) =>
      html`<li><p><span class="mono">${id}</span> ${badge(state)}</p><div><p><a href="#${anchor}">${question}</a></p>
<p class="result"><code>${request}</code> ${results.map(badge)}</p></div></li>`,
  )}</ul>
</header>`;
}
