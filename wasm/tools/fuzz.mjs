#!/usr/bin/env node
// Seeded mutations of documents, each read, indexed, solved over and written. Every one must end in a result or a SolvError within
// the time limit; a healthy problem must keep its result in the same instance afterwards, and in a new one.
//   FUZZ_RUNS=200000 node wasm/tools/fuzz.mjs      FUZZ_SEED=N to start elsewhere; one case: FUZZ_SEED=N FUZZ_RUNS=1
//   FUZZ_VERBOSE=1 prints each error; FUZZ_KEEP=FILE keeps the last mutated document, for test/hostile
import { writeFileSync } from 'node:fs';
import { load } from '../dist/index.js';
import { exercise, healthy, readSeeds } from './exercise.mjs';
import { mutate, unpackedBytesMax } from './mutations.mjs';
import { generator } from './random.mjs';
import { BuildError, main } from './run.mjs';

/** Of processor time: how busy the machine is does not count. */
const slowestMs = 10_000;
const options = { memoryMaxBytes: 512 * 2 ** 20, unpackedBytesMax };
/** So many documents are read between two checks of the same instance, and of a new one. */
const everySame = 50;
const everyFresh = 500;
const outcomes = ['read', 'refused', 'limit', 'ended'];

/** How one document ended: read, refused, refused for its size, or with the end of its instance. */
function outcomeOf(libsolv, { kind, name, bytes }, number) {
  try {
    exercise(libsolv, kind, bytes);
    return 'read';
  } catch (error) {
    if (error?.name !== 'SolvError') throw new BuildError(`FUZZ_SEED=${number} (${name}): ${error?.stack}`);
    if (process.env.FUZZ_VERBOSE) console.log(number, name, error.code, error.message.slice(0, 200));
    if (libsolv.dead) return 'ended';
    return error.code === 'limit' ? 'limit' : 'refused';
  }
}

function requireHealthy(libsolv, expected, number) {
  if (healthy(libsolv) === expected) return;
  throw new BuildError(`after FUZZ_SEED=${number - everySame}..${number} a healthy problem has another result`);
}

async function checkFresh(expected, number) {
  const fresh = await load(options);
  requireHealthy(fresh, expected, number);
  return fresh;
}

function print(counts, runs, first, slowest) {
  const sum = (outcome) => Object.values(counts).reduce((total, row) => total + row[outcome], 0);
  const row = (name, of) =>
    console.log([name.padEnd(12), ...outcomes.map((one) => String(of(one)).padStart(9))].join(''));
  console.log(['kind'.padEnd(12), ...outcomes.map((one) => one.padStart(9))].join(''));
  for (const [kind, of] of Object.entries(counts)) row(kind, (outcome) => of[outcome]);
  row('all', sum);
  console.log(
    `${runs} mutations from seed ${first}: each read, refused, or (${sum('ended')}) ended its instance with a typed error; slowest ${slowest.ms} ms of processor time (FUZZ_SEED=${slowest.number})`,
  );
}

await main(async () => {
  const runs = Number(process.env.FUZZ_RUNS ?? 3000);
  const first = Number(process.env.FUZZ_SEED ?? 1);
  let libsolv = await load(options);
  const seeds = readSeeds(libsolv);
  const expected = healthy(libsolv);
  const counts = Object.fromEntries(
    seeds.map(({ kind }) => [kind, Object.fromEntries(outcomes.map((outcome) => [outcome, 0]))]),
  );
  let slowest = { ms: 0, number: 0 };
  for (let number = first; number < first + runs; number++) {
    const random = generator(number);
    const { kind, name, bytes } = seeds[random(seeds.length)];
    const mutated = mutate(bytes, random);
    if (process.env.FUZZ_KEEP) writeFileSync(process.env.FUZZ_KEEP, mutated);
    const start = process.cpuUsage();
    counts[kind][outcomeOf(libsolv, { kind, name, bytes: mutated }, number)]++;
    const { user, system } = process.cpuUsage(start);
    const ms = Math.round((user + system) / 1000);
    if (ms > slowest.ms) slowest = { ms, number };
    if (ms > slowestMs) throw new BuildError(`FUZZ_SEED=${number} (${name}) took ${ms} ms`);
    if (libsolv.dead) libsolv = await checkFresh(expected, number);
    else if (number % everySame === 0) requireHealthy(libsolv, expected, number);
    if (number % everyFresh === 0) (await checkFresh(expected, number)).dispose();
  }
  print(counts, runs, first, slowest);
});
