import { InvalidArgumentError } from 'commander';
import { type JobCosts, type Plan, type PlanAssumptions, planWork, readJobCosts } from '#jobs';
import { count, counted, duration } from '#tell';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { positive, seconds, wholeNumber } from '../numbers.js';
import { textTable } from '../text/text-table.js';

interface PlanFlags {
  readonly tasks: number;
  readonly workers: readonly number[];
  readonly queueSeconds: number;
  readonly latency: number;
  readonly seed: number;
  readonly json?: boolean;
}

/** More than this are simulated for minutes. */
const tasksMax = 10_000_000;

export const registerPlan: Register = (program, { io, exitWith }) => {
  program
    .command('plan')
    .description('how long so many jobs take on so many workers, simulated from jobs that were measured')
    .argument('<costs>', 'what "kmplab worker --costs" wrote')
    .option('--tasks <n>', `jobs, up to ${count(tasksMax)}`, upTo(tasksMax), 1_000_000)
    .option('--workers <n...>', 'workers that do one job at a time each', workerNumbers, workersDefault)
    .option(
      '--queue-seconds <s>',
      'how long the queue is busy with each job (docs/jobs.md has what was measured)',
      seconds,
      0.001,
    )
    .option('--latency <s>', 'how long a worker waits for a job besides', seconds, 0.002)
    .option('--seed <n>', 'which of the measured jobs each one takes as long as', wholeNumber, 1)
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
The worker that is free first takes the next job. The queue serves one worker at a time. Each job takes as long as a measured one, drawn at random.
All workers are as fast as the measured one. A worker that dies, a network that is slow, and the time to bring kernels to a worker are not in it.

Examples:
  kmplab worker --queue redis://127.0.0.1:6379 --jobs 1 --idle 5 --costs costs.json
  kmplab plan costs.json --tasks 1000000 --workers 1000`,
    )
    .action(exitWith((file: string, flags: PlanFlags) => plan(file, flags, io)));
};

/** More than this need a second queue long before. */
const workersMax = 100_000;

function upTo(max: number): (text: string) => number {
  return (text) => {
    const number = positive(text);
    if (number > max) throw new InvalidArgumentError(`expected at most ${count(max)}`);
    return number;
  };
}

/** What commander hands a parser of several values: those before, which are the default at first. */
function workerNumbers(text: string, before: readonly number[]): number[] {
  const number = upTo(workersMax)(text);
  return before === workersDefault ? [number] : [...before, number];
}

const workersDefault: readonly number[] = [1, 10, 100, 1000];

async function plan(file: string, flags: PlanFlags, io: Io): Promise<ExitCode> {
  const costs = await readJobCosts(file);
  const plans = flags.workers.map((workers) => {
    const assumptions: PlanAssumptions = {
      seconds: costs.seconds,
      tasks: flags.tasks,
      workers,
      queueSeconds: flags.queueSeconds,
      latencySeconds: flags.latency,
      startSeconds: costs.startSeconds,
      seed: flags.seed,
    };
    return { workers, ...planWork(assumptions) };
  });
  if (flags.json === true) printJson(io, { tasks: flags.tasks, measuredJobs: costs.seconds.length, plans });
  else io.out(planText(flags, costs, plans));
  return 0;
}

function planText(
  { tasks }: PlanFlags,
  { seconds: measured, processor, beside }: JobCosts,
  plans: readonly (Plan & { readonly workers: number })[],
): string {
  const rows = plans.map(({ workers, elapsedSeconds, busy, queueBusy }) => [
    count(workers),
    duration(elapsedSeconds * 1000),
    `${Math.round(busy * 100)} %`,
    `${Math.round(queueBusy * 100)} %`,
  ]);
  const work = plans[0]?.workSeconds ?? 0;
  return [
    `${counted(tasks, 'job')}, ${duration(work * 1000)} of work: modelled from ${counted(measured.length, 'job')} measured ${count(beside)} at a time on ${processor}`,
    '',
    textTable(['workers', 'time', 'workers busy', 'queue busy'], rows).trimEnd(),
    '',
  ].join('\n');
}
