import type { PairedSamples } from '#measure';
import type { JudgedTime, Phase } from '#run-document';
import { chanceBeyond, discoveries, judgeInterval, median, pairsToTell, typicalRatio } from '#statistics';

export interface JudgingOptions {
  /** 0.02: a ratio between 1/1.02 and 1.02 is the same. */
  readonly margin: number;
}

/** Of the interval of a phase over all requests. Four of them are judged, and one percent of each is what may be called different by chance. */
export const confidence = 0.99;
/** Of the phases of single requests: hundreds are judged at once. */
export const falseDiscoveryRate = 0.05;
/** The clock counts microseconds: of less than this a step of it is a difference. */
const shortestMs = 0.05;

type Samples = PairedSamples<Phase>;

/** A phase of one request is judged where both sides take long enough for the clock. */
function isLongEnough({ aMs, bMs }: Samples): boolean {
  return aMs.length > 0 && median(aMs) >= shortestMs && median(bMs) >= shortestMs && Math.min(...aMs, ...bMs) > 0;
}

/** Each phase over all requests, by its typical ratio. A phase that is nowhere long enough is not judged. */
export function judgePhases(
  all: readonly (readonly Samples[])[],
  order: readonly Phase[],
  options: JudgingOptions,
): JudgedTime[] {
  return order.flatMap((phase) => {
    const subjects = all.flat().filter((samples) => samples.part === phase && isLongEnough(samples));
    const judged = judge(phase, subjects, options);
    return judged === null ? [] : [judged];
  });
}

/**
 * The phases of each request. Called different only where the whole interval lies beyond the margin and the test survives Benjamini and Hochberg
 * over all phases of all requests: of a thousand tests some would be beyond by chance.
 */
export function judgeRequests(all: readonly (readonly Samples[])[], options: JudgingOptions): JudgedTime[][] {
  const tested = all.flatMap((phases, request) =>
    phases.filter(isLongEnough).flatMap((samples) => {
      const judged = judge(samples.part, [samples], options);
      return judged === null ? [] : [{ request, judged, chance: chanceBeyond(pairsOf(samples), options.margin) }];
    }),
  );
  const called = discoveries(
    tested.map(({ chance }) => chance),
    falseDiscoveryRate,
  );
  const results = all.map((): JudgedTime[] => []);
  for (const [index, { request, judged }] of tested.entries()) {
    const differs = judged.judgement === 'faster' || judged.judgement === 'slower';
    results[request]?.push(differs && called[index] !== true ? { ...judged, judgement: 'unknown' } : judged);
  }
  return results;
}

function judge(phase: Phase, subjects: readonly Samples[], { margin }: JudgingOptions): JudgedTime | null {
  const interval = subjects.length === 0 ? null : typicalRatio(subjects.map(pairsOf), { confidence });
  if (interval === null) return null;
  const judgement = judgeInterval(interval, margin);
  const pairs = Math.max(...subjects.map(({ aMs }) => aMs.length));
  return {
    phase,
    aMs: sumOfMedians(subjects.map(({ aMs }) => aMs)),
    bMs: sumOfMedians(subjects.map(({ bMs }) => bMs)),
    ...interval,
    judgement,
    pairsToTell: judgement === 'unknown' ? pairsToTell(interval, margin, pairs) : null,
  };
}

function pairsOf({ aMs, bMs }: Samples): { a: readonly number[]; b: readonly number[] } {
  return { a: aMs, b: bMs };
}

function sumOfMedians(lists: readonly (readonly number[])[]): number {
  return lists.reduce((sum, list) => sum + median(list), 0);
}
