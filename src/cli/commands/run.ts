import { basename, dirname, join } from 'node:path';
import { InputError, nearest } from '#errors';
import { listFilesSorted, pathExists } from '#files';
import { designNamed, parseSchemeText } from '#packaging';
import { defaultJobs, provideLibsolv, realGrowth, runLab } from '#run';
import type { RunDocument } from '#run-document';
import { scorecard } from '#scorecard';
import { addBoundOptions, type BoundFlags, boundOf } from '../bound-options.js';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { libsolvOption } from '../libsolv-option.js';
import { positive, wholeNumber } from '../numbers.js';
import { OutputOption } from '../output-option.js';
import { packageRoot } from '../package-root.js';
import { Progress } from '../progress.js';
import { outputDirectory, publishRun, realScenarios, thisLab } from '../run-files.js';
import { historyTable } from '../text/history-table.js';
import { runSummary } from '../text/run-summary.js';
import { schemeTable } from '../text/scheme-table.js';

interface RunFlags extends BoundFlags {
  readonly output?: string;
  readonly name: string;
  readonly samples: number;
  readonly jobs?: number;
  readonly seed: number;
  readonly growth?: boolean;
  readonly scorecard?: readonly string[] | true;
  readonly scheme?: readonly string[];
  readonly hardware?: readonly string[];
  readonly json?: boolean;
  readonly libsolv?: string;
}

/** Kernel modules per build, the last meaning "all of them"; and successive builds, whose last update breaks 30 % of the kernel modules. */
const growthPlan = {
  sizes: [250, 500, 1000, 2000, Number.MAX_SAFE_INTEGER],
  kernels: [49, 50, 51, 52, 53].map((build) => `debian-6.1.0-${build}-amd64`),
};

/** What a review of designs chooses from: the kernel as it is, as it is split today, the proposal and what mends it. */
const scoredDesigns = ['monolithic', 'split', 'modular', 'companion', 'bound-supplements', 'bound-boot'];

/** Random histories for each of these: some seconds; "kmplab challenge" tries more. */
const scoredHistories = 20;

export const registerRun: Register = (program, { io, exitWith }) => {
  const command = program
    .command('run')
    .description('solve scenarios, audit the machine they leave, and write run.json and index.html')
    .argument('[file...]', 'scenarios and histories (default: all of scenarios/real)')
    .addOption(
      new OutputOption('-o, --output <dir>', 'where run.json and index.html go (default: reports/out/<name>)', 'files'),
    )
    .option('--name <name>', 'name of the run', 'real')
    .option('--samples <n>', 'samples of each phase; 0 measures no time', wholeNumber, 5)
    .option('--jobs <n>', 'workers beside each other (default: one a processor, as memory allows); 1: none', positive)
    .option('--seed <n>', 'seed of everything random', wholeNumber, 1)
    .option(
      '--scheme <scheme...>',
      'run under these schemes and compare them, an option as in "grouped grouping=installer"',
    )
    .option('--hardware <profile...>', 'hardware profiles that histories run on (default: all that come along)')
    .addOption(libsolvOption());
  addBoundOptions(command)
    .option('--growth', 'also measure how the cost grows with the number of kernel modules and of builds')
    .option(
      '--scorecard [design...]',
      `also compare designs by what they keep and cost (default: ${scoredDesigns.join(', ')})`,
    )
    .option('--json', 'print the run document, and write no files unless -o is given')
    .addHelpText(
      'after',
      `
Examples:
  kmplab run                                              every scenario of scenarios/real
  kmplab run scenarios/real/kernel-update.yaml --json     one scenario, for a machine to read
  kmplab run scenarios/real/kernel-update.yaml --scheme modular split "grouped grouping=installer" uname-r
  kmplab run scenarios/histories/debian-6.1.yaml          ten kernel builds on eight machines under five schemes
  kmplab run --growth -o reports/out                      the main job, as "make report" runs it`,
    )
    .action(exitWith((scenarios: string[], flags: RunFlags) => run(scenarios, flags, io)));
};

async function run(scenarios: readonly string[], flags: RunFlags, io: Io): Promise<ExitCode> {
  const progress = new Progress(io, flags.json === true && !io.terminal);
  for (const file of scenarios) await refuseMissingFile(file);
  const scenarioFiles = scenarios.length > 0 ? scenarios : await realScenarios();
  const directory = outputDirectory(flags);
  const scored = checkedSchemes(flags.scorecard === true ? scoredDesigns : (flags.scorecard ?? []));
  const options = {
    name: flags.name,
    files: scenarioFiles,
    root: packageRoot,
    samples: flags.samples,
    jobs: flags.jobs ?? defaultJobs(),
    schemes: checkedSchemes(flags.scheme ?? []),
    profiles: flags.hardware ?? [],
    libsolv: flags.libsolv === undefined ? null : await provideLibsolv(flags.libsolv, progress.say),
    bound: boundOf(flags),
    growth: flags.growth === true ? realGrowth(growthPlan, flags.seed) : null,
    seed: flags.seed,
    kmplab: await thisLab(),
    onProgress: progress.say,
    onCount: progress.count,
  };
  const document = await publishRun(directory, async () => {
    const ran = await runLab(options);
    if (scored.length === 0) return ran;
    return { ...ran, scorecard: await scorecard({ ...options, designs: scored, histories: scoredHistories }) };
  });
  progress.done();
  if (flags.json === true) printJson(io, document);
  else
    io.out(
      [
        ...document.histories.map(historyTable),
        runSummary(document, directory),
        ...(flags.scheme === undefined || document.scenarios.length === 0 ? [] : [schemeTable(document)]),
      ].join('\n'),
    );
  return exitCodeOf(document);
}

/** A mistyped path is an error of the command line too: a run without it would take the place of an older report. @throws InputError */
async function refuseMissingFile(file: string): Promise<void> {
  if (await pathExists(file)) return;
  const beside = await listFilesSorted(dirname(file)).catch(() => []);
  const guess = nearest(basename(file), beside);
  throw new InputError('missing', 'no such file or directory', {
    file,
    expected: 'a scenario or a history; scenarios/ has those that come along',
    hint: guess === null ? 'write one with "kmplab init"' : `write "${join(dirname(file), guess)}"`,
  });
}

/** A mistyped scheme is an error of the command line, before anything runs. */
function checkedSchemes(schemes: readonly string[]): readonly string[] {
  for (const scheme of schemes) designNamed(parseSchemeText(scheme).name);
  return schemes;
}

/** A bug of ours outweighs a scenario that could not be run, which is an input error; that outweighs one that failed: less is known. */
function exitCodeOf({ scenarios, histories, notRun }: RunDocument): ExitCode {
  if (scenarios.some(({ status }) => status === 'bug') || [...histories, ...notRun].some(({ bug }) => bug)) return 3;
  if ([...scenarios, ...histories].some(({ error }) => error !== null)) return 2;
  return scenarios.every(({ status }) => status === 'passed') ? 0 : 1;
}
