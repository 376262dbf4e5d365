import { InputError } from '#errors';
import type { HistoryResult } from '#run-document';
import { readScenario, variantsOf } from '#scenario';
import { defaultBound } from '#solve';
import type { MadeSeries, PlannedSeries } from './growth/growth.js';
import { byAnswer, canBeJobs, performGrowthJob, rememberedSeries } from './growth/growth-jobs.js';
import { isHistoryFile } from './history/history-file.js';
import { planHistories, runHistory } from './history/run-history.js';
import { type ContentSpec, contentKey, kernelsOf } from './repository/content-spec.js';
import type { RunOptions } from './run-options.js';
import { contentsOfScenario } from './scenario/scenario-contents.js';
import { CountedWorkers } from './workers/counted-workers.js';
import type { ScenarioRun, TaskResult, WantedRepository } from './workers/tasks.js';
import { openWorkers, type Workers } from './workers/workers.js';

export interface ExactResults {
  /** One for each scenario and scheme, in the order they were asked for. */
  readonly runs: readonly ScenarioRun[];
  readonly growth: readonly MadeSeries[];
  readonly facts: TaskResult<'facts'>;
  /** One for each scheme that was asked for. */
  readonly comparisons: readonly TaskResult<'comparison'>[];
  readonly histories: HistoryResult[];
}

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
    const kernels = [...new Set(names)].sort();
    const [runs, made, facts, comparisons] = await Promise.all([
      Promise.all(units.map((unit) => workers.run('scenario', unit))),
      Promise.all(planned.map(make)),
      workers.run('facts', kernels),
      Promise.all(kernels.length === 0 ? [] : schemes.map((scheme) => workers.run('comparison', { scheme, kernels }))),
    ]);
    const lived: HistoryResult[] = [];
    if (plan !== null) for (const file of histories) lived.push(await runHistory(file, workers, plan));
    return { runs, growth: made, facts, comparisons, histories: lived };
  } finally {
    await workers.close();
  }
}

interface Unit {
  readonly file: string;
  /** Another scheme than the file's own; null for its own. */
  readonly scheme: string | null;
  /** One of several hardware profiles that the file lists; null where there is no choice. */
  readonly hardware: string | null;
  /** With the kernels that the file's `moreKernels` adds. */
  readonly more: boolean;
}

/** A scenario for each scheme that is asked for, and for each of its hardware profiles or those of them that are asked for. */
async function unitsOf(
  files: readonly string[],
  { schemes, profiles }: Pick<RunOptions, 'schemes' | 'profiles'>,
): Promise<Unit[]> {
  const under: readonly (string | null)[] = schemes.length === 0 ? [null] : schemes;
  const units: Unit[] = [];
  for (const file of files) {
    const on = await machinesOf(file, profiles);
    units.push(...on.flatMap((choice) => under.map((scheme) => ({ file, scheme, ...choice }))));
  }
  return units;
}

type Choice = Pick<Unit, 'hardware' | 'more'>;

async function machinesOf(file: string, profiles: readonly string[]): Promise<readonly Choice[]> {
  const read = await orNull(() => readScenario(file));
  const listed = read === null ? [] : variantsOf(read).map(({ hardware, more }) => ({ hardware, more }));
  const chosen = listed.filter(({ hardware }) => hardware !== null && profiles.includes(hardware));
  if (profiles.length > 0 && chosen.length > 0) return chosen;
  // Where it runs on none of those that are asked for, its own task says so.
  if (profiles.length > 0) return profiles.slice(0, 1).map((hardware) => ({ hardware, more: false }));
  const several = new Set(listed.map(({ hardware }) => hardware)).size > 1;
  const choices = several ? listed : listed.map(({ more }) => ({ hardware: null, more }));
  return choices.length > 0 ? choices : [{ hardware: null, more: false }];
}

/** Null where the input is wrong: the task that runs the scenario says how. */
async function orNull<Value>(work: () => Promise<Value>): Promise<Value | null> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    return null;
  }
}

/** The repositories that a run will want, each once. */
async function contentsOf(units: readonly Unit[], planned: readonly PlannedSeries[]): Promise<WantedRepository[]> {
  const contents: WantedRepository[] = [];
  for (const { file, scheme, more } of units) {
    const wanted = await orNull(async () => {
      const read = await readScenario(file);
      const { scenario } = variantsOf(read).find((scenarioVariant) => scenarioVariant.more === more) ?? read;
      const own = scheme ?? scenario.scheme;
      return contentsOfScenario(own, scenario).map(([, content]) => ({ scheme: own, content, packages: true }));
    });
    contents.push(...(wanted ?? []));
  }
  for (const series of planned) {
    for (const name of new Set(realBuildsOf(series)))
      contents.push({
        scheme: series.scheme,
        content: { kernels: [name], drivers: [], patterns: false },
        packages: false,
      });
  }
  const first = new Map<string, WantedRepository>();
  for (const wanted of contents) {
    const key = contentKey(wanted.scheme, wanted.content);
    if (!first.has(key)) first.set(key, wanted);
  }
  return [...first.values()];
}

/** Prepares each repository once, before anybody needs it; returns what could be prepared. */
async function prepareAll(workers: Workers, contents: readonly WantedRepository[]): Promise<ContentSpec[]> {
  const done = await Promise.all(contents.map((wanted) => workers.run('prepare', wanted)));
  return contents.filter((_, index) => done[index]).map(({ content }) => content);
}

function realBuildsOf({ points }: PlannedSeries): string[] {
  return points.flatMap((point) => (point.kind === 'real' ? [point.installed, ...point.offered] : []));
}

async function makeSeries(workers: Workers, { points, ...series }: PlannedSeries): Promise<MadeSeries> {
  return { ...series, ...byAnswer(await Promise.all(points.map((point) => workers.run('growthPoint', point)))) };
}
