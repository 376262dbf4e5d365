import type { AnswerDifference, ComparedAnswer, ComparedStep, Comparison, JudgedTime, MovedCount } from '#run-document';
import { libsolvName } from './libsolv.js';
import { bytes, count, counted, fixed, listed } from './numbers.js';

/** `+1.20 %`, `−0.30 %`, `±0 %`, `< 0.01 % less`: what b is beyond a. What is not zero is never shown as zero. */
export function change({ a, b }: Pick<MovedCount, 'a' | 'b'>): string {
  if (a === b) return '\u00b10 %';
  if (a === 0) return `+${count(b)}`;
  const percents = (100 * (b - a)) / a;
  const size = Math.abs(percents);
  if (size < 0.01) return `< 0.01 % ${percents < 0 ? 'less' : 'more'}`;
  return `${percents < 0 ? '\u2212' : '+'}${fixed(size, size < 10 ? 2 : 0)} %`;
}

const metricNames: Readonly<Record<string, string>> = {
  rulesTotal: 'rules',
  heapBytesMax: 'heap',
  steps: 'steps',
  downloadBytes: 'download',
  installedBytesChange: 'installed size',
};

/** `work of solve`, `rules`, `heap`. */
export function metricName(metric: string): string {
  const [group = '', part] = metric.split('.');
  if (part === undefined) return metricNames[metric] ?? metric;
  return group === 'work' ? `work of ${part}` : `rules of ${part}`;
}

export function metricValue(metric: string, value: number): string {
  return /Bytes/.test(metric) ? bytes(value) : count(value);
}

const sideWords = {
  libsolv: 'libsolv',
  commit: '',
  design: 'design',
  repository: 'repository',
} as const;

/** `libsolv 0.7.40 against 0.7.32`: the second is judged, the first is what it is held against. */
export function comparisonTitle({ of, a, b }: Comparison): string {
  const [one, other] = of === 'libsolv' ? [libsolvName(a.libsolv), libsolvName(b.libsolv)] : [a.name, b.name];
  return `${sideWords[of]} ${other} against ${one}`.trim();
}

/** `317 requests of 70 scenarios`. Of repositories there are no scenarios. */
export function comparisonExtent({ of, steps }: Pick<Comparison, 'of' | 'steps'>): string {
  if (of === 'repository') return counted(steps.length, 'request');
  const scenarios = new Set(steps.map(({ scenario }) => scenario)).size;
  return `${counted(steps.length, 'request')} of ${counted(scenarios, 'scenario')}`;
}

export function stepName({ scenario, step }: Pick<ComparedStep, 'scenario' | 'step'>): string {
  return scenario === '' ? step : `${scenario}: ${step}`;
}

/** So many names of a list are said. */
const namesMax = 3;

/** What of an answer differs, a line each. */
export function answerLines(answer: ComparedAnswer): string[] {
  switch (answer.state) {
    case 'same':
      return [];
    case 'missing':
      return [
        ...(answer.a === null ? [] : [`the first has no answer: ${answer.a}`]),
        ...(answer.b === null ? [] : [`the second has no answer: ${answer.b}`]),
      ];
    case 'differs':
      return answer.differences.map(differenceText);
  }
}

const aspectWords = {
  transaction: 'transaction',
  problems: 'problems',
  recommendedNotInstalled: 'recommended and not installed',
  orphaned: 'orphaned',
  unknown: 'names that nothing answers to',
} as const;

function differenceText(difference: AnswerDifference): string {
  switch (difference.aspect) {
    case 'outcome':
      return `outcome: ${difference.a}, now ${difference.b}`;
    case 'order':
      return `order: the same steps, but step ${count(difference.from + 1)} was ${difference.a} and is ${difference.b}`;
    case 'decisions':
      return `decisions: ${count(difference.a)}, now ${count(difference.b)}`;
    default: {
      const { onlyA, onlyB } = difference;
      const parts = [
        ...(onlyA.total === 0 ? [] : [`no more ${listed(onlyA.first.slice(0, namesMax), namesMax, onlyA.total)}`]),
        ...(onlyB.total === 0 ? [] : [`now ${listed(onlyB.first.slice(0, namesMax), namesMax, onlyB.total)}`]),
      ];
      return `${aspectWords[difference.aspect]}: ${parts.join('; ')}`;
    }
  }
}

/** Whether two answers come to another end; a solver that only takes another number of decisions answers the same. */
export function endsDifferently({ answer }: Pick<ComparedStep, 'answer'>): boolean {
  if (answer.state === 'differs') return answer.differences.some(({ aspect }) => aspect !== 'decisions');
  return answer.state === 'missing';
}

const judgementWords = { same: 'same', faster: 'faster', slower: 'SLOWER', unknown: 'cannot tell' } as const;

/** `faster`, `cannot tell: 24 pairs would`. */
export function judgementText({ judgement, pairsToTell }: Pick<JudgedTime, 'judgement' | 'pairsToTell'>): string {
  const word = judgementWords[judgement];
  if (judgement !== 'unknown') return word;
  return pairsToTell === null ? `${word}` : `${word}; ${count(pairsToTell)} pairs might`;
}

/** `× 0.93 (0.91 to 0.95)`. */
export function ratioText({ ratio, low, high }: Pick<JudgedTime, 'ratio' | 'low' | 'high'>): string {
  return `\u00d7 ${fixed(ratio, 3)} (${fixed(low, 3)} to ${fixed(high, 3)})`;
}

/** How time was taken, in one sentence. */
export function timingSentence({ clock, pairs, margin, confidence }: NonNullable<Comparison['timing']>): string {
  const of = clock === 'threadCpu' ? 'the thread' : 'the process';
  return `Processor time of ${of}, ${counted(pairs, 'pair')} in turns in one process; ratios within ${fixed(100 * margin, 1)} % either way are the same, intervals hold ${fixed(100 * confidence, 0)} %.`;
}

/** The phases of single requests that are called different, the largest change first. */
export function movedTimes({
  steps,
}: Pick<Comparison, 'steps'>): { readonly step: ComparedStep; readonly time: JudgedTime }[] {
  return steps
    .flatMap((step) => step.times.map((time) => ({ step, time })))
    .filter(({ time }) => time.judgement === 'faster' || time.judgement === 'slower')
    .sort((one, other) => Math.abs(Math.log(other.time.ratio)) - Math.abs(Math.log(one.time.ratio)));
}
