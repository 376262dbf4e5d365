import { basename, join } from 'node:path';
import { InputError } from '#errors';
import { writeFileAtomic } from '#files';
import { type JobQueue, openQueue, parseShard, ResultsUsed, type Shard, type ShardNumber } from '#jobs';
import { defaultJobs, provideLibsolv, readSweep, runLab, runSweepShard, type Sweep } from '#run';
import type { LibsolvModules } from '#solve';
import { count, counted } from '#tell';
import { addBoundOptions, type BoundFlags, boundOf } from '../bound-options.js';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { boundResults, identityOf, jobsOf, noResults, patienceOption, resultsOfThisUser } from '../jobs.js';
import { libsolvOption } from '../libsolv-option.js';
import { positive, wholeNumber } from '../numbers.js';
import { OutputOption } from '../output-option.js';
import { packageRoot } from '../package-root.js';
import { Progress } from '../progress.js';
import { outputDirectory, publishRun, thisLab } from '../run-files.js';
import { growthTable } from '../text/growth-table.js';
import { runSummary } from '../text/run-summary.js';

interface SweepFlags extends BoundFlags {
  readonly output?: string;
  readonly samples: number;
  readonly jobs?: number;
  readonly shard?: ShardNumber;
  readonly queue?: string;
  readonly patience: number;
  readonly fresh?: boolean;
  readonly libsolv?: string;
  readonly json?: boolean;
}

export const registerSweep: Register = (program, { io, exitWith }) => {
  const command = program
    .command('sweep')
    .description('one update over sizes, schemes, regimes and seeds, on synthetic kernels: how its cost grows')
    .argument('<file>', 'YAML with the lists')
    .addOption(
      new OutputOption(
        '-o, --output <dir>',
        'where run.json and index.html go, or the part (default: reports/out/<name of the file>)',
        'files',
      ),
    )
    .option('--samples <n>', 'also measure time, so often; counts are exact and need none', wholeNumber, 0)
    .option('--jobs <n>', 'workers beside each other (default: one a processor, as memory allows); 1: none', positive)
    .option('--shard <i/n>', 'only the i-th of n parts, into a file that "kmplab merge" takes', parseShard)
    .option('--queue <url>', 'have the work done by "kmplab worker" of this queue, as redis://host:6379')
    .addOption(patienceOption())
    .option('--fresh', 'make all results anew, also those that an earlier sweep has left (see "kmplab cache")')
    .addOption(libsolvOption());
  addBoundOptions(command)
    .option('--json', 'print the run document, and write no files unless -o is given')
    .addHelpText(
      'after',
      `
A sweep that was ended goes on where it was: results are kept as they come. Times are measured anew with every call.

Examples:
  kmplab sweep scenarios/sweeps/larger-kernels.yaml
  kmplab sweep scenarios/sweeps/larger-kernels.yaml --shard 1/2 -o parts         one machine, another does 2/2
  kmplab merge parts/*.json
  kmplab gate reports/out/larger-kernels/run.json --write-baseline larger.json    to hold later sweeps against this one`,
    )
    .action(exitWith((file: string, flags: SweepFlags) => sweep(file, flags, io)));
};

async function sweep(file: string, flags: SweepFlags, io: Io): Promise<ExitCode> {
  const progress = new Progress(io, flags.json === true && !io.terminal);
  const name = basename(file).replace(/\.ya?ml$/, '');
  const read = await readSweep(file);
  const work = {
    root: packageRoot,
    jobs: flags.jobs ?? defaultJobs(),
    growth: read.series,
    bound: boundOf(flags),
    libsolv: flags.libsolv === undefined ? null : await provideLibsolv(flags.libsolv, progress.say),
    onProgress: progress.say,
    onCount: progress.count,
  };
  if (flags.shard !== undefined) return sweepPart(name, read, { ...flags, shard: flags.shard }, work, io);
  const results = flags.fresh === true ? noResults : resultsOfThisUser();
  const queue = flags.queue === undefined ? null : await openQueueOf(flags.queue, flags, work.libsolv, progress);
  const directory = outputDirectory({ ...flags, name });
  const remembered = await jobsOf(work.libsolv, results, progress.say);
  const options = {
    ...work,
    name,
    files: [],
    samples: flags.samples,
    schemes: [],
    profiles: [],
    seed: 1,
    kmplab: await thisLab(),
    remembered: queue === null ? remembered : () => remembered(queue.perform),
  };
  const document = await publishRun(directory, async () => {
    try {
      return await runLab(options);
    } finally {
      await queue?.close();
    }
  });
  await boundResults();
  progress.done();
  if (flags.json === true) printJson(io, document);
  else io.out(`${growthTable(document.growth)}\n${runSummary(document, directory)}`);
  return 0;
}

/** One part of a sweep: its results alone, in a file. */
async function sweepPart(
  name: string,
  { text }: Sweep,
  flags: SweepFlags & { readonly shard: ShardNumber },
  work: Omit<Parameters<typeof runSweepShard>[0], 'remembered'>,
  io: Io,
): Promise<ExitCode> {
  const { shard } = flags;
  if (flags.samples > 0) {
    throw new InputError('usage', 'a part of a sweep has no times', {
      hint: 'leave --samples out: time is compared on one machine, with nothing else running',
    });
  }
  const directory = outputDirectory({ ...flags, name });
  const used = new ResultsUsed(flags.fresh === true ? noResults : resultsOfThisUser());
  const remembered = await jobsOf(work.libsolv, used, work.onProgress);
  const { made, asked } = await runSweepShard({ ...work, remembered }, shard);
  const identity = await identityOf(work.libsolv);
  const part: Shard = {
    format: 'kmplab/shard',
    version: 1,
    identity,
    sweep: { name, text },
    shard,
    results: used.list(),
  };
  if (flags.json === true) printJson(io, part);
  if (directory !== null) {
    const file = join(directory, `part-${shard.index}-of-${shard.of}.json`);
    await writeFileAtomic(file, `${JSON.stringify(part)}\n`);
    io.out(
      `${file}: part ${shard.index} of ${shard.of}, ${counted(asked, 'result')}, ${count(made)} of them made now\n`,
    );
  }
  return 0;
}

async function openQueueOf(
  url: string,
  { samples, patience }: SweepFlags,
  libsolv: LibsolvModules | null,
  { say }: Progress,
): Promise<JobQueue> {
  if (samples > 0) {
    throw new InputError('usage', 'workers of a queue measure no time', {
      hint: 'leave --samples out: time is compared on one machine, with nothing else running',
    });
  }
  return openQueue({ url, patienceMs: patience * 1000, onNews: say }, await identityOf(libsolv));
}
