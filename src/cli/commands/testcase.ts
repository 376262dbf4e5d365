import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Libsolv, load, SolvError, type TestcaseOutcome } from '@opensuse/libsolv-wasm';
import { InputError } from '#errors';
import { asInputError, listFilesSorted, readInputFile } from '#files';
import { counted } from '#tell';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';

type Verdict =
  | { readonly status: 'passed' }
  | { readonly status: 'failed'; readonly difference: string }
  | { readonly status: 'skipped'; readonly reason: string }
  /** It could not be read, or not all of it: no result to compare, or none worth to. */
  | { readonly status: 'broken'; readonly reason: string };

type Checked = Verdict & { readonly path: string; readonly complaints: readonly string[] };

/** zypper's testcases of a whole distribution are some tens of megabytes. */
const limitBytes = 256 * 2 ** 20;
/** libsolv has a complaint for each line that it does not know: of what is no testcase, all. */
const complaintsShown = 3;

export const registerTestcase: Register = (program, { io, exitWith }) => {
  program
    .command('testcase')
    .description('run libsolv testcases and compare with the results they state')
    .argument('<path...>', '.t files, directories of them, or what "zypper --debug-solver" wrote')
    .option('--json', 'print the results as JSON')

    .addHelpText('after', '\nExit code: 0 if none failed, 1 if one did, 2 if one could not be read.')
    .addHelpText('after', '\nExample:\n  kmplab testcase /var/log/zypper.solverTestCase')
    .action(exitWith((paths: string[], flags: { readonly json?: boolean }) => check(paths, flags.json === true, io)));
};

async function check(paths: readonly string[], json: boolean, io: Io): Promise<ExitCode> {
  const files: string[] = [];
  for (const path of paths) files.push(...(await findTestcases(path)));
  let libsolv = await load();
  const results: Checked[] = [];
  for (const file of files) {
    results.push(await run(libsolv, file));
    if (libsolv.dead) libsolv = await load();
  }
  libsolv.dispose();
  if (json) printJson(io, results);
  else io.out(text(results));
  if (results.some(({ status }) => status === 'broken')) return 2;
  return results.some(({ status }) => status === 'failed') ? 1 : 0;
}

async function findTestcases(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch((error: unknown) => {
    throw asInputError(error, path, 'a testcase or a directory of testcases');
  });
  if (!found.isDirectory()) return [path];
  const files = (await listFilesSorted(path)).filter((name) => name.endsWith('.t')).map((name) => join(path, name));
  if (files.length > 0) return files;
  throw new InputError('missing', 'no testcase in this directory', { file: path, expected: 'files that end in .t' });
}

async function run(libsolv: Libsolv, path: string): Promise<Checked> {
  const files = await readFiles(path);
  const complaints: string[] = [];
  const outcomes: TestcaseOutcome[] = [];
  try {
    const testcase = libsolv.openTestcase(basename(path), files);
    for (let part = testcase.next(); part !== null; part = testcase.next()) {
      complaints.push(...part.complaints.split('\n').filter((line) => line.trim() !== ''));
      outcomes.push(part.outcome);
    }
    testcase.dispose();
  } catch (error) {
    if (!(error instanceof SolvError)) throw error;
    return { path, complaints, status: error.code === 'unsupported' ? 'skipped' : 'broken', reason: error.message };
  }
  return { path, complaints, ...verdictOf(outcomes, complaints) };
}

function verdictOf(outcomes: readonly TestcaseOutcome[], complaints: readonly string[]): Verdict {
  const differences = outcomes.flatMap((outcome, index) => {
    if (outcome.status !== 'failed') return [];
    return outcomes.length === 1 ? [outcome.difference] : [`job ${index + 1}:\n${outcome.difference}`];
  });
  if (differences.length > 0) return { status: 'failed', difference: differences.join('') };
  if (outcomes.some(({ status }) => status === 'passed')) return { status: 'passed' };
  // A result that libsolv could not read is as good as none; a testcase that states none has nothing to complain about.
  if (complaints.length > 0) return { status: 'broken', reason: 'libsolv cannot read it' };
  return { status: 'skipped', reason: 'it states no result to compare with' };
}

/** The testcase and those files beside it that it names; a name with a directory in it is never one of them. */
async function readFiles(path: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const main = await readInputFile(path, { limitBytes, expected: 'a libsolv testcase' });
  const words = new Set(new TextDecoder('latin1').decode(main).split(/\s+/));
  const directory = dirname(path);
  const files = new Map([[basename(path), main]]);
  for (const name of await listFilesSorted(directory)) {
    if (!words.has(name) || files.has(name)) continue;
    files.set(name, await readInputFile(join(directory, name), { limitBytes }));
  }
  return files;
}

function text(results: readonly Checked[]): string {
  const count = (status: Verdict['status']) => results.filter((result) => result.status === status).length;
  const broken = count('broken') === 0 ? '' : `, ${count('broken')} broken`;
  return [
    ...results.flatMap(lines),
    `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped${broken}`,
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function lines(result: Checked): readonly string[] {
  const { path, complaints } = result;
  const more = complaints.length - complaintsShown;
  const said = [
    ...complaints.slice(0, complaintsShown).map((line) => `  libsolv: ${line}`),
    ...(more > 0 ? [`  libsolv: and ${counted(more, 'more complaint')}`] : []),
  ];
  switch (result.status) {
    case 'passed':
      return [`passed  ${path}`, ...said];
    case 'failed':
      return [
        `failed  ${path}`,
        ...result.difference
          .trimEnd()
          .split('\n')
          .map((line) => `  ${line}`),
        ...said,
      ];
    case 'skipped':
    case 'broken':
      return [`${result.status.padEnd(7)} ${path}: ${result.reason}`, ...said];
  }
}
