import type { ComparedStep, Comparison, JudgedTime, TimeJudgement } from '#run-document';
import {
  answerLines,
  change,
  comparisonExtent,
  comparisonTitle,
  count,
  counted,
  endsDifferently,
  fixed,
  judgementText,
  libsolvName,
  metricName,
  metricValue,
  movedTimes,
  ratioText,
  stepName,
  timingSentence,
} from '#tell';
import { type Html, html, jsonForScript, nothing } from './html.js';
import { alone } from './site/place.js';
import { pageTemplate } from './template/page.js';
import { badge, details, section, table } from './template/parts.js';
import type { Badge } from './view/badge.js';

/** So many rows of a kind stand open; the rest is folded. */
const openMax = 12;

/** A comparison as one page: what moved first, deltas signed, the rest folded. */
export function renderComparisonPage(comparison: Comparison): string {
  const parts = [
    { anchor: 'answers', text: 'Answers', section: answersSection(comparison) },
    { anchor: 'counts', text: 'Exact counts', section: countsSection(comparison) },
    { anchor: 'time', text: 'Time', section: timeSection(comparison) },
    { anchor: 'how', text: 'How', section: methodSection(comparison) },
  ];
  return pageTemplate({
    title: comparisonTitle(comparison),
    navigation: [{ anchor: 'verdict', text: 'Summary' }, ...parts].map(({ anchor, text }) => ({
      href: `#${anchor}`,
      text,
    })),
    header: header(comparison),
    sections: parts.map((part) => part.section),
    figures: jsonForScript({ ...comparison, steps: comparison.steps.map(({ samples: _raw, ...step }) => step) }),
    footer: html`<span class="mono">kmplab compare --json</span> prints every number behind this page, and every sample.`,
  });
}

function header(comparison: Comparison): Html {
  const { steps, timing, notCompared } = comparison;
  const other = steps.filter(endsDifferently).length;
  const slower = timing?.phases.filter(({ judgement }) => judgement === 'slower').length ?? 0;
  const answers: Badge =
    other === 0
      ? { tone: 'good', sign: '=', text: 'The answers are the same' }
      : { tone: 'bad', sign: '\u2260', text: `${counted(other, 'request')} answered differently` };
  const time: Badge[] =
    slower === 0 ? [] : [{ tone: 'bad', sign: '\u2191', text: `${counted(slower, 'phase')} slower` }];
  return html`<header id="verdict">
<p class="eyebrow">kmplab compare</p>
<h1>${comparisonTitle(comparison)}</h1>
<p class="state">${[answers, ...time].map(badge)}</p>
<div class="sentences"><p>${comparisonExtent(comparison)}.</p>${notCompared.map(
    ({ what, why }) => html`<p>Not compared: ${what}: ${why.split('\n')[0] ?? ''}</p>`,
  )}</div>
</header>`;
}

function answersSection({ steps }: Comparison): Html {
  const other = steps.filter(endsDifferently);
  const ways = steps.filter((step) => step.answer.state === 'differs' && !endsDifferently(step));
  return section(
    alone,
    'answers',
    'Answers',
    html`${
      other.length === 0
        ? html`<p>Transactions, their order and problems are the same for every request.</p>`
        : folded('More requests answered differently', other.map(answerHtml))
    }${
      ways.length === 0
        ? nothing
        : details(
            `${counted(ways.length, 'request')} came to the same with another number of decisions`,
            html`${ways.map(answerHtml)}`,
          )
    }`,
  );
}

function answerHtml(step: ComparedStep): Html {
  return html`<p><strong>${stepName(step)}</strong> <span class="mono">${step.request}</span></p><ul>${answerLines(
    step.answer,
  ).map((line) => html`<li>${line}</li>`)}</ul>`;
}

/** The first ones open, the others folded. */
function folded(summary: string, parts: readonly Html[]): Html {
  const more = parts.slice(openMax);
  return html`${parts.slice(0, openMax)}${more.length === 0 ? nothing : details(`${summary}: ${count(more.length)}`, html`${more}`)}`;
}

function countsSection({ steps, totals }: Comparison): Html {
  const moved = totals.filter(({ a, b }) => a !== b);
  const same = totals.filter(({ a, b }) => a === b);
  const requests = steps.filter((step) => step.moved.length > 0);
  const row = (metric: string, a: number, b: number): string[] => [
    metricName(metric),
    metricValue(metric, a),
    metricValue(metric, b),
    change({ a, b }),
  ];
  const columns = ['Sum over all requests', 'First', 'Second', 'Change'];
  return section(
    alone,
    'counts',
    'Exact counts',
    html`<p class="lead">The same on every machine. ${
      requests.length === 0 ? 'None differs.' : `${counted(requests.length, 'request')} moved.`
    }</p>${
      moved.length === 0
        ? nothing
        : table(
            'Sums that moved',
            columns,
            [...moved]
              .sort((one, other) => relative(other) - relative(one))
              .map(({ metric, a, b }) => row(metric, a, b)),
          )
    }${
      requests.length === 0
        ? nothing
        : details(
            'Every count that moved, request by request',
            table(
              'Counts that moved',
              ['Request', 'Count', 'First', 'Second', 'Change'],
              requests.flatMap((step) => step.moved.map(({ metric, a, b }) => [stepName(step), ...row(metric, a, b)])),
              2,
            ),
          )
    }${
      same.length === 0
        ? nothing
        : details(
            `${counted(same.length, 'sum')} the same`,
            table(
              'Sums that are the same',
              columns,
              same.map(({ metric, a, b }) => row(metric, a, b)),
            ),
          )
    }`,
  );
}

function relative({ a, b }: { readonly a: number; readonly b: number }): number {
  return a === 0 ? Number.POSITIVE_INFINITY : Math.abs(b - a) / a;
}

function timeSection(comparison: Comparison): Html {
  const { timing, steps } = comparison;
  if (timing === null) return section(alone, 'time', 'Time', html`<p>No time was taken.</p>`);
  const moved = movedTimes(comparison);
  const others = steps.flatMap((step) =>
    step.times
      .filter(({ judgement }) => judgement === 'same' || judgement === 'unknown')
      .map((time) => ({ step, time })),
  );
  const columns = ['Request', 'Phase', 'First ms', 'Second ms', 'Ratio', 'Judged'];
  const rows = (list: typeof others): (string | Html)[][] =>
    list.map(({ step, time }) => [stepName(step), ...timeCells(time)]);
  return section(
    alone,
    'time',
    'Time',
    html`<p class="lead">${timingSentence(timing)}</p>${
      timing.phases.length === 0
        ? html`<p>No phase took long enough, often enough to be judged.</p>`
        : table(
            'Each phase over all requests: sums of medians, and the typical ratio',
            ['Phase', 'First ms', 'Second ms', 'Typical ratio', 'Judged'],
            timing.phases.map(timeCells),
          )
    }${moved.length === 0 ? nothing : table('Single requests that moved', columns, rows(moved.slice(0, openMax)), 2)}${
      moved.length > openMax
        ? details(
            `${counted(moved.length - openMax, 'more request')} moved`,
            table('More that moved', columns, rows(moved.slice(openMax)), 2),
          )
        : nothing
    }${
      others.length === 0
        ? nothing
        : details(
            `${counted(others.length, 'phase')} of single requests the same, or nobody can tell`,
            table('The others', columns, rows(others), 2),
          )
    }`,
  );
}

const tones: Readonly<Record<TimeJudgement, Pick<Badge, 'tone' | 'sign'>>> = {
  same: { tone: 'plain', sign: '=' },
  faster: { tone: 'good', sign: '\u2193' },
  slower: { tone: 'bad', sign: '\u2191' },
  unknown: { tone: 'unknown', sign: '?' },
};

function timeCells(time: JudgedTime): (string | Html)[] {
  const judged = badge({ ...tones[time.judgement], text: judgementText(time).toLowerCase() });
  return [time.phase, fixed(time.aMs, 2), fixed(time.bMs, 2), ratioText(time), judged];
}

function methodSection({ a, b, host, timing, seed }: Comparison): Html {
  const side = ({ name, libsolv, kmplab }: Comparison['a']): string[] => [
    name,
    libsolvName(libsolv),
    libsolv.moduleSha256.slice(0, 16),
    `${kmplab.version} ${kmplab.commit ?? ''}`.trim(),
  ];
  return section(
    alone,
    'how',
    'How',
    html`${table('The two sides', ['Side', 'libsolv', 'Module', 'kmplab'], [side(a), side(b)], 4)}
<p>Seed ${String(seed)}; Node.js ${host.node} on ${host.cpu}, ${counted(host.cores, 'processor')}.</p>${
      timing === null
        ? nothing
        : html`<p>A phase over all requests is judged by the geometric mean over the requests, of each the middle half of its paired ratios, and by Yuen's interval. A single request is called faster or slower only where its interval lies beyond the margin and the test survives the false discovery rate of ${fixed(100 * timing.falseDiscoveryRate, 0)} % over all of them.</p>`
    }`,
  );
}
