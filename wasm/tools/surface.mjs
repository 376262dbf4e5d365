#!/usr/bin/env node
// Whether every name that libsolv's headers and its testcases know is a name of this library too, with the same value: the lists are
// read from the source tree that the build unpacked. Exits with 1 and says what is missing, wrong, or not libsolv's.
//   node wasm/tools/surface.mjs
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as library from '../dist/index.js';
import { main } from './run.mjs';
import { provide, readPins } from './sources.mjs';

/** `#define`s or enumerators that begin so, with the value they are given; aliases of others have a name for one. */
function constants(text, prefix, except = []) {
  const pattern = new RegExp(
    `^(?:#define\\s+|\\s*)${prefix}([A-Z_]+)(?:\\s+|\\s*=\\s*)\\(?(-?\\w+(?: << \\d+)?)\\)?`,
    'gm',
  );
  return new Map(
    [...text.matchAll(pattern)]
      .filter(([, name, value]) => /^-?\d/.test(value) && !except.some((other) => other.test(name)))
      .map(([, name, value]) => [name, number(value)]),
  );
}

function number(text) {
  const [value, shift = 0] = text.split(' << ').map(Number);
  return value << shift;
}

/** Enumerators without a value count on from the one before. */
function ruleTypes(text) {
  const [, body] = /typedef enum \{(.*?)\} SolverRuleinfo;/s.exec(text);
  let last = -1;
  return new Map(
    [...body.matchAll(/SOLVER_RULE_([A-Z_]+)(?:\s*=\s*(0x\w+|\d+))?/g)].map(([, name, value]) => {
      last = value === undefined ? last + 1 : Number(value);
      return [name, last];
    }),
  );
}

/** The names of one of the tables that testcase.c and testsolv.c have of flags. */
function table(text, name) {
  const [, body] = new RegExp(`\\} ${name}\\[\\] = \\{(.*?)\\n\\};`, 's').exec(text);
  return [...body.matchAll(/"(\w+)"/g)].map(([, word]) => word);
}

/** `NO_INFARCHCHECK`, `noInfarchcheck` and `noinfarchcheck` are one name. */
const plain = (name) => name.replaceAll('_', '').toLowerCase();

function compare(what, theirs, ours) {
  const own = new Map(Object.entries(ours).map(([name, value]) => [plain(name), value]));
  const known = new Set([...theirs.keys()].map(plain));
  return [
    ...[...theirs].flatMap(([name, value]) => {
      const found = own.get(plain(name));
      if (found === undefined) return [`${what}: ${name} is missing`];
      return found === value ? [] : [`${what}: ${name} is ${value} in libsolv and ${found} here`];
    }),
    ...[...own.keys()].filter((name) => !known.has(name)).map((name) => `${what}: libsolv has no ${name}`),
  ];
}

function compareNames(what, theirs, ours, except = {}) {
  const own = new Set(Object.keys(ours).map(plain));
  return theirs
    .map((name) => except[name] ?? name)
    .filter((name) => !own.has(plain(name)))
    .map((name) => `${what}: testcases know ${name}`);
}

await main(async () => {
  const { libsolv: version } = (await library.load()).version();
  const { directory } = await provide('libsolv', readPins(version).libsolv, { strict: true });
  const read = (...path) => readFileSync(join(directory, ...path), 'utf8');
  const solver = read('src', 'solver.h');
  const jobs = /#define SOLVER_NOOP.*?#define SOLVER_JOBMASK/s.exec(solver)[0];
  const flags = /#define SOLVER_WEAK\b.*?#define SOLVER_SETMASK/s.exec(solver)[0];
  const pool = read('src', 'pool.h');
  const selection = read('src', 'selection.h');
  const transaction = read('src', 'transaction.h');
  const testcase = read('ext', 'testcase.c');
  const { selectionFlags, selectionModes, stepModes, classTypes, solverFlags, poolFlags, resultKinds } = library;

  const modes = ['REPLACE', 'ADD', 'SUBTRACT', 'FILTER'];
  const all = constants(selection, 'SELECTION_');
  const tables = [
    ['jobs', constants(jobs, 'SOLVER_', [/JOBMASK/]), library.jobActions],
    ['job flags', constants(flags, 'SOLVER_', [/SETMASK/]), library.jobFlags],
    ['solver flags', constants(solver, 'SOLVER_FLAG_'), solverFlags],
    ['decision reasons', constants(solver, 'SOLVER_REASON_'), library.decisionReasons],
    ['alternatives', constants(solver, 'SOLVER_ALTERNATIVE_TYPE_'), library.alternativeTypes],
    [
      'solution elements',
      constants(read('src', 'problems.h'), 'SOLVER_SOLUTION_', [/^REPLACE_/]),
      library.solutionElements,
    ],
    ['rule types', withoutUnknown(ruleTypes(read('src', 'rules.h'))), library.ruleTypes],
    ['pool flags', constants(pool, 'POOL_FLAG_'), poolFlags],
    ['distribution types', constants(pool, 'DISTTYPE_'), library.distTypes],
    ['selection flags', only(all, (name) => !modes.includes(name) && name !== 'MODEBITS'), selectionFlags],
    ['selection modes', only(all, (name) => modes.includes(name)), selectionModes],
    [
      'step modes',
      constants(transaction, 'SOLVER_TRANSACTION_', [/^(?!SHOW|CHANGE_|MERGE|RPM|KEEP_PSEUDO|OBSOLETE_)/]),
      stepModes,
    ],
    [
      'step classes',
      constants(transaction, 'SOLVER_TRANSACTION_', [/SHOW|CHANGE_|MERGE|RPM|KEEP|OBSOLETE_|MAXTYPE/]),
      classTypes,
    ],
    ['result kinds', constants(read('ext', 'testcase.h'), 'TESTCASE_RESULT_', [/REUSE_SOLVER/]), resultKinds],
  ];
  const problems = [
    ...tables.flatMap(([what, theirs, ours]) => compare(what, theirs, ours)),
    ...compareNames('jobs', table(testcase, 'job2str'), library.jobActions, { noobsoletes: 'multiversion' }),
    ...compareNames('job flags', table(testcase, 'jobflags2str'), library.jobFlags),
    ...compareNames('solver flags', table(testcase, 'solverflags2str'), solverFlags),
    ...compareNames('pool flags', table(testcase, 'poolflags2str'), poolFlags),
    ...compareNames('distribution types', table(testcase, 'disttype2str'), library.distTypes),
    ...compareNames(
      'selections',
      table(testcase, 'selflags2str'),
      { ...selectionFlags, ...selectionModes },
      { depstr: 'matchDepstr' },
    ),
    ...compareNames('result kinds', table(read('tools', 'testsolv.c'), 'resultflags2str'), resultKinds),
  ];
  for (const [what, theirs] of tables) {
    if (theirs.size === 0) problems.push(`${what}: none found in libsolv's headers`);
    console.log(`${String(theirs.size).padStart(3)} ${what}`);
  }
  for (const problem of problems) console.error(problem);
  console.log(`libsolv ${version}: ${problems.length} names differ`);
  process.exitCode = problems.length === 0 ? 0 : 1;
});

function only(map, holds) {
  return new Map([...map].filter(([name]) => holds(name)));
}

/** 0 is what libsolv returns for no rule at all. */
function withoutUnknown(types) {
  return only(types, (name) => name !== 'UNKNOWN');
}
