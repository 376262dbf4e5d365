#!/usr/bin/env node
// The module against native libsolv of the same source, in interleaved pairs of rounds.
//   node wasm/bench/bench.mjs [--pairs N] REPOSITORY REPOSITORY…
// REPOSITORY is an rpm-md directory; the first is what is installed. Measured with the first two, and with all of them.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { load } from '../dist/index.js';
import { buildNative } from '../tools/native.mjs';
import { BuildError, main, run } from '../tools/run.mjs';
import { quantile, readPrimary, roundOf } from './round.mjs';

const firstSolves = 5;

/** Largest ratio module / native that is accepted. */
const limits = { parse: 1.4, load: 1.5, whatprovides: 1.4, solve: 1.4, order: 1.2 };

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { pairs: { type: 'string', default: '9' } },
  });
  if (positionals.length < 2) throw new BuildError('usage: bench.mjs [--pairs N] REPOSITORY REPOSITORY…');
  const primaries = positionals.map(readPrimary);
  const start = performance.now();
  const libsolv = await load({ compileEagerly: true });
  const loadMs = performance.now() - start;
  const firstSolve = firstSolveRatio(positionals.slice(0, 2));
  const { directory } = await buildNative();
  const sets = positionals.length > 2 ? [primaries.slice(0, 2), primaries] : [primaries];
  let missed = 0;
  for (const set of sets)
    missed += report(await measure(join(directory, 'bench-native'), libsolv, set, Number(values.pairs)));
  missed += await measureModule(loadMs, firstSolve, primaries.slice(0, 2));
  process.exitCode = missed === 0 ? 0 : 1;
});

/** One process has one first solve: the median of several processes. */
function firstSolveRatio(repositories) {
  const program = fileURLToPath(new URL('first.mjs', import.meta.url));
  const ratios = Array.from({ length: firstSolves }, () => Number(run(process.execPath, [program, ...repositories])));
  return quantile(ratios, 0.5);
}

async function measure(program, libsolv, primaries, pairs) {
  const scratch = mkdtempSync(join(tmpdir(), 'libsolv-wasm-bench-'));
  const files = primaries.map((bytes, index) => {
    const file = join(scratch, `${index}.xml`);
    writeFileSync(file, bytes);
    return file;
  });
  const native = nativeRounds(program, files);
  const rounds = [];
  try {
    // The first round of each side warms it up; how slow the module's first is has a measure of its own.
    for (let pair = 0; pair <= pairs; pair++) {
      const ours = roundOf(libsolv, primaries);
      const theirs = await native.next();
      if (pair === 0) checkFacts(ours.facts, theirs);
      else rounds.push({ ours: ours.times, theirs });
    }
  } finally {
    native.end();
    rmSync(scratch, { recursive: true });
  }
  return { rounds, facts: roundOf(libsolv, primaries).facts };
}

function nativeRounds(program, files) {
  const child = spawn(program, files, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async next() {
      child.stdin.write('round\n');
      const { value, done } = await lines.next();
      if (done) throw new BuildError('bench-native ended early');
      return JSON.parse(value);
    },
    end: () => child.stdin.end(),
  };
}

/** A comparison of two programs that do different things would mean nothing. */
function checkFacts(ours, theirs) {
  for (const [name, value] of Object.entries(ours)) {
    if (theirs[name] !== value)
      throw new BuildError(`${name} differ: ${value} by the module, ${theirs[name]} natively`);
  }
}

function report({ rounds, facts }) {
  console.log(
    `\n${facts.solvables} solvables, ${facts.rules} rules, ${rounds.length} pairs; medians of processor time in ms`,
  );
  console.log('phase          wasm    native   ratio (quartiles)   limit');
  let missed = 0;
  for (const [phase, limit] of Object.entries(limits)) {
    const ratios = rounds.map(({ ours, theirs }) => ours[phase] / theirs[phase]);
    const ratio = quantile(ratios, 0.5);
    if (ratio > limit) missed++;
    console.log(
      [
        phase.padEnd(12),
        quantile(
          rounds.map(({ ours }) => ours[phase]),
          0.5,
        )
          .toFixed(1)
          .padStart(7),
        quantile(
          rounds.map(({ theirs }) => theirs[phase]),
          0.5,
        )
          .toFixed(1)
          .padStart(9),
        ratio.toFixed(2).padStart(7),
        ` (${quantile(ratios, 0.25).toFixed(2)}-${quantile(ratios, 0.75).toFixed(2)})`.padEnd(13),
        `${limit}${ratio > limit ? '  MISSED' : ''}`.padStart(9),
      ].join(' '),
    );
  }
  return missed;
}

/** What belongs to the module itself: loading, the first solve, the counting build, the size. */
async function measureModule(loadMs, firstSolve, primaries) {
  const fresh = await load({ compileEagerly: true });
  const counting = await load({ build: 'counting', compileEagerly: true });
  const pairs = Array.from({ length: 5 }, () => {
    const counted = sum(roundOf(counting, primaries).times);
    return counted / sum(roundOf(fresh, primaries).times);
  });
  const file = readFileSync(new URL('../dist/libsolv.wasm', import.meta.url));
  const figures = [
    ['load and compile, ms', loadMs, 600],
    ['first solve / median of later', firstSolve, 1.2],
    ['counting / release, all phases', quantile(pairs, 0.5), 1.3],
    ['module, thousand bytes', file.length / 1000, 600],
    ['module by gzip -9, thousand bytes', gzipSync(file, { level: 9 }).length / 1000, 250],
  ];
  console.log('');
  for (const [name, value, limit] of figures) {
    console.log(`${name.padEnd(34)} ${value.toFixed(2).padStart(8)}  limit ${limit}${value > limit ? '  MISSED' : ''}`);
  }
  return figures.filter(([, value, limit]) => value > limit).length;
}

function sum(times) {
  return Object.values(times).reduce((total, ms) => total + ms, 0);
}
