import {
  type RunDocument,
  type StepResult,
  type Trend,
  type TrendLine,
  type TrendPoint,
  trendVersion,
} from '#run-document';
import { levelSteps, median } from '#statistics';

/** A run, and what is known of where it stands. */
export interface TrendRun {
  readonly point: TrendPoint;
  readonly run: RunDocument;
}

/** Exact sums step with any change of a thousandth; times within five percent are one level, and noise must be far exceeded. */
const stepping = { exact: { margin: 0.001, clear: 0 }, time: { margin: 0.05, clear: 4 } } as const;

/** Lines over runs, in the order handed over: sums over the requests that all of them have, and growth exponents. */
export function trendOf(runs: readonly TrendRun[], left: Trend['left']): Trend {
  const named = runs.map(({ run }) => stepsByName(run));
  const shared = [...(named[0]?.keys() ?? [])].filter((name) => named.every((steps) => steps.has(name)));
  const sums = named.map((steps) => sumsOf(shared.flatMap((name) => steps.get(name) ?? [])));
  const growth = runs.map(({ run }) => growthOf(run));
  const lines = [...sums, ...growth].flatMap((values) => [...values.keys()]);
  return {
    format: 'kmplab/trend',
    version: trendVersion,
    points: runs.map(({ point }) => point),
    requests: shared.length,
    lines: [...new Set(lines)].map((metric) =>
      lineOf(
        metric,
        runs.map((_, index) => sums[index]?.get(metric) ?? growth[index]?.get(metric) ?? null),
      ),
    ),
    left: [...left],
  };
}

function stepsByName({ scenarios }: RunDocument): Map<string, StepResult> {
  return new Map(scenarios.flatMap(({ id, steps }) => steps.map((step) => [`${id}: ${step.name}`, step])));
}

function sumsOf(steps: readonly StepResult[]): Map<string, number> {
  const sums = new Map<string, number>();
  const add = (metric: string, value: number): void => void sums.set(metric, (sums.get(metric) ?? 0) + value);
  for (const { counters, phases } of steps) {
    for (const metric of ['rulesTotal', 'decisions', 'steps', 'heapBytesMax', 'downloadBytes'] as const)
      add(metric, counters[metric]);
    for (const [phase, edges] of Object.entries(counters.work ?? {})) add(`work.${phase}`, edges);
    for (const { phase, samplesMs } of phases) add(`time.${phase}`, median(samplesMs));
  }
  return sums;
}

function growthOf({ growth }: RunDocument): Map<string, number> {
  return new Map(
    growth.flatMap(({ name, fits }) =>
      fits.filter(({ by }) => by !== 'time').map(({ of, by, exponent }) => [`growth ${name}: ${of}, ${by}`, exponent]),
    ),
  );
}

/** Runs that lack a value are skipped: a step is between two that have one. */
function lineOf(metric: string, values: readonly (number | null)[]): TrendLine {
  const exact = !metric.startsWith('time.');
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  const steps = levelSteps(
    known.map(({ value }) => value),
    exact ? stepping.exact : stepping.time,
  ).map(({ at, before, after }) => ({ at: known[at]?.index ?? at, before, after }));
  return { metric, exact, values: [...values], steps };
}
