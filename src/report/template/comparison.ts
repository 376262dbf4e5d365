import { type Html, html, nothing } from '../html.js';
import { alone as place } from '../site/place.js';
import type { ComparisonView } from '../view/comparison.js';
import { badge, details, figure, section, table } from './parts.js';

export function comparisonHeader({ names, badge: state, sentences }: ComparisonView): Html {
  return html`<header id="verdict">
<p class="eyebrow">kmplab runs ${names.map((name, index) => html`${index === 0 ? '' : ' and '}<span class="mono">${name}</span>`)}</p>
<h1>What differs between two runs?</h1>
<p class="state">${badge(state)}</p>
<div class="sentences">${sentences.map((sentence) => html`<p>${sentence}</p>`)}</div>
</header>`;
}

export function movedTemplate({ moved, stayed, alone }: ComparisonView): Html {
  return section(
    place,
    'moved',
    'Exact values',
    html`${
      moved.length === 0
        ? nothing
        : html`<p>These are the same on every machine for the same input and the same libsolv. Each difference has a cause. The worst is first.</p>
${table('Values that moved', ['Request', 'Value', 'First', 'Second', 'Change'], moved, 2)}`
    }
<p class="muted">${stayed}</p>
${alone.length === 0 ? nothing : details('Requests that only one of the runs has', table('In one run alone', ['Run', 'Request'], alone, 2))}`,
  );
}

export function comparedTimesTemplate({ chart, times, steady, steadySummary }: ComparisonView, drawn: Html): Html {
  const columns = ['Request', 'Phase', 'First', 'Second', 'Ratio', 'Interval', 'Judgement'];
  const rows = (list: ComparisonView['times']) => list.map(({ cells, badge: state }) => [...cells, badge(state)]);
  const caption = 'Medians in milliseconds, and the ratio second to first with its 95 % interval';
  return section(
    place,
    'time',
    'Time',
    html`${times.length === 0 ? nothing : table(`Times that moved. ${caption}`, columns, rows(times), 2)}
${
  chart === null
    ? nothing
    : figure(
        chart.title,
        drawn,
        'How to read it: each dot is one sample, the bar across is their median; the second run stands below the first. The axis is logarithmic.',
      )
}
${details(steadySummary, table(caption, columns, rows(steady), 2))}
<p class="muted">A difference counts only when the whole interval lies more than five percent away from one.</p>`,
  );
}

export function comparedGrowthTemplate({ exponents }: ComparisonView): Html {
  return section(
    place,
    'growth',
    'Growth',
    table('Exponents', ['Question', 'Measure', 'First', 'Second'], exponents, 2),
  );
}

export function environmentsTemplate({ environments }: ComparisonView): Html {
  return section(
    place,
    'environment',
    'Environment',
    environments.length === 0
      ? html`<p>Both runs had the same machine, Node.js and libsolv.</p>`
      : table('What differs', ['', 'First', 'Second'], environments, 3),
  );
}
