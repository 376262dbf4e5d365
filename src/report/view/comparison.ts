import type { Environment, PhaseSamples, RunDocument, StepResult } from '#run-document';
import { type Comparison, compareToThreshold, median, ratioOfMedians } from '#statistics';
import { count, counted, duration, fixed, libsolvName, tickDuration } from '#tell';
import type { SamplesChart } from '../charts/samples.js';
import type { Badge } from './badge.js';
import { measureName, phaseText, solverPhases } from './phases.js';

export interface ComparisonView {
  readonly names: readonly [string, string];
  readonly badge: Badge;
  readonly sentences: readonly string[];
  /** Exact values that differ, the worst first: where, which, first run, second run, by how much. */
  readonly moved: readonly (readonly string[])[];
  /** How many exact values are the same. */
  readonly stayed: string;
  /** Requests that only one of the runs has: which run, and the request. */
  readonly alone: readonly (readonly string[])[];
  readonly chart: SamplesChart | null;
  /** Times that moved, the largest factor first. */
  readonly times: readonly ComparedTime[];
  /** Those that did not, or of which nobody can say; folded. */
  readonly steady: readonly ComparedTime[];
  readonly steadySummary: string;
  readonly exponents: readonly (readonly string[])[];
  readonly environments: readonly (readonly string[])[];
}

export interface ComparedTime {
  readonly cells: readonly string[];
  readonly badge: Badge;
  /** How far from one, either way; null where there is no ratio that says so. */
  readonly factor: number | null;
}

/** Five percent either way is noise; the seed only draws the resamples of the interval. */
const noiseThreshold = 0.05;
const bootstrapSeed = 1;
/** Times that are listed without asking. */
const listedMax = 20;
/** Requests that a chart of two runs has room for. */
const chartedMax = 8;

/** The second run against the first. Exact values compare always; times are judged only where both runs had the same environment. */
export function comparisonView(a: RunDocument, b: RunDocument): ComparisonView {
  const steps = pairedSteps(a, b);
  const alone = lacking(a, b);
  const values = steps.flatMap(comparedValues);
  const moved = values.filter(({ before, after }) => before !== after).sort(worstFirst);
  const environments = environmentRows(a.environment, b.environment);
  const sameMachine = environments.length === 0;
  const times = steps.flatMap((step) => timeRows(step, sameMachine));
  const isMoved = ({ badge, factor }: ComparedTime): boolean =>
    sameMachine ? badge.text === 'faster' || badge.text === 'slower' : factor !== null && factor > shownFactor;
  const movedTimes = times.filter(isMoved).sort((x, y) => (y.factor ?? 0) - (x.factor ?? 0));
  const differ = moved.length + alone.length;
  return {
    names: [a.name, b.name],
    badge:
      differ === 0
        ? { tone: 'plain', sign: '=', text: 'No exact value differs' }
        : {
            tone: 'plain',
            sign: '\u2260',
            text: differ === 1 ? '1 exact value differs' : `${count(differ)} exact values differ`,
          },
    sentences: [
      sharedSentence(steps.length, alone.length),
      sameMachine
        ? 'Both runs had the same environment. They were not taken in turns, so a difference in time may still be the machine\u2019s.'
        : `The environments differ in ${environments.map(([name]) => name).join(', ')}: times are shown and not judged.`,
    ],
    moved: moved.map(({ request, name, before, after }) => [request, name, before, after, changeText(before, after)]),
    stayed: `${counted(values.length - moved.length, 'exact value')} of ${counted(steps.length, 'request')} stayed as they were.`,
    alone,
    chart: comparisonChart(
      steps.filter(({ name }) => times.some((time) => time.cells[0] === name && isMoved(time))).slice(0, chartedMax),
    ),
    times: movedTimes.slice(0, listedMax),
    steady: [...movedTimes.slice(listedMax), ...times.filter((time) => !isMoved(time))],
    steadySummary: `${counted(times.length - movedTimes.length, 'time')} of ${count(times.length)} did not move, or cannot be judged${movedTimes.length > listedMax ? `; ${count(movedTimes.length - listedMax)} more moved less than those above` : ''}`,
    exponents: exponentRows(a, b),
    environments,
  };
}

/** Between two machines a time is shown where it is this many times the other. */
const shownFactor = 1.5;

/** Two runs that share little say so: what follows is of the little alone. */
function sharedSentence(shared: number, alone: number): string {
  if (shared === 0) return 'The runs have no request in common: there is nothing to compare.';
  if (alone > shared)
    return `The runs share little: ${counted(shared, 'request')} ran in both, ${count(alone)} in one alone. What follows is of those in both.`;
  return `${counted(shared, 'request')} ran in both${alone === 0 ? '' : `, ${count(alone)} in one alone`}.`;
}

interface ComparedValue {
  readonly request: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

function numberIn(text: string): number {
  return Number(text.replaceAll(',', '').replace('\u2212', '-'));
}

/** `+1 (+0.0 %)`, `\u221212 (\u22123.1 %)`; nothing where a word changed. */
function changeText(before: string, after: string): string {
  const [from, to] = [numberIn(before), numberIn(after)];
  if (Number.isNaN(from) || Number.isNaN(to)) return '';
  const signed = (value: number, text: string): string => (value > 0 ? `+${text}` : text);
  const share = from === 0 ? '' : ` (${signed(to - from, fixed((100 * (to - from)) / Math.abs(from), 2))} %)`;
  return `${signed(to - from, count(to - from))}${share}`;
}

const weights: Readonly<Record<string, number>> = {
  outcome: 4,
  'devices driven at next boot': 3,
  violations: 3,
  'refused kernel modules': 2,
};

/** Other answers first, then what a machine loses, then numbers by how far they moved. */
function worstFirst(a: ComparedValue, b: ComparedValue): number {
  const weight = ({ name }: ComparedValue): number => weights[name] ?? 1;
  const far = ({ before, after }: ComparedValue): number => {
    const [from, to] = [numberIn(before), numberIn(after)];
    return Math.abs(to - from) / Math.max(1, Math.abs(from)) || 0;
  };
  return weight(b) - weight(a) || far(b) - far(a);
}

interface PairedStep {
  readonly name: string;
  readonly a: StepResult;
  readonly b: StepResult;
}

function pairedSteps(a: RunDocument, b: RunDocument): PairedStep[] {
  const others = new Map(namedSteps(b));
  return namedSteps(a).flatMap(([name, step]) => {
    const other = others.get(name);
    return other === undefined ? [] : [{ name, a: step, b: other }];
  });
}

function namedSteps({ scenarios }: RunDocument): [string, StepResult][] {
  return scenarios.flatMap(({ id, steps }) => steps.map((step): [string, StepResult] => [`${id}: ${step.name}`, step]));
}

/** Scenarios' steps that only one run has. */
function lacking(a: RunDocument, b: RunDocument): string[][] {
  const [inA, inB] = [namedSteps(a), namedSteps(b)].map((list) => new Set(list.map(([name]) => name)));
  const names = [...new Set([...(inA ?? []), ...(inB ?? [])])];
  return names
    .filter((name) => inA?.has(name) !== inB?.has(name))
    .map((name) => [inA?.has(name) ? 'first' : 'second', name]);
}

function comparedValues({ name: request, a, b }: PairedStep): ComparedValue[] {
  const [before, after] = [exactValues(a), exactValues(b)];
  return [...new Set([...before.keys(), ...after.keys()])].map((name) => ({
    request,
    name,
    before: before.get(name) ?? '\u2013',
    after: after.get(name) ?? '\u2013',
  }));
}

function exactValues({ outcome, counters, audit, violationsTotal }: StepResult): Map<string, string> {
  const { rules, work, ...numbers } = counters;
  const driven = audit.devices.filter(({ kernel, state }) => kernel === audit.nextBoot && state === 'driven').length;
  return new Map<string, string>([
    ['outcome', outcome.status],
    ...Object.entries(numbers).map(([key, value]): [string, string] => [key, count(value)]),
    ...Object.entries(rules).map(([key, value]): [string, string] => [`rules: ${key}`, count(value)]),
    ...Object.entries(work ?? {}).map(([key, value]): [string, string] => [`work: ${key}`, count(value)]),
    ['violations', count(violationsTotal)],
    ['devices driven at next boot', count(driven)],
    ['refused kernel modules', count(audit.kernels.reduce((sum, { refused }) => sum + refused, 0))],
  ]);
}

function samplesOf(step: StepResult, phase: PhaseSamples['phase']): readonly number[] {
  return step.phases.find((candidate) => candidate.phase === phase)?.samplesMs ?? [];
}

function comparisonChart(steps: readonly PairedStep[]): SamplesChart | null {
  const groups = solverPhases.flatMap((phase) => {
    const rows = steps.flatMap(({ name, a, b }) =>
      [
        { label: `${name}, first`, samplesMs: samplesOf(a, phase) },
        { label: `${name}, second`, samplesMs: samplesOf(b, phase) },
      ].filter(({ samplesMs }) => samplesMs.length > 0),
    );
    const measured = rows.map((row) => {
      const medianMs = median(row.samplesMs);
      return { ...row, medianMs, value: duration(medianMs) };
    });
    return measured.length === 0 ? [] : [{ label: phaseText[phase].name, rows: measured }];
  });
  if (groups.length === 0) return null;
  return {
    id: 'chart-comparison',
    title: 'Time by phase in both runs, every sample',
    description: 'Raw samples of each request on a logarithmic axis, first and second run below each other.',
    tickText: tickDuration,
    groups,
  };
}

function timeRows({ name, a, b }: PairedStep, sameMachine: boolean): ComparedTime[] {
  return solverPhases.flatMap((phase) => {
    const [before, after] = [samplesOf(a, phase), samplesOf(b, phase)];
    if (before.length === 0 && after.length === 0) return [];
    const estimate = ratioOfMedians(before, after, { seed: bootstrapSeed });
    const comparison = sameMachine ? compareToThreshold(estimate, noiseThreshold) : null;
    return [
      {
        cells: [
          name,
          phaseText[phase].name,
          medianText(before),
          medianText(after),
          estimate.state === 'estimated' ? `\u00d7 ${fixed(estimate.ratio, 2)}` : '\u2013',
          estimate.state === 'estimated' ? `${fixed(estimate.low, 2)} to ${fixed(estimate.high, 2)}` : estimate.why,
        ],
        badge: comparisonBadge(comparison),
        // One that may lie on either side of one says nothing.
        factor:
          estimate.state === 'estimated' && (estimate.low > 1 || estimate.high < 1)
            ? Math.max(estimate.ratio, 1 / estimate.ratio)
            : null,
      },
    ];
  });
}

function medianText(samplesMs: readonly number[]): string {
  return samplesMs.length === 0 ? '\u2013' : fixed(median(samplesMs), 2);
}

function comparisonBadge(comparison: Comparison | null): Badge {
  switch (comparison) {
    case 'faster':
      return { tone: 'plain', sign: '\u2193', text: 'faster' };
    case 'slower':
      return { tone: 'plain', sign: '\u2191', text: 'slower' };
    case 'indistinguishable':
      return { tone: 'plain', sign: '=', text: 'within noise' };
    case 'unknown':
      return { tone: 'plain', sign: '?', text: 'too few samples' };
    case null:
      return { tone: 'plain', sign: '?', text: 'not judged' };
  }
}

function exponentRows(a: RunDocument, b: RunDocument): string[][] {
  return a.growth.flatMap((series) => {
    const other = b.growth.find(({ name }) => name === series.name);
    return series.fits.flatMap((fit) => {
      const there = other?.fits.find(({ of, by }) => of === fit.of && by === fit.by);
      return there === undefined
        ? []
        : [[series.question, `${measureName(fit.of)}, ${fit.by}`, fixed(fit.exponent, 2), fixed(there.exponent, 2)]];
    });
  });
}

function environmentRows(a: Environment, b: Environment): string[][] {
  const facts = ({ kmplab, libsolv, ...host }: Environment): [string, string][] => [
    ...Object.entries(host).map(([key, value]): [string, string] => [key, String(value)]),
    ['kmplab', `${kmplab.version} ${kmplab.commit ?? ''}`.trim()],
    ['libsolv', `${libsolvName(libsolv)} ${libsolv.build} ${libsolv.emcc}`],
    ['WebAssembly module', libsolv.moduleSha256],
  ];
  const others = new Map(facts(b));
  return facts(a)
    .map(([name, value]) => [name, value, others.get(name) ?? '\u2013'])
    .filter(([, one, other]) => one !== other);
}
