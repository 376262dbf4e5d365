import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Libsolv, load, SolvError, type TestcaseOutcome } from '@opensuse/libsolv-wasm';
import { InputError } from '#errors';
import { asInputError, listFilesSorted, readInputFile } from '#files';
import { type Bound, untimed, within } from '#solve';
import { counted, noAnswerText } from '#tell';
import { addBoundOptions, type BoundFlags, boundOf } from '../bound-options.js';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';

type Verdict =
  | { readonly status: 'passed' }
  | { readonly status: 'failed'; readonly difference: string }
  | { readonly status: 'skipped'; readonly reason: string }
  | { readonly status: 'noAnswer'; readonly reason: string }
  /** It could not be read, or not all of it: no result to compare, or none worth to. */
  | { readonly status: 'broken'; readonly reason: string };

type Checked = Verdict & { readonly path: string; readonly complaints: readonly string[] };

/** zypper's testcases of a whole distribution are some tens of megabytes. */
const limitBytes = 256 * 2 ** 20;
/** libsolv has a complaint for each line that it does not know: of what is no testcase, all. */
const complaintsShown = 3;

interface TestcaseFlags extends BoundFlags {
  readonly json?: boolean;
}

export const registerTestcase: Register = (program, { io, exitWith }) => {
  addBoundOptions(
    program
      .command('testcase')
      .description('run libsolv testcases and compare with the results they state')
      .argument('<path...>', '.t files, directories of them, or what "zypper --debug-solver" wrote')
      .option('--json', 'print the results as JSON'),
  )
    .addHelpText(
      'after',
      '\nExit code: 0 if none failed, 1 if one did or had no answer in time or memory, 2 if one could not be read.',
    )
    .addHelpText('after', '\nExample:\n  kmplab testcase /var/log/zypper.solverTestCase')
    .action(exitWith((paths: string[], flags: TestcaseFlags) => check(paths, flags, io)));
};

async function check(paths: readonly string[], flags: TestcaseFlags, io: Io): Promise<ExitCode> {
  const files: string[] = [];
  for (const path of paths) files.push(...(await findTestcases(path)));
  const bound = boundOf(flags);
  const fresh = () => load({ memoryMaxBytes: bound.memoryMaxBytes });
  let libsolv = await fresh();
  const results: Checked[] = [];
  for (const file of files) {
    results.push(await run(libsolv, file, bound));
    if (libsolv.dead) libsolv = await fresh();
  }
  libsolv.dispose();
  if (flags.json === true) printJson(io, results);
  else io.out(text(results));
  if (results.some(({ status }) => status === 'broken')) return 2;
  return results.some(({ status }) => status === 'failed' || status === 'noAnswer') ? 1 : 0;
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

async function run(libsolv: Libsolv, path: string, bound: Bound): Promise<Checked> {
  const files = await readFiles(path);
  const complaints: string[] = [];
  const outcomes: TestcaseOutcome[] = [];
  const solveAll = (): void => {
    const testcase = libsolv.openTestcase(basename(path), files);
    for (let part = testcase.next(); part !== null; part = testcase.next()) {
      complaints.push(...part.complaints.split('\n').filter((line) => line.trim() !== ''));
      outcomes.push(part.outcome);
    }
    testcase.dispose();
  };
  try {
    const answered = within(bound, untimed, solveAll);
    if ('noAnswer' in answered)
      return { path, complaints, status: 'noAnswer', reason: noAnswerText(answered.noAnswer.within) };
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

const words = { noAnswer: 'without an answer', broken: 'broken' } as const;

function text(results: readonly Checked[]): string {
  const count = (status: Verdict['status']) => results.filter((result) => result.status === status).length;
  const more = (['noAnswer', 'broken'] as const).flatMap((status) =>
    count(status) === 0 ? [] : [`, ${count(status)} ${words[status]}`],
  );
  return [
    ...results.flatMap(lines),
    `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped${more.join('')}`,
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
    case 'noAnswer':
      return [`ended   ${path}: ${result.reason}`, ...said];
    case 'skipped':
    case 'broken':
      return [`${result.status.padEnd(7)} ${path}: ${result.reason}`, ...said];
  }
}
