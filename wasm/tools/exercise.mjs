// What is done with a document of each kind, hostile or not: everything a caller would do.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const seedsDirectory = fileURLToPath(new URL('../test/seeds/', import.meta.url));
const text = new TextEncoder();

/** The documents of test/seeds, and what they become as .solv and as .repo.gz: name, kind and bytes. */
export function readSeeds(libsolv) {
  const seeds = readdirSync(seedsDirectory)
    .sort()
    .map((name) => seed(name, new Uint8Array(readFileSync(join(seedsDirectory, name)))));
  const solvs = seeds
    .filter(({ kind }) => kind in readers)
    .map(({ name, kind, bytes }) => seed(`${name}.solv`, toSolv(libsolv, kind, bytes)));
  const packed = seeds
    .filter(({ kind }) => kind === 'repo')
    .map(({ name, bytes }) => seed(`${name}.gz`, new Uint8Array(gzipSync(bytes))));
  return [...seeds, ...solvs, ...packed];
}

function seed(name, bytes) {
  return { name, kind: name.split('.').at(-1), bytes };
}

function toSolv(libsolv, kind, bytes) {
  const pool = libsolv.createPool({ arch: 'x86_64' });
  const repo = pool.addRepo('r');
  readers[kind](repo, bytes);
  const solv = repo.toSolv();
  pool.dispose();
  return solv;
}

/** Of documents that are a repository each; by the kind, which is the end of the file's name. */
const readers = {
  xml: (repo, bytes) => repo.addRpmmd({ primary: bytes }),
  filelists: (repo, bytes) => repo.addRpmmd({ primary: readPrimary(), filelists: bytes }),
  solv: (repo, bytes) => repo.addSolv(bytes),
  updateinfo: (repo, bytes) => repo.addUpdateinfo(bytes),
  susetags: (repo, bytes) => repo.addSusetags(bytes),
  helix: (repo, bytes) => repo.addHelix(bytes),
  repo: (repo, bytes) => repo.addTestcase(bytes),
};

const readPrimary = () => new Uint8Array(readFileSync(join(seedsDirectory, 'primary.xml')));

/** Reads, indexes, solves over, and writes again. */
export function exercise(libsolv, kind, bytes) {
  if (kind === 't') return runAll(libsolv, new Map([['case.t', bytes]]));
  if (kind === 'gz') return runAll(libsolv, new Map(Object.entries({ 'case.t': caseOfPacked, 'r.repo.gz': bytes })));
  const pool = libsolv.createPool({ arch: 'x86_64' });
  try {
    const repo = pool.addRepo('r');
    readers[kind](repo, bytes);
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

const caseOfPacked = text.encode(
  'repo r 0 testtags r.repo.gz\nsystem x86_64 rpm\njob install name a\nresult transaction <inline>\n',
);

function runAll(libsolv, files) {
  const testcase = libsolv.openTestcase('case.t', files);
  try {
    while (testcase.next() !== null);
  } finally {
    if (!libsolv.dead) testcase.dispose();
  }
}

/** A problem whose result must never change, whatever was read before. */
export function healthy(libsolv) {
  const pool = libsolv.createPool({ arch: 'x86_64' });
  const repo = pool.addRepo('r');
  repo.addRpmmd({ primary: readPrimary() });
  pool.createWhatprovides();
  const solver = pool.createSolver();
  solver.run(pool.solvables().map((id) => ({ action: 'install', select: { kind: 'solvable', id } })));
  const result = solver.testcaseResult(['transaction', 'problems', 'rules', 'order']);
  pool.dispose();
  return result;
}
