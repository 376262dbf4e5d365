import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Libsolv, load, SolvError } from '@opensuse/libsolv-wasm';
import { InputError } from '#errors';
import { asInputError, listFilesSorted, readInputFile } from '#files';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';

type Verdict =
  | { readonly status: 'passed' }
  | { readonly status: 'failed'; readonly difference: string }
  | { readonly status: 'skipped'; readonly reason: string };

type Checked = Verdict & { readonly path: string; readonly complaints: string };

/** zypper's testcases of a whole distribution are some tens of megabytes. */
const limitBytes = 256 * 2 ** 20;

export const registerTestcase: Register = (program, { io, exitWith }) => {
  program
    .command('testcase')
    .description('run libsolv testcases and compare with the results they state')
    .argument('<path...>', '.t files, directories of them, or what "zypper --debug-solver" wrote')
    .option('--json', 'print the results as JSON')
    .addHelpText('after', '\nExample:\n  kmplab testcase /var/log/zypper.solverTestCase')
    .action(exitWith((paths: string[], flags: { readonly json?: boolean }) => check(paths, flags.json === true, io)));
};

async function check(paths: readonly string[], json: boolean, io: Io): Promise<ExitCode> {
  const libsolv = await load();
  const results: Checked[] = [];
  for (const path of paths) {
    for (const file of await findTestcases(path)) results.push(await run(libsolv, file));
  }
  libsolv.dispose();
  if (json) printJson(io, results);
  else io.out(text(results));
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
  const differences: string[] = [];
  let complaints = '';
  let checkedParts = 0;
  try {
    const testcase = libsolv.openTestcase(basename(path), files);
    for (let part = testcase.next(); part !== null; part = testcase.next()) {
      complaints += part.complaints;
      if (part.outcome.status !== 'unchecked') checkedParts += 1;
      if (part.outcome.status === 'failed') differences.push(part.outcome.difference);
    }
    testcase.dispose();
  } catch (error) {
    if (!(error instanceof SolvError)) throw error;
    if (error.code === 'unsupported') return { path, complaints, status: 'skipped', reason: error.message };
    throw new InputError('corrupt', error.message, { file: path, expected: 'a libsolv testcase', cause: error });
  }
  if (differences.length > 0) return { path, complaints, status: 'failed', difference: differences.join('') };
  return checkedParts === 0
    ? { path, complaints, status: 'skipped', reason: 'it states no result to compare with' }
    : { path, complaints, status: 'passed' };
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
  return [
    ...results.map(line),
    `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped\n`,
  ].join('');
}

function line(result: Checked): string {
  const complaints = result.complaints.trim() === '' ? '' : `  libsolv: ${result.complaints.trim()}\n`;
  switch (result.status) {
    case 'passed':
      return `passed  ${result.path}\n${complaints}`;
    case 'failed':
      return `failed  ${result.path}\n${result.difference.replace(/^(?=.)/gm, '  ')}${complaints}`;
    case 'skipped':
      return `skipped ${result.path}: ${result.reason}\n${complaints}`;
  }
}
