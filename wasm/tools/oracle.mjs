#!/usr/bin/env node
// Seeded random problems, solved by the module, exported as testcases and replayed by native testsolv of the same source: transaction,
// problems with their solutions, rules, alternatives and the order of the transaction must be identical.
//   node wasm/tools/oracle.mjs [--libsolv SPEC] [REPOSITORY…]      ORACLE_RUNS=500 ORACLE_SEED=1
// SPEC: a module of another libsolv (libsolv.mjs), as a patched one; testsolv stays that of the pinned source, without patches.
// REPOSITORY: rpm-md directories of real packages; every tenth problem is then about those.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { load } from '../dist/index.js';
import { moduleOf } from './cached.mjs';
import { buildNative } from './native.mjs';
import { generator } from './random.mjs';
import { BuildError, main } from './run.mjs';

const kinds = [
  'transaction',
  'problems',
  'rules',
  'order',
  'alternatives',
  'recommended',
  'orphaned',
  'unneeded',
  'cleandeps',
  'userinstalled',
  'proof',
  'reason',
];
const flags = [
  'allowUninstall',
  'allowDowngrade',
  'splitprovides',
  'ignoreRecommended',
  'addAlreadyRecommended',
  'focusBest',
  'strongRecommends',
  'keepExplicitObsoletes',
  'noInfarchcheck',
  'yumObsoletes',
];
const actions = [
  'install',
  'install',
  'install',
  'erase',
  'update',
  'distupgrade',
  'lock',
  'favor',
  'disfavor',
  'multiversion',
  'verify',
  'allowUninstall',
  'weakenDeps',
  'userinstalled',
];
const jobFlags = [[], [], [], ['weak'], ['forcebest'], ['cleandeps'], ['orupdate'], ['essential']];

function readPrimary(directory) {
  const repodata = join(directory, 'repodata');
  const file = readdirSync(repodata).find((name) => /primary\.xml(\.gz|\.zst)?$/.test(name));
  if (file === undefined) throw new BuildError(`${repodata} has no primary.xml`);
  return new Uint8Array(readFileSync(join(repodata, file)));
}

function replay(testsolv, files, directory, number) {
  mkdirSync(directory);
  for (const [name, bytes] of files) writeFileSync(join(directory, name), bytes);
  const done = spawnSync(testsolv, ['testcase.t'], { cwd: directory, encoding: 'utf8' });
  if (done.status !== 0 || done.stderr !== '') {
    process.exitCode = 1;
    throw new BuildError(
      `ORACLE_SEED=${number}: native testsolv differs; kept in ${directory}\n${(done.stdout + done.stderr).slice(0, 2000)}`,
    );
  }
  rmSync(directory, { recursive: true });
}

function realPool(libsolv, primaries, random) {
  const pool = libsolv.createPool({ arch: 'x86_64' });
  pool.addRepo('system').addRpmmd({ primary: primaries[random(primaries.length)] });
  pool.addRepo('available').addRpmmd({ primary: primaries[random(primaries.length)] });
  return indexed(pool);
}

function syntheticPool(libsolv, random) {
  const names = 3 + random(40);
  const pool = libsolv.createPool({ arch: 'x86_64' });
  pool.addRepo('system').addTestcase(packages(names, random, random(names + 1), 1));
  for (let repo = 0; repo <= random(2); repo++) {
    pool.addRepo(`repo${repo}`, { priority: random(3) }).addTestcase(packages(names, random, names, 1 + random(3)));
  }
  return indexed(pool);
}

function indexed(pool) {
  pool.setInstalled(pool.repos[0]);
  pool.addFileProvides();
  pool.createWhatprovides();
  return pool;
}

const dependencyTags = ['Req', 'Req', 'Req', 'Prq', 'Con', 'Obs', 'Rec', 'Sug', 'Sup', 'Enh', 'Prv'];
const comparisons = ['=', '>=', '<=', '>', '<'];

function packages(names, random, count, versions) {
  const lines = ['=Ver: 3.0'];
  for (let index = 0; index < count; index++) {
    for (let version = 1; version <= versions; version++) {
      const name = `p${index}`;
      const arch = ['noarch', 'x86_64', 'x86_64', 'i586'][random(4)];
      lines.push(`=Pkg: ${name} ${version} ${1 + random(2)} ${arch}`, `=Prv: ${name} = ${version}-1`);
      for (let n = random(4); n > 0; n--)
        lines.push(`=${dependencyTags[random(dependencyTags.length)]}: ${dependency(names, random)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function dependency(names, random) {
  const name = random(12) === 0 ? 'nowhere' : `p${random(names)}`;
  if (random(12) === 0) return `(${name} & p${random(names)})`;
  if (random(12) === 0) return `(${name} | p${random(names)})`;
  return random(2) === 0 ? name : `${name} ${comparisons[random(comparisons.length)]} ${1 + random(3)}`;
}

function solveSomething(pool, random) {
  const solver = pool.createSolver();
  for (const flag of flags) if (random(4) === 0) solver.setFlag(flag, random(2) === 0);
  const ids = pool.solvables();
  const jobs = Array.from({ length: 1 + random(6) }, () => {
    const id = ids[random(ids.length)];
    const [{ name }] = pool.packages([id]);
    const select = [
      { kind: 'solvable', id },
      { kind: 'name', name },
      { kind: 'provides', dep: name },
      { kind: 'oneOf', ids: [id, ids[random(ids.length)]] },
      { kind: 'all' },
    ][random(5)];
    const action = actions[random(actions.length)];
    // libsolv takes some jobs only for single packages; "everything" is for those that mean the whole system.
    const whole = ['update', 'distupgrade', 'verify', 'allowUninstall'];
    return {
      action,
      select: select.kind === 'all' && !whole.includes(action) ? { kind: 'name', name } : select,
      flags: jobFlags[random(jobFlags.length)],
    };
  });
  solver.run(jobs);
  return solver;
}

await main(async () => {
  const runs = Number(process.env.ORACLE_RUNS ?? 500);
  const first = Number(process.env.ORACLE_SEED ?? 1);
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { libsolv: { type: 'string' } } });
  const real = positionals.map(readPrimary);
  const { directory } = await buildNative();
  const libsolv = await load(await moduleOf(values.libsolv));
  const scratch = mkdtempSync(join(tmpdir(), 'libsolv-wasm-oracle-'));
  const counts = { solved: 0, unsolvable: 0, steps: 0, real: 0 };
  try {
    for (let number = first; number < first + runs; number++) {
      const random = generator(number);
      const useReal = real.length > 0 && number % 10 === 0;
      const pool = useReal ? realPool(libsolv, real, random) : syntheticPool(libsolv, random);
      const solver = solveSomething(pool, random);
      const files = solver.writeTestcase(kinds);
      const problems = solver.problems().length;
      counts[problems === 0 ? 'solved' : 'unsolvable']++;
      counts.steps += solver.transaction().steps(['showAll', 'showActive']).length;
      if (useReal) counts.real++;
      pool.dispose();
      replay(join(directory, 'testsolv'), files, join(scratch, String(number)), number);
    }
  } finally {
    if (process.exitCode === undefined) rmSync(scratch, { recursive: true });
  }
  console.log(
    `${runs} problems from seed ${first} (${counts.real} over real packages): ${counts.solved} solved, ${counts.unsolvable} unsolvable, ${counts.steps} steps; all identical to native testsolv`,
  );
});
