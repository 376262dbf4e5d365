import { join } from 'node:path';
import { Option } from 'commander';
import { type ChallengeRun, challengeFor, challengePromises } from '#challenge';
import { InputError, nearest } from '#errors';
import { tryDirectory, writeFilesAtomic } from '#files';
import { designNamed, parseSchemeText } from '#packaging';
import { defaultJobs } from '#run';
import type { PromiseId } from '#run-document';
import { counted } from '#tell';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { positive, wholeNumber } from '../numbers.js';
import { OutputOption } from '../output-option.js';
import { packageRoot } from '../package-root.js';
import { Progress } from '../progress.js';
import { challengeText } from '../text/challenge-text.js';
import { findFiles } from '../text/find-file.js';

interface ChallengeFlags {
  readonly promise?: readonly string[];
  readonly time: number;
  readonly histories?: number;
  readonly requests: number;
  readonly seed: number;
  readonly jobs?: number;
  readonly output?: string;
  readonly json?: boolean;
}

export const registerChallenge: Register = (program, { io, exitWith }) => {
  program
    .command('challenge')
    .description('search random machines, channels and histories for promises that a design breaks')
    .argument('<design>', 'a ready design, with options as in "grouped grouping=installer", or the file of one')
    .option('--promise <name...>', `only these promises (default: all): ${challengePromises.join(', ')}`)
    .option('--time <seconds>', 'begin no history after so many seconds', positive, 60)
    .addOption(
      new Option('--histories <n>', 'try so many histories, however long it takes')
        .argParser(positive)
        .conflicts('time'),
    )
    .option('--requests <n>', 'requests of a history, the installation included', positive, 6)
    .option('--seed <n>', 'seed of everything random', wholeNumber, 1)
    .option('--jobs <n>', 'workers beside each other (default: one a processor, as memory allows); 1: none', positive)
    .addOption(
      new OutputOption('-o, --output <dir>', 'where the scenarios go (default: reports/out/challenge)', 'files'),
    )
    .option('--json', 'print the finds as JSON, and write no files unless -o is given')
    .addHelpText(
      'after',
      `
Exits with 0 when no promise was broken and with 1 when one was. The finds depend on seed, requests and the number of histories alone, not on
the number of workers. docs/challenge.md tells what is drawn, and what is no fault of a design.

Examples:
  kmplab challenge companion                                       for a minute
  kmplab challenge modular --promise drivenStaysDriven --histories 500
  kmplab challenge ./my-design.yaml --seed 7 --time 600 -o finds
  kmplab run reports/out/challenge/modular-driven-stays-driven-1.yaml    one find once more`,
    )
    .action(exitWith((design: string, flags: ChallengeFlags) => challengeCommand(design, flags, io)));
};

async function challengeCommand(design: string, flags: ChallengeFlags, io: Io): Promise<ExitCode> {
  const promises = (flags.promise ?? challengePromises).map(promiseNamed);
  refuseOtherFormats(design);
  const directory = flags.output ?? (flags.json === true ? null : join(packageRoot, 'reports', 'out', 'challenge'));
  if (directory !== null) await tryDirectory(directory);
  const progress = new Progress(io, flags.json === true && !io.terminal);
  const found = await challengeFor(design, {
    seed: flags.seed,
    requests: flags.requests,
    promises,
    histories: flags.histories ?? null,
    milliseconds: flags.histories === undefined ? flags.time * 1000 : null,
    jobs: flags.jobs ?? defaultJobs(),
    onProgress: ({ histories, finds }) => {
      progress.say(`${counted(histories, 'history', 'histories')}, ${counted(finds, 'find')}`);
    },
  });
  progress.done();
  const files = findFiles(found);
  if (directory !== null && files.size > 0) await writeFilesAtomic(directory, files);
  const paths = directory === null ? null : [...files.keys()].map((name) => join(directory, name));
  if (flags.json === true) printJson(io, found);
  else io.out(challengeText(found, paths));
  return exitCodeOf(found);
}

function exitCodeOf({ finds }: ChallengeRun): ExitCode {
  return finds.length === 0 ? 0 : 1;
}

/** @throws InputError `usage` */
function promiseNamed(text: string): PromiseId {
  const found = challengePromises.find((id) => id === text);
  if (found !== undefined) return found;
  const guess = nearest(text, challengePromises);
  throw new InputError('usage', `there is no promise "${text}" to challenge a design with`, {
    expected: `one of ${challengePromises.join(', ')}`,
    ...(guess === null ? {} : { hint: `write "${guess}"` }),
  });
}

/** @throws InputError for a design that is not there, or whose packages no package manager installs */
function refuseOtherFormats(text: string): void {
  const { client } = designNamed(parseSchemeText(text).name);
  if (client !== 'none') return;
  throw new InputError('unsupported', `design ${text} is of another package format`, {
    expected: 'a design whose packages zypper or dnf installs',
  });
}
