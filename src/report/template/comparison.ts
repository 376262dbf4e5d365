import { type Html, html, nothing } from '../html.js';
import type { ComparisonView } from '../view/comparison.js';
import { badge, figure, section, table } from './parts.js';

export function comparisonHeader({ names, badge: state, sentences }: ComparisonView): Html {
  return html`<header id="verdict">
<p class="eyebrow">kmplab runs ${names.map((name, index) => html`${index === 0 ? '' : ' and '}<span class="mono">${name}</span>`)}</p>
<h1>What differs between two runs?</h1>
<p class="state">${badge(state)}</p>
<div class="sentences">${sentences.map((sentence) => html`<p>${sentence}</p>`)}</div>
</header>`;
}

export function movedTemplate({ moved }: ComparisonView): Html {
  return section(
    'moved',
    'Exact values',
    moved.length === 0
      ? html`<p>Every outcome, counter and audit that both runs have is the same.</p>`
      : html`<p class="lead">These are the same on every machine for the same input and the same libsolv. Each difference has a cause.</p>
${table('Values that differ', ['Request', 'Value', 'First', 'Second'], moved, 2)}`,
  );
}

export function comparedTimesTemplate({ chart, times }: ComparisonView, drawn: Html): Html {
  const rows = times.map(({ cells, badge: state }) => [...cells, badge(state)]);
  return section(
    'time',
    'Time',
    html`${
      chart === null
        ? nothing
        : figure(
            chart.title,
            drawn,
            'How to read it: each dot is one sample, the bar across is their median; the second run stands below the first. The axis is logarithmic.',
          )
    }
${table('Medians in milliseconds, and the ratio second to first with its 95 % interval', ['Request', 'Phase', 'First', 'Second', 'Ratio', 'Interval', 'Judgement'], rows, 2)}
<p class="muted">A difference counts only when the whole interval lies more than five percent away from one.</p>`,
  );
}

export function comparedGrowthTemplate({ exponents }: ComparisonView): Html {
  return section('growth', 'Growth', table('Exponents', ['Question', 'Measure', 'First', 'Second'], exponents, 2));
}

export function environmentsTemplate({ environments }: ComparisonView): Html {
  return section(
    'environment',
    'Environment',
    environments.length === 0
      ? html`<p>Both runs had the same machine, Node.js and libsolv.</p>`
      : table('What differs', ['', 'First', 'Second'], environments, 3),
  );
}
