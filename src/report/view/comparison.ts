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
  /** Exact values that differ: where, which, first run, second run. */
  readonly moved: readonly (readonly string[])[];
  readonly chart: SamplesChart | null;
  readonly times: readonly { readonly cells: readonly string[]; readonly badge: Badge }[];
  readonly exponents: readonly (readonly string[])[];
  readonly environments: readonly (readonly string[])[];
}

/** Five percent either way is noise; the seed only draws the resamples of the interval. */
const noiseThreshold = 0.05;
const bootstrapSeed = 1;

/** The second run against the first. Exact values compare always; times only where both runs had the same environment. */
export function comparisonView(a: RunDocument, b: RunDocument): ComparisonView {
  const steps = pairedSteps(a, b);
  const moved = [...lacking(a, b), ...steps.flatMap(movedCounters)];
  const environments = environmentRows(a.environment, b.environment);
  const sameMachine = environments.length === 0;
  return {
    names: [a.name, b.name],
    badge:
      moved.length === 0
        ? { tone: 'good', sign: '=', text: 'No exact value differs' }
        : {
            tone: 'bad',
            sign: '\u2260',
            text: moved.length === 1 ? '1 exact value differs' : `${count(moved.length)} exact values differ`,
          },
    sentences: [
      `${counted(steps.length, 'request')} ran in both.`,
      sameMachine
        ? 'Both runs had the same environment. They were not taken in turns, so a difference in time may still be the machine\u2019s.'
        : `The environments differ in ${environments.map(([name]) => name).join(', ')}: times are shown and not judged.`,
    ],
    moved,
    chart: comparisonChart(steps),
    times: steps.flatMap((step) => timeRows(step, sameMachine)),
    exponents: exponentRows(a, b),
    environments,
  };
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
    .map((name) => [name, 'ran', inA?.has(name) ? 'yes' : 'no', inB?.has(name) ? 'yes' : 'no']);
}

function movedCounters({ name, a, b }: PairedStep): string[][] {
  const [before, after] = [exactValues(a), exactValues(b)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((aspect) => [name, aspect, before.get(aspect) ?? '\u2013', after.get(aspect) ?? '\u2013'])
    .filter(([, , one, other]) => one !== other);
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

function timeRows({ name, a, b }: PairedStep, sameMachine: boolean): ComparisonView['times'][number][] {
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
      return { tone: 'good', sign: '\u2193', text: 'faster' };
    case 'slower':
      return { tone: 'bad', sign: '\u2191', text: 'slower' };
    case 'indistinguishable':
      return { tone: 'plain', sign: '=', text: 'within noise' };
    case 'unknown':
      return { tone: 'unknown', sign: '?', text: 'too few samples' };
    case null:
      return { tone: 'unknown', sign: '?', text: 'not judged' };
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
