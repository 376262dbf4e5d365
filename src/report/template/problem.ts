import { type Html, html, nothing } from '../html.js';
import type { KabiRow, ProblemView, ReasonView, SolutionView } from '../view/problem.js';
import { badge, details, table } from './parts.js';

export function problemTemplate(view: ProblemView): Html {
  const { cause, kabiSentences, kabi, tree, treeOpen, solutions, rulesSummary, rules } = view;
  const ruleRows = rules.map(({ type, source, target, dependency }) => [
    type,
    html`<span class="mono">${source}</span>`,
    html`<span class="mono">${dependency}</span>`,
    html`<span class="mono">${target}</span>`,
  ]);
  return html`<div class="problem">
<p class="cause">${cause}</p>
${kabiSentences.map((sentence) => html`<p>${sentence}</p>`)}
${details('Who asked, and what stands against it', reasonTree(tree), treeOpen)}
${kabi.length === 0 ? nothing : details('Symbols that changed, by kernel', kabiTable(kabi))}
${solutions.length === 0 ? nothing : html`<p class="muted">Ways out, and what each would do:</p><ol class="solutions">${solutions.map(solution)}</ol>`}
${details(rulesSummary, table('Rules', ['Rule', 'Source', 'Dependency', 'Target'], ruleRows, 4))}
</div>`;
}

/** Statements as a list in a list: what stands below is why. A document holds no explanation deeper than `depthMax`. */
export function reasonTree(reasons: readonly ReasonView[]): Html {
  return html`<ul class="tree">${reasons.map(branch)}</ul>`;
}

function branch({ text, because }: ReasonView): Html {
  return html`<li><span>${text}</span>${because.length === 0 ? nothing : html`<ul>${because.map(branch)}</ul>`}</li>`;
}

function kabiTable(rows: readonly KabiRow[]): Html {
  return table(
    'Imports that a kernel does not meet',
    ['Package', 'Kernel', 'First symbols: compiled against, found', 'Changed', 'Exported by nothing'],
    rows.map(({ package: owner, kernel, changed, missing, examples }) => [
      html`<span class="mono">${owner}</span>`,
      html`<span class="mono">${kernel}</span>`,
      html`<span class="mono">${examples}</span>`,
      changed,
      missing,
    ]),
    3,
  );
}

function solution({ title, steps, more, devices }: SolutionView): Html {
  return html`<li><p>${title}</p>${steps.length === 0 ? nothing : html`<ul class="names">${steps.map((step) => html`<li>${step}</li>`)}</ul>`}${
    more === '' ? nothing : html`<p class="muted">${more}</p>`
  }${devices === null ? nothing : html`<p>${badge(devices)}</p>`}</li>`;
}
