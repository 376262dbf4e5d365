// One round of the benchmark through the module: the same calls as bench/native.c, on a fresh pool.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { BuildError } from '../tools/run.mjs';

/** Processor time in milliseconds by phase (other programs of a busy machine do not count), and facts that must equal the native ones. `primaries`: plain primary.xml bytes, installed first. */
export function roundOf(libsolv, primaries) {
  const times = {};
  const timed = (phase, body) => {
    const start = process.cpuUsage();
    const value = body();
    const used = process.cpuUsage(start);
    times[phase] = (used.user + used.system) / 1000;
    return value;
  };
  const name = (index) => (index === 0 ? '@System' : 'available');

  const parsing = libsolv.createPool({ arch: 'x86_64' });
  timed('parse', () => primaries.map((primary, index) => parsing.addRepo(name(index)).addRpmmd({ primary })));
  const solvs = parsing.repos.map((repo) => repo.toSolv());
  parsing.dispose();

  const pool = libsolv.createPool({ arch: 'x86_64' });
  timed('load', () => solvs.map((solv, index) => pool.addRepo(name(index)).addSolv(solv)));
  pool.setInstalled(pool.repos[0]);
  pool.addFileProvides();
  timed('whatprovides', () => pool.createWhatprovides());
  const multiversion = pool.whatProvides('multiversion(kernel)');
  const solver = pool.createSolver();
  solver.setFlag('splitprovides', true);
  const problems = timed('solve', () =>
    solver.run([
      ...multiversion.map((id) => ({ action: 'multiversion', select: { kind: 'solvable', id } })),
      { action: 'update', select: { kind: 'all' } },
    ]),
  );
  const transaction = solver.transaction();
  timed('order', () => transaction.order());
  const steps = transaction.steps(['showAll', 'showActive']);
  const facts = {
    solvables: pool.statistics().solvables,
    rules: solver.statistics().rules.total,
    problems,
    lastStep: steps.at(-1)?.id ?? 0,
  };
  pool.dispose();
  return { times, facts };
}

/** The plain primary.xml of an rpm-md directory. */
export function readPrimary(directory) {
  const repodata = join(directory, 'repodata');
  const file = readdirSync(repodata).find((name) => /primary\.xml(\.gz)?$/.test(name));
  if (file === undefined) throw new BuildError(`${repodata} has no primary.xml or primary.xml.gz`);
  const bytes = readFileSync(join(repodata, file));
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const low = sorted[Math.floor(at)];
  return low + (sorted[Math.ceil(at)] - low) * (at - Math.floor(at));
}
