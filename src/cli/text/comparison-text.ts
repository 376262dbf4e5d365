import type { Comparison } from '#run-document';
import {
  answerLines,
  change,
  comparisonExtent,
  comparisonTitle,
  counted,
  endsDifferently,
  fixed,
  judgementText,
  metricName,
  metricValue,
  movedTimes,
  ratioText,
  stepName,
  timingSentence,
} from '#tell';
import { textTable } from './text-table.js';

/** A terminal shows so many requests of a kind; the rest is in --json and on the page. */
const rowsMax = 8;
/** A column's head is no longer than this. */
const nameMax = 24;

/** What moved between two sides, on one screen: answers, exact counts, time. */
export function comparisonText(comparison: Comparison): string {
  return [
    `${comparisonTitle(comparison)}: ${comparisonExtent(comparison)}`,
    '',
    ...answersText(comparison),
    ...countsText(comparison),
    ...timesText(comparison),
    ...comparison.notCompared.map(({ what, why }) => `not compared: ${what}: ${why.split('\n')[0] ?? ''}`),
    '',
  ].join('\n');
}

function answersText({ steps }: Comparison): string[] {
  const other = steps.filter(endsDifferently);
  const ways = steps.filter((step) => step.answer.state === 'differs' && !endsDifferently(step)).length;
  const same = ways === 0 ? '' : `; ${counted(ways, 'request')} came to the same with another number of decisions`;
  if (other.length === 0) return [`answers: the same everywhere${same}`, ''];
  return [
    `answers: ${counted(other.length, 'request')} differ${other.length === 1 ? 's' : ''}${same}`,
    ...other
      .slice(0, rowsMax)
      .flatMap((step) => [
        step.scenario === '' ? `  ${step.request}` : `  ${stepName(step)}  (${step.request})`,
        ...answerLines(step.answer).map((line) => `    ${line}`),
      ]),
    ...more(other.length),
    '',
  ];
}

/** Names of the two columns. A path would be wider than what stands below. */
function sideNames({ a, b }: Comparison): [string, string] {
  return a.name === b.name || Math.max(a.name.length, b.name.length) > nameMax ? ['first', 'second'] : [a.name, b.name];
}

function countsText(comparison: Comparison): string[] {
  const { steps, totals } = comparison;
  const moved = totals.filter(({ a, b }) => a !== b);
  const requests = steps.filter((step) => step.moved.length > 0).length;
  if (requests === 0) return ['exact counts: the same everywhere', ''];
  return [
    `exact counts: ${counted(requests, 'request')} moved${moved.length === 0 ? ', no sum did' : ''}`,
    ...(moved.length === 0
      ? []
      : [
          textTable(
            ['sum over all requests', ...sideNames(comparison), 'change'],
            moved.map(({ metric, a, b }) => [
              metricName(metric),
              metricValue(metric, a),
              metricValue(metric, b),
              change({ a, b }),
            ]),
          ),
        ]),
    '',
  ];
}

function timesText(comparison: Comparison): string[] {
  const { timing } = comparison;
  if (timing === null) return ['time: not taken', ''];
  const moved = movedTimes(comparison);
  return [
    `time: ${timingSentence(timing)}`,
    ...(timing.phases.length === 0
      ? ['  no phase took long enough, often enough to be judged']
      : [
          textTable(
            ['phase', ...sideNames(comparison).map((name) => `${name}, ms`), 'typical ratio', 'judged'],
            timing.phases.map((time) => [
              time.phase,
              fixed(time.aMs, 1),
              fixed(time.bMs, 1),
              ratioText(time),
              judgementText(time),
            ]),
          ),
        ]),
    ...(moved.length === 0 ? [] : ['  single requests:']),
    ...moved
      .slice(0, rowsMax)
      .map(({ step, time }) => `    ${judgementText(time)}  ${time.phase} of ${stepName(step)}  ${ratioText(time)}`),
    ...more(moved.length),
    '',
  ];
}

function more(total: number): string[] {
  return total > rowsMax ? [`    and ${total - rowsMax} more, see --json or --html`] : [];
}
