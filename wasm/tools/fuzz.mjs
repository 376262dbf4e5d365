#!/usr/bin/env node
// Seeded mutations of documents, each read, indexed, solved over and written. Every one must end in a result or a SolvError within
// the time limit; a healthy problem solved in between must keep its result.
//   FUZZ_RUNS=200000 node wasm/tools/fuzz.mjs      FUZZ_SEED=N to start elsewhere; one case: FUZZ_SEED=N FUZZ_RUNS=1
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { load } from '../dist/index.js';
import { generator } from './random.mjs';
import { BuildError, main } from './run.mjs';

const slowestMs = 20_000;
const seedsDirectory = fileURLToPath(new URL('../test/seeds/', import.meta.url));

/** The documents to mutate: `kind` says how they are read. */
export function readSeeds(libsolv) {
  const seeds = readdirSync(seedsDirectory)
    .sort()
    .map((name) => ({
      name,
      kind: name.split('.').at(-1),
      bytes: new Uint8Array(readFileSync(join(seedsDirectory, name))),
    }));
  const solv = seeds
    .filter(({ kind }) => kind === 'xml')
    .map((seed) => ({ name: `${seed.name}.solv`, kind: 'solv', bytes: toSolv(libsolv, seed) }));
  const packed = seeds
    .filter(({ kind }) => kind === 'repo')
    .map((seed) => ({ ...seed, name: `${seed.name}.gz`, bytes: new Uint8Array(gzipSync(seed.bytes)) }));
  return [...seeds, ...solv, ...packed];
}

function toSolv(libsolv, { bytes }) {
  const pool = libsolv.createPool({ arch: 'x86_64' });
  const repo = pool.addRepo('r');
  repo.addRpmmd({ primary: bytes });
  const solv = repo.toSolv();
  pool.dispose();
  return solv;
}

const numbers = ['4294967295', '-1', '18446744073709551616', '2147483648', '0', '99999999999999999999'];

const mutations = [
  (bytes, random) => edit(bytes, random(bytes.length), (byte) => byte ^ (1 << random(8))),
  (bytes, random) => edit(bytes, random(bytes.length), () => random(256)),
  (bytes, random) => bytes.slice(0, random(bytes.length)),
  (bytes, random) => splice(bytes, random(bytes.length), random(64), new Uint8Array(0)),
  (bytes, random) => {
    const from = random(bytes.length);
    return splice(bytes, random(bytes.length), 0, bytes.slice(from, from + 1 + random(400)));
  },
  (bytes, random) => splice(bytes, random(bytes.length), random(8), Buffer.from(numbers[random(numbers.length)])),
  (bytes, random) => splice(bytes, random(bytes.length), 0, Buffer.from('<a>'.repeat(random(20_000)))),
  (bytes, random) => splice(bytes, random(bytes.length), 0, Buffer.from('('.repeat(random(20_000)))),
  (bytes, random) =>
    splice(
      bytes,
      random(bytes.length),
      0,
      Uint8Array.from({ length: 1 + random(8) }, () => 128 + random(128)),
    ),
  (bytes) => new Uint8Array(Buffer.from(Buffer.from(bytes).toString('latin1'), 'utf16le')),
  (bytes, random) => new Uint8Array(gzipSync(Buffer.concat([bytes, Buffer.alloc(random(3_000_000), 0x20)]))),
];

function edit(bytes, at, change) {
  const copy = bytes.slice();
  copy[at] = change(copy[at]);
  return copy;
}

function splice(bytes, at, remove, insert) {
  return new Uint8Array(Buffer.concat([bytes.slice(0, at), insert, bytes.slice(at + remove)]));
}

function mutate(seeds, number) {
  const random = generator(number);
  const seed = seeds[random(seeds.length)];
  let { bytes } = seed;
  for (let count = 1 + random(3); count > 0 && bytes.length > 0; count--)
    bytes = mutations[random(mutations.length)](bytes, random);
  return { kind: seed.kind, name: seed.name, bytes };
}

/** Everything a caller would do with a document. */
function exercise(libsolv, kind, bytes) {
  if (kind === 't') {
    const testcase = libsolv.openTestcase('case.t', new Map([['case.t', bytes]]));
    try {
      while (testcase.next() !== null);
    } finally {
      if (!libsolv.dead) testcase.dispose();
    }
    return;
  }
  const pool = libsolv.createPool({ arch: 'x86_64' });
  try {
    const repo = pool.addRepo('r');
    read(repo, kind, bytes);
    pool.addFileProvides();
    pool.createWhatprovides();
    const ids = pool.solvables();
    pool.packages(ids);
    pool.dependencies(ids, 'requires');
    const solver = pool.createSolver();
    solver.run(ids.slice(0, 20).map((id) => ({ action: 'install', select: { kind: 'solvable', id } })));
    solver.problems();
    solver.transaction().order();
    repo.toSolv();
  } finally {
    if (!libsolv.dead) pool.dispose();
  }
}

function read(repo, kind, bytes) {
  if (kind === 'xml') repo.addRpmmd({ primary: bytes });
  else if (kind === 'solv') repo.addSolv(bytes);
  else if (kind === 'updateinfo') repo.addUpdateinfo(bytes);
  else if (kind === 'susetags') repo.addSusetags(bytes);
  else if (kind === 'helix') repo.addHelix(bytes);
  else repo.addTestcase(bytes);
}

/** A problem whose result must never change, whatever was read before. */
function healthy(libsolv, seeds) {
  const pool = libsolv.createPool({ arch: 'x86_64' });
  const repo = pool.addRepo('r');
  repo.addRpmmd({ primary: seeds.find(({ kind }) => kind === 'xml').bytes });
  pool.createWhatprovides();
  const solver = pool.createSolver();
  solver.run(pool.solvables().map((id) => ({ action: 'install', select: { kind: 'solvable', id } })));
  const text = solver.testcaseResult(['transaction', 'problems', 'rules', 'order']);
  pool.dispose();
  return text;
}

const options = { memoryMaxBytes: 512 * 2 ** 20, unpackedBytesMax: 2 * 2 ** 20 };

await main(async () => {
  const runs = Number(process.env.FUZZ_RUNS ?? 3000);
  const first = Number(process.env.FUZZ_SEED ?? 1);
  let libsolv = await load(options);
  const seeds = readSeeds(libsolv);
  const expected = healthy(libsolv, seeds);
  const counts = { read: 0, refused: 0, trapped: 0, slowestMs: 0 };
  for (let number = first; number < first + runs; number++) {
    const { kind, name, bytes } = mutate(seeds, number);
    const start = performance.now();
    try {
      exercise(libsolv, kind, bytes);
      counts.read++;
    } catch (error) {
      if (error?.name !== 'SolvError')
        throw new BuildError(`FUZZ_SEED=${number} (${name}): not a SolvError: ${error?.stack}`);
      counts[libsolv.dead ? 'trapped' : 'refused']++;
      if (process.env.FUZZ_VERBOSE) console.log(number, name, error.code, error.message.slice(0, 200));
    }
    const ms = performance.now() - start;
    counts.slowestMs = Math.max(counts.slowestMs, Math.round(ms));
    if (ms > slowestMs) throw new BuildError(`FUZZ_SEED=${number} (${name}) took ${Math.round(ms)} ms`);
    if (libsolv.dead) libsolv = await load(options);
    else if (number % 50 === 0 && healthy(libsolv, seeds) !== expected) {
      throw new BuildError(`after FUZZ_SEED=${number - 49}..${number} a healthy problem has another result`);
    }
  }
  console.log(
    `${runs} mutations from seed ${first}: ${counts.read} read, ${counts.refused} refused, ${counts.trapped} ended the instance with a typed error; slowest ${counts.slowestMs} ms`,
  );
});
