import { bugText } from '#errors';
import { parseDerivedName } from '#kernel';
import type { HistoryResult, RunDocument } from '#run-document';
import { defaultBound } from '#solve';
import type { MadeSeries, PlannedSeries } from './growth/growth.js';
import { byAnswer, canBeJobs, performGrowthJob, rememberedSeries } from './growth/growth-jobs.js';
import { isHistoryFile } from './history/history-file.js';
import { planHistories, runHistory } from './history/run-history.js';
import { kernelsOf } from './repository/content-spec.js';
import type { RunOptions } from './run-options.js';
import { contentsOf, prepareAll, realBuildsOf, unitsOf } from './scenario-units.js';
import type { ComparedScheme } from './scheme-comparison.js';
import { CountedWorkers } from './workers/counted-workers.js';
import type { ScenarioRun, TaskInput, TaskResult } from './workers/tasks.js';
import { openWorkers, type Workers } from './workers/workers.js';

export interface ExactResults {
  /** One for each scenario and scheme, in the order they were asked for. */
  readonly runs: readonly ScenarioRun[];
  readonly growth: readonly MadeSeries[];
  readonly facts: TaskResult<'facts'>;
  /** Of the schemes that were asked for those that could be compared. */
  readonly comparisons: readonly ComparedScheme[];
  readonly histories: HistoryResult[];
  readonly notRun: NotRun[];
}

type NotRun = RunDocument['notRun'][number];

/** Everything of a run that is the same on every machine, for any number of workers and in whatever order they finish. */
export async function exactResults(options: RunOptions, store: string): Promise<ExactResults> {
  const { jobs, root, samples, schemes, profiles, growth, libsolv = null, bound = defaultBound, onProgress } = options;
  // Seconds for each repository, and of interest only beside other schemes.
  const workshop = { store, root, keepSolves: samples > 0, measureZstd: schemes.length > 1, libsolv, bound };
  const isHistory = await Promise.all(options.files.map(isHistoryFile));
  const units = await unitsOf(
    options.files.filter((_, index) => !isHistory[index]),
    { schemes, profiles },
  );
  const histories = options.files.filter((_, index) => isHistory[index]);
  const plan = histories.length === 0 ? null : await planHistories({ schemes, profiles, root });
  const planned = growth ?? [];
  const most =
    histories.length > 0 ? jobs : units.length + planned.flatMap(({ points }) => points).length + schemes.length;
  const workers = new CountedWorkers(
    await openWorkers(Math.min(jobs, most), workshop, onProgress),
    options.onCount ?? (() => undefined),
  );
  try {
    const prepared = await prepareAll(workers, await contentsOf(units, planned));
    const remembered = samples > 0 ? null : (options.remembered?.((job) => performGrowthJob(workers, job)) ?? null);
    const make = (plannedSeries: PlannedSeries): Promise<MadeSeries> =>
      remembered !== null && canBeJobs(plannedSeries)
        ? rememberedSeries(plannedSeries, remembered)
        : makeSeries(workers, plannedSeries);
    const names = [...prepared.flatMap(kernelsOf), ...planned.flatMap(realBuildsOf)];
    // Of builds that are made up nothing is told: their churn is their regime's.
    const kernels = [...new Set(names)].filter((name) => parseDerivedName(name) === null).sort();
    const [runs, series, facts, comparisons] = await Promise.all([
      Promise.all(units.map((unit) => workers.run('scenario', unit))),
      Promise.all(planned.map((plannedSeries) => unlessOurs(`growth: ${plannedSeries.name}`, make(plannedSeries)))),
      unlessOurs('facts of the kernel builds', workers.run('facts', kernels)),
      Promise.all(kernels.length === 0 ? [] : schemes.map((scheme) => compared(workers, { scheme, kernels }))),
    ]);
    const lived: HistoryResult[] = [];
    if (plan !== null) for (const file of histories) lived.push(await runHistory(file, workers, plan));
    return {
      runs,
      growth: series.flatMap(done),
      facts: done(facts)[0] ?? { kernels: [], graph: null, churn: [] },
      comparisons: comparisons.flatMap(done),
      histories: lived,
      notRun: [facts, ...comparisons, ...series].flatMap((part) => ('notRun' in part ? [part.notRun] : [])),
    };
  } finally {
    await workers.close();
  }
}

type Part<Result> = { readonly result: Result } | { readonly notRun: NotRun };

function done<Result>(part: Part<Result>): Result[] {
  return 'result' in part ? [part.result] : [];
}

/** A bug of ours ends the part that it strikes, and nothing else. */
async function unlessOurs<Result>(what: string, work: Promise<Result>): Promise<Part<Result>> {
  try {
    return { result: await work };
  } catch (cause) {
    const why = bugText(cause);
    if (why === null) throw cause;
    return { notRun: { what, why, bug: true } };
  }
}

async function compared(workers: Workers, task: TaskInput<'comparison'>): Promise<Part<ComparedScheme>> {
  const what = `comparison of scheme ${task.scheme}`;
  const part = await unlessOurs(what, workers.run('comparison', task));
  if ('notRun' in part) return part;
  const { result } = part;
  return 'notRun' in result ? { notRun: { what, why: result.notRun, bug: false } } : { result };
}

async function makeSeries(workers: Workers, { points, ...series }: PlannedSeries): Promise<MadeSeries> {
  return { ...series, ...byAnswer(await Promise.all(points.map((point) => workers.run('growthPoint', point)))) };
}
