import { cpuClock, type PairedSamples, type Side, sampleInTurns } from '#measure';
import type { Phase } from '#run-document';
import { pairsMin, seededRandom } from '#statistics';
import type { ComparedCase, TimedSolve } from './case.js';
import type { Engine } from './engine.js';

export interface TimingOptions {
  readonly engines: readonly [Engine, Engine];
  readonly pairs: number;
  readonly seed: number;
  readonly onProgress: (what: string) => void;
}

/** What was measured of each case, by its key; and of which cases nothing could be, and why. */
export interface Timed {
  readonly clock: 'threadCpu' | 'processCpu';
  readonly samples: ReadonlyMap<string, readonly PairedSamples<Phase>[]>;
  readonly failed: ReadonlyMap<string, string>;
}

/** One round for warming up: compiled code, and the files of the store in the system's cache. */
const warmup = 1;
/** Of the pairs, for requests that take longer than the average: 5 of 8. They are four fifths of the time. */
const shareOfLong = 0.6;

/** Times both sides of each case in turns, on processor time, each distinct work once. */
export async function timeCases(
  cases: readonly ComparedCase[],
  { engines: [engineA, engineB], pairs, seed, onProgress }: TimingOptions,
): Promise<Timed> {
  const clock = cpuClock();
  const timed = [...new Map(cases.flatMap(({ timed }) => (timed === null ? [] : [[timed.key, timed]]))).values()];
  const failed = new Map<string, string>();
  const samples = await sampleInTurns(
    timed.map(({ a, b }) => ({ a: sideOf(engineA, a, clock.now), b: sideOf(engineB, b, clock.now) })),
    {
      pairs,
      pairsOfLong: Math.min(pairs, Math.max(pairsMin, Math.ceil(shareOfLong * pairs))),
      warmup,
      random: seededRandom(seed),
      onRound: (round) => onProgress(round < 0 ? 'warming up' : `taking time, pair ${round + 1} of ${pairs}`),
    },
    (index, cause) => {
      failed.set(timed[index]?.key ?? '', cause instanceof Error ? cause.message : String(cause));
    },
  );
  return {
    clock: clock.name,
    samples: new Map(timed.map(({ key }, index) => [key, samples[index] ?? []])),
    failed,
  };
}

function sideOf(engine: Engine, { machine, request }: TimedSolve, now: () => number): Side<Phase> {
  return async () => {
    const input = await machine();
    const ready = await engine.fresh();
    const took = new Map<Phase, number>();
    try {
      ready.run(input, request, (phase, work) => {
        const started = now();
        const result = work();
        took.set(phase, (took.get(phase) ?? 0) + now() - started);
        return result;
      });
    } finally {
      ready.dispose();
    }
    return took;
  };
}
