import { InvalidArgumentError, Option } from 'commander';
import { type CompareFilesOptions, compareLibsolvs, type Failure, failures, type Status, statusOf } from '#compare';
import { InputError } from '#errors';
import { writeFileAtomic } from '#files';
import { defaultJobs } from '#run';
import type { Comparison } from '#run-document';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { positive, wholeNumber } from '../numbers.js';
import { packageRoot } from '../package-root.js';
import { Progress } from '../progress.js';
import { realScenarios, thisLab } from '../run-files.js';
import { comparisonText } from '../text/comparison-text.js';

interface CompareFlags {
  readonly libsolv?: readonly string[];
  readonly pairs: number;
  readonly margin: number;
  readonly jobs?: number;
  readonly seed: number;
  readonly failOn: readonly Failure[];
  readonly output?: string;
  readonly json?: boolean;
}

export const registerCompare: Register = (program, { io, exitWith }) => {
  program
    .command('compare')
    .description('what moved between two of something: answers, exact counts, then time taken in turns')
    .argument('[file...]', 'scenarios (default: all of scenarios/real)')
    .option(
      '--libsolv <a b...>',
      'two libsolvs: pinned versions or source directories, with patches as in 0.7.32+order-index; then scenarios',
    )
    .option('--pairs <n>', 'pairs of samples of each phase, at least 5 to judge; 0 takes no time', wholeNumber, 8)
    .option('--margin <percent>', 'a ratio of times so close to one is the same', percentage, 0.02)
    .option('--jobs <n>', 'workers for the answers (default: one a processor, as memory allows)', positive)
    .option('--seed <n>', 'of the order within pairs and of the resamples', wholeNumber, 1)
    .addOption(
      new Option('--fail-on <what...>', 'what makes it exit with 1').choices(failures).default(['answers', 'slower']),
    )
    .option('-o, --output <file>', 'also write the comparison as JSON')
    .option('--json', 'print the comparison as JSON')
    .addHelpText(
      'after',
      `
Exits with 1 where what --fail-on names has happened, with 2 where it cannot be told, else with 0.

Examples:
  kmplab compare --libsolv 0.7.32 0.7.40
  kmplab compare --libsolv 0.7.32 0.7.32+order-index scenarios/real/kernel-update.yaml`,
    )
    .action(exitWith((files: string[], flags: CompareFlags) => compare(files, flags, io)));
};

async function compare(files: readonly string[], flags: CompareFlags, io: Io): Promise<ExitCode> {
  const progress = new Progress(io, flags.json === true && !io.terminal);
  const comparison = await compared(files, flags, {
    root: packageRoot,
    jobs: flags.jobs ?? defaultJobs(),
    pairs: flags.pairs,
    margin: flags.margin,
    seed: flags.seed,
    kmplab: await thisLab(),
    onProgress: progress.say,
  });
  progress.done();
  if (flags.output !== undefined) await writeFileAtomic(flags.output, `${JSON.stringify(comparison, null, 1)}\n`);
  const status = statusOf(comparison, flags.failOn);
  if (flags.json === true) printJson(io, comparison);
  else io.out(`${comparisonText(comparison)}${status}\n`);
  return exitCodes[status];
}

const exitCodes: Readonly<Record<Status, ExitCode>> = { passed: 0, failed: 1, unknown: 2 };

function compared(files: readonly string[], { libsolv }: CompareFlags, options: Shared): Promise<Comparison> {
  if (libsolv === undefined) throw new InputError('usage', 'nothing to compare', { expected: '--libsolv A B' });
  return withScenarios(libsolv, files, (sides, all) => compareLibsolvs(sides, { ...options, files: all }));
}

type Shared = Omit<CompareFilesOptions, 'files'>;

/** An option takes every word behind it: the first two are the sides, the others are scenarios. */
async function withScenarios<Result>(
  [a, b, ...more]: readonly string[],
  files: readonly string[],
  work: (sides: readonly [string, string], files: readonly string[]) => Promise<Result>,
): Promise<Result> {
  if (a === undefined || b === undefined) {
    throw new InputError('usage', 'a comparison is of two', { expected: 'two of them, and then scenarios' });
  }
  const named = [...files, ...more];
  return work([a, b], named.length > 0 ? named : await realScenarios());
}

function percentage(text: string): number {
  const percents = Number(text.replace(/ *%$/, ''));
  if (!(percents > 0 && percents < 100)) throw new InvalidArgumentError('expected percent, more than 0');
  return percents / 100;
}
