import { cpus } from 'node:os';
import { writeFileAtomic } from '#files';
import { type JobCosts, jobKey, workOnQueue } from '#jobs';
import { defaultJobs, provideLibsolv, withPerformer } from '#run';
import { counted } from '#tell';
import { addBoundOptions, type BoundFlags, boundOf } from '../bound-options.js';
import type { Register } from '../command.js';
import type { ExitCode, Io } from '../io.js';
import { identityOf, patienceOption, resultsOfThisUser } from '../jobs.js';
import { libsolvOption } from '../libsolv-option.js';
import { positive, wholeNumber } from '../numbers.js';
import { OutputOption } from '../output-option.js';
import { packageRoot } from '../package-root.js';
import { Progress } from '../progress.js';

interface WorkerFlags extends BoundFlags {
  readonly queue: string;
  readonly jobs?: number;
  readonly idle?: number;
  readonly lock: number;
  readonly patience: number;
  readonly costs?: string;
  readonly libsolv?: string;
}

export const registerWorker: Register = (program, { io, exitWith }) => {
  const command = program
    .command('worker')
    .description('do jobs of a queue, for "kmplab sweep --queue" on this machine or another')
    .requiredOption(
      '--queue <url>',
      'Redis or Valkey, as redis://host:6379; whoever can write there decides what is done',
    )
    .option('--jobs <n>', 'jobs beside each other (default: one a processor, as memory allows)', positive)
    .option('--idle <seconds>', 'end when there was nothing to do for so long (default: never)', wholeNumber)
    .option(
      '--lock <seconds>',
      'after how long without a sign of life a job of this worker is done by another',
      positive,
      30,
    )
    .addOption(patienceOption())
    .addOption(new OutputOption('--costs <file>', 'where it is written how long each job took, for "kmplab plan"'))
    .addOption(libsolvOption());
  addBoundOptions(command)
    .addHelpText(
      'after',
      `
A worker takes jobs of its own version of this lab and its libsolv only. One that dies has its job done again by another.

Examples:
  kmplab worker --queue redis://127.0.0.1:6379
  kmplab sweep scenarios/sweeps/larger-kernels.yaml --queue redis://127.0.0.1:6379`,
    )
    .action(exitWith((flags: WorkerFlags) => work(flags, io)));
};

async function work(flags: WorkerFlags, io: Io): Promise<ExitCode> {
  const progress = new Progress(io);
  const libsolv = flags.libsolv === undefined ? null : await provideLibsolv(flags.libsolv, progress.say);
  const identity = await identityOf(libsolv);
  const jobs = flags.jobs ?? defaultJobs();
  const results = resultsOfThisUser();
  const seconds: number[] = [];
  const startSeconds = performance.now() / 1000;
  const place = { url: flags.queue, patienceMs: flags.patience * 1000, onNews: progress.say };
  const done = await withPerformer(
    { root: packageRoot, jobs, stayFree: true, libsolv, bound: boundOf(flags), onProgress: progress.say },
    (perform) =>
      workOnQueue(place, {
        identity,
        jobs,
        perform: async (job) => {
          const key = jobKey(identity, job);
          const known = await results.find(key);
          if (known !== undefined) return known;
          const begun = performance.now();
          const result = await perform(job);
          seconds.push((performance.now() - begun) / 1000);
          await results.keep(key, result);
          return result;
        },
        onDone: (so) => progress.say(`${counted(so, 'job')} done`),
        lockMs: flags.lock * 1000,
        idleMs: flags.idle === undefined ? null : flags.idle * 1000,
      }),
  );
  progress.done();
  if (flags.costs !== undefined) {
    const processor = cpus()[0]?.model.trim() || 'unknown';
    const costs: JobCosts = { format: 'kmplab-job-costs-1', processor, beside: jobs, startSeconds, seconds };
    await writeFileAtomic(flags.costs, `${JSON.stringify(costs)}\n`);
  }
  io.out(`${counted(done, 'job')} done\n`);
  return 0;
}
