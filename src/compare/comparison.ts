import { environment } from '#measure';
import { type ComparedSide, type ComparedStep, type Comparison, comparisonVersion, type Phase } from '#run-document';
import { compareAnswers } from './answers.js';
import type { ComparedCase } from './case.js';
import { movedCounts, totalCounts } from './counts.js';
import type { Engine } from './engine.js';
import { confidence, falseDiscoveryRate, judgePhases, judgeRequests } from './judge.js';
import { type Timed, timeCases } from './time.js';

export interface CompareOptions {
  /** Pairs of samples; 0 takes no time. */
  readonly pairs: number;
  readonly margin: number;
  readonly seed: number;
  readonly onProgress: (what: string) => void;
}

/** Two sides that are ready to be compared. */
export interface Sides {
  readonly of: Comparison['of'];
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  readonly cases: readonly ComparedCase[];
  readonly notCompared: Comparison['notCompared'];
  readonly engines: readonly [Engine, Engine];
}

/** The phases of a solve, in their order. */
const solverPhases: readonly Phase[] = ['parseRpmmd', 'loadSolv', 'whatprovides', 'solve', 'order'];

/** Compares answers, then exact counts, then time. What one side cannot answer is said, and the rest goes on. */
export async function compareSides(sides: Sides, options: CompareOptions): Promise<Comparison> {
  const { cases, a, b } = sides;
  const timed =
    options.pairs === 0 || cases.length === 0 ? null : await timeCases(cases, { ...options, engines: sides.engines });
  return {
    format: 'kmplab/comparison',
    version: comparisonVersion,
    of: sides.of,
    a,
    b,
    seed: options.seed,
    host: environment(),
    steps: stepsOf(cases, timed, options),
    totals: totalCounts(cases),
    timing: timed === null ? null : timingOf(timed, options),
    notCompared: [
      ...sides.notCompared,
      ...[...(timed?.failed ?? [])].map(([key, why]) => ({ what: `the time of ${nameOf(cases, key)}`, why })),
    ],
  };
}

function nameOf(cases: readonly ComparedCase[], key: string): string {
  const found = cases.find(({ timed }) => timed?.key === key);
  return found === undefined ? key : `${found.scenario}: ${found.step}`;
}

/** Work that several requests share is judged once and shown at each of them. */
function stepsOf(cases: readonly ComparedCase[], timed: Timed | null, options: CompareOptions): ComparedStep[] {
  const entries = [...(timed?.samples ?? new Map<string, never>())];
  const judged = judgeRequests(
    entries.map(([, samples]) => samples),
    options,
  );
  const times = new Map(entries.map(([key, samples], index) => [key, { samples, times: judged[index] ?? [] }]));
  return cases.map((comparedCase) => {
    const measured = comparedCase.timed === null ? undefined : times.get(comparedCase.timed.key);
    return {
      scenario: comparedCase.scenario,
      step: comparedCase.step,
      request: comparedCase.request,
      file: comparedCase.file,
      rerun: comparedCase.rerun,
      answer: compareAnswers(comparedCase),
      moved: movedCounts(comparedCase),
      samples: (measured?.samples ?? []).map(({ part, aMs, bMs }) => ({
        phase: part,
        aMs: aMs.map(microseconds),
        bMs: bMs.map(microseconds),
      })),
      times: measured?.times ?? [],
    };
  });
}

/** The clock's own resolution: more digits are those of binary fractions. */
function microseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

function timingOf(timed: Timed, { pairs, margin }: CompareOptions): Comparison['timing'] {
  const phases = judgePhases([...timed.samples.values()], solverPhases, { margin });
  return { clock: timed.clock, pairs, margin, confidence, falseDiscoveryRate, phases };
}
