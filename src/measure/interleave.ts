import type { Random } from '#statistics';

/** One side of a comparison: does its work once and says what each part of it took, in milliseconds. */
export type Side<Part extends string> = () => Promise<ReadonlyMap<Part, number>>;

/** What both sides took, part by part, pair by pair. */
export interface PairedSamples<Part extends string> {
  readonly part: Part;
  readonly aMs: readonly number[];
  readonly bMs: readonly number[];
}

/** Two sides of one subject. */
export interface Contest<Part extends string> {
  readonly a: Side<Part>;
  readonly b: Side<Part>;
}

export interface TurnsOptions {
  /** Samples a side. */
  readonly pairs: number;
  /** Of subjects that took longer than the average when warming up; `pairs` unless told. They are most of the time, and say no more than the others. */
  readonly pairsOfLong?: number;
  /** Rounds before the first that counts. */
  readonly warmup: number;
  /** Draws who goes first in each pair. */
  readonly random: Random;
  readonly onRound?: (round: number) => void;
}

/**
 * Measures two sides of each subject in turns, so that whatever else the machine does hits both. Who goes first in a pair is drawn by
 * lot: neither a slow drift nor what the first one leaves in the caches favours a side. Each round goes through all subjects, so that the
 * pairs of one subject lie apart in time and a busy minute hits a pair of each instead of all pairs of one. A part that a side lacks in a
 * pair counts as nothing. A subject of which a side throws is left to `onFailure` and has no samples; the others go on.
 */
export async function sampleInTurns<Part extends string>(
  subjects: readonly Contest<Part>[],
  { pairs, pairsOfLong = pairs, warmup, random, onRound = () => undefined }: TurnsOptions,
  onFailure: (subject: number, cause: unknown) => void,
): Promise<PairedSamples<Part>[][]> {
  const taken = subjects.map((): [ReadonlyMap<Part, number>, ReadonlyMap<Part, number>][] => []);
  const failed = new Set<number>();
  const warm = subjects.map(() => 0);
  for (let round = -warmup; round < pairs; round++) {
    onRound(round);
    const average = warm.reduce((sum, ms) => sum + ms, 0) / subjects.length;
    for (const [index, subject] of subjects.entries()) {
      if (failed.has(index) || (round >= pairsOfLong && (warm[index] ?? 0) > average)) continue;
      try {
        const pair = await pairOf(subject, random);
        if (round >= 0) taken[index]?.push(pair);
        else warm[index] = (warm[index] ?? 0) + pair.flatMap((side) => [...side.values()]).reduce((a, b) => a + b, 0);
      } catch (cause) {
        failed.add(index);
        onFailure(index, cause);
      }
    }
  }
  return taken.map((list, index) => (failed.has(index) ? [] : byPart(list)));
}

async function pairOf<Part extends string>(
  { a, b }: Contest<Part>,
  random: Random,
): Promise<[ReadonlyMap<Part, number>, ReadonlyMap<Part, number>]> {
  if (random.below(2) === 0) {
    const first = await a();
    return [first, await b()];
  }
  const first = await b();
  return [await a(), first];
}

function byPart<Part extends string>(
  pairs: readonly [ReadonlyMap<Part, number>, ReadonlyMap<Part, number>][],
): PairedSamples<Part>[] {
  const parts = [...new Set(pairs.flatMap(([a, b]) => [...a.keys(), ...b.keys()]))];
  return parts.map((part) => ({
    part,
    aMs: pairs.map(([a]) => a.get(part) ?? 0),
    bMs: pairs.map(([, b]) => b.get(part) ?? 0),
  }));
}
