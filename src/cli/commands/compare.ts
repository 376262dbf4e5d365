import { InvalidArgumentError, Option } from 'commander';
import {
  type CompareFilesOptions,
  compareCommit,
  compareDesigns,
  compareLibsolvs,
  compareRepositories,
  type Failure,
  failures,
  type Status,
  statusOf,
} from '#compare';
import { InputError } from '#errors';
import { writeFileAtomic } from '#files';
import { designNamed, parseSchemeText } from '#packaging';
import { renderComparisonPage } from '#report';
import { defaultJobs, hardwareNamed } from '#run';
import type { Comparison } from '#run-document';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { positive, wholeNumber } from '../numbers.js';
import { OutputOption } from '../output-option.js';
import { packageRoot } from '../package-root.js';
import { Progress } from '../progress.js';
import { requestOf } from '../request-options.js';
import { realScenarios, thisLab } from '../run-files.js';
import { comparisonText } from '../text/comparison-text.js';

interface CompareFlags {
  readonly libsolv?: readonly string[];
  readonly design?: readonly string[];
  readonly repo?: readonly string[];
  readonly request?: readonly string[];
  readonly installed?: string;
  readonly hardware?: string;
  readonly arch: string;
  readonly ref?: string;
  readonly html?: string;
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
    .option('--design <a b...>', 'two designs, by name or file; then scenarios')
    .option('--repo <a b...>', 'two rpm-md repositories, which --request asks')
    .option('--request <words...>', 'of --repo: what zypper is asked, as in "in kernel-default"')
    .option('--installed <dir>', 'of --repo: rpm-md repository whose packages are all installed')
    .option('--hardware <profile>', 'of --repo: a ready profile, or the file of one')
    .option('--arch <arch>', 'of --repo: architecture of the machine', 'x86_64')
    .option('--ref <commit>', 'another commit of this lab, built in the cache, against this one')
    .option('--pairs <n>', 'pairs of samples of each phase, at least 5 to judge; 0 takes no time', wholeNumber, 8)
    .option('--margin <percent>', 'a ratio of times so close to one is the same', percentage, 0.02)
    .option('--jobs <n>', 'workers for the answers (default: one a processor, as memory allows)', positive)
    .option('--seed <n>', 'of the order within pairs', wholeNumber, 1)
    .addOption(
      new Option('--fail-on <what...>', 'what makes it exit with 1').choices(failures).default(['answers', 'slower']),
    )
    .addOption(new OutputOption('-o, --output <file>', 'also write the comparison as JSON'))
    .addOption(new OutputOption('--html <file>', 'also write it as a page'))
    .option('--json', 'print the comparison as JSON')
    .addHelpText(
      'after',
      `
Exits with 1 where what --fail-on names has happened, with 2 where it cannot be told, else with 0.

Examples:
  kmplab compare --libsolv 0.7.32 0.7.40
  kmplab compare --libsolv 0.7.32 0.7.32+order-index scenarios/real/kernel-update.yaml
  kmplab compare --design modular bound-supplements scenarios/real/kernel-update.yaml --fail-on nothing
  kmplab compare --repo /tmp/before /tmp/after --request "in kernel-default" up
  kmplab compare --ref HEAD~1 --html comparison.html`,
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
  if (flags.html !== undefined) await writeFileAtomic(flags.html, renderComparisonPage(comparison));
  const status = statusOf(comparison, flags.failOn);
  if (flags.json === true) printJson(io, comparison);
  else io.out(`${comparisonText(comparison)}${status}\n`);
  return exitCodes[status];
}

const exitCodes: Readonly<Record<Status, ExitCode>> = { passed: 0, failed: 1, unknown: 2 };

/** What the options name, and nothing else. */
async function compared(files: readonly string[], flags: CompareFlags, options: Shared): Promise<Comparison> {
  const { libsolv, design, repo, ref } = flags;
  const named = [libsolv, design, repo, ref].filter((one) => one !== undefined).length;
  if (named !== 1) {
    throw new InputError('usage', named === 0 ? 'nothing to compare' : 'only one kind of thing can be compared', {
      expected: '--libsolv A B, --design A B, --repo A B or --ref COMMIT',
    });
  }
  if (libsolv !== undefined)
    return withScenarios(libsolv, files, (sides, all) => compareLibsolvs(sides, { ...options, files: all }));
  if (design !== undefined)
    return withScenarios(design, files, (sides, all) => {
      for (const side of sides) designNamed(parseSchemeText(side).name);
      return compareDesigns(sides, { ...options, files: all });
    });
  if (repo !== undefined) return twoRepositories([...repo, ...files], flags, options);
  return compareCommit(ref ?? '', { ...options, files: files.length > 0 ? files : await realScenarios() });
}

async function twoRepositories(
  [a, b, ...more]: readonly string[],
  flags: CompareFlags,
  options: Shared,
): Promise<Comparison> {
  if (a === undefined || b === undefined || more.length > 0)
    throw new InputError('usage', 'a comparison is of two repositories', {
      expected: '--repo A B --request "in NAME"',
    });
  if (flags.request === undefined)
    throw new InputError('usage', 'nothing is asked of the repositories', {
      expected: '--request "in NAME", once or more',
    });
  const machine = {
    installed: flags.installed ?? null,
    hardware: flags.hardware === undefined ? null : await hardwareNamed(flags.hardware),
    arch: flags.arch,
    locks: [],
    autoInstalled: null,
    zyppConf: {},
    running: null,
  };
  const requests = flags.request.map((text) => {
    const [verb = '', ...names] = text.trim().split(/\s+/);
    return { text: `zypper ${text}`, request: requestOf(verb, names, { recommends: true }) };
  });
  return compareRepositories([a, b], { ...options, machine, requests });
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
