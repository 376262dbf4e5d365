import { expect } from 'vitest';
import { type Random, seededRandom } from '#statistics';

/**
 * What an attack came to, in a word for each of its inputs: `refused`, `read`. It throws where the lab did what it never may.
 *
 * ATTACK_SECONDS is the time of all doors together, ATTACK_SEED where to begin; one case: ATTACK_SEED=N ATTACK_CASES=1, and the door's
 * file as an argument.
 */
export type Attack = (random: Random, seed: number) => Promise<string | readonly string[]>;

/** Of all files of this directory together. */
const doors = 6;
const seconds = Number(process.env['ATTACK_SECONDS'] ?? 600) / doors;
const firstSeed = Number(process.env['ATTACK_SEED'] ?? 1);
const casesMax = Number(process.env['ATTACK_CASES'] ?? Number.POSITIVE_INFINITY);

export const slowestMs = 60_000;
export const memoryMaxBytes = 2 * 2 ** 30;
const faultsMax = 5;

/** Attacks a door for its share of the time, one seed after the other, and prints how often it came to what. */
export async function assault(door: string, attack: Attack): Promise<void> {
  const counts = new Map<string, number>();
  const faults: string[] = [];
  const end = performance.now() + seconds * 1000;
  let slowest = 0;
  let seed = firstSeed;
  for (; seed - firstSeed < casesMax && faults.length < faultsMax && performance.now() < end; seed += 1) {
    const started = performance.now();
    const came = await attack(seededRandom(seed), seed).catch((cause: unknown) => {
      faults.push(`ATTACK_SEED=${seed}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
      return 'FAULT';
    });
    const elapsed = performance.now() - started;
    if (elapsed > slowestMs) faults.push(`ATTACK_SEED=${seed}: ${Math.round(elapsed)} ms`);
    slowest = Math.max(slowest, elapsed);
    for (const word of [came].flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const memory = process.resourceUsage().maxRSS * 1024;
  if (memory > memoryMaxBytes) faults.push(`${door}: the process came to ${memory} bytes`);
  const told = [...counts].sort().map(([came, count]) => `${came} ${count}`);
  process.stdout.write(
    `${door}: seeds ${firstSeed} to ${seed - 1}: ${told.join(', ')}; slowest ${Math.round(slowest)} ms, ${Math.round(memory / 2 ** 20)} MiB\n`,
  );
  expect(faults).toEqual([]);
  expect(counts.size).toBeGreaterThan(0);
}

/** Longer than any door is given. */
export const timeout = (seconds + 120) * 1000;

export function oneOf<Element>(random: Random, list: readonly Element[]): Element {
  const found = list.length === 0 ? undefined : list[random.below(list.length)];
  if (found === undefined) throw new NothingYet();
  return found;
}

/** A choice among nothing. */
export class NothingYet extends Error {}
