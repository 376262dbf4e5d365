import { InputError } from '#errors';
import type { HistoryResult } from '#run-document';
import { readScenario } from '#scenario';
import { type MadePoint, plannedPoints } from './growth/growth.js';
import { isHistoryFile } from './history/history-file.js';
import { planHistories, runHistory } from './history/run-history.js';
import { type ContentSpec, kernelsOf } from './repository/package-repository.js';
import { contentKey } from './repository/repository-cache.js';
import type { RunOptions } from './run-lab.js';
import { contentsOfScenario } from './scenario/scenario-contents.js';
import type { ScenarioRun, TaskResult } from './workers/tasks.js';
import { openWorkers, type Workers } from './workers/workers.js';

export interface ExactResults {
  /** One for each scenario and scheme, in the order they were asked for. */
  readonly runs: readonly ScenarioRun[];
  readonly points: readonly MadePoint[];
  readonly facts: TaskResult<'facts'>;
  /** One for each scheme that was asked for. */
  readonly comparisons: readonly TaskResult<'comparison'>[];
  readonly histories: HistoryResult[];
}

/** Everything of a run that is the same on every machine, for any number of workers and in whatever order they finish. */
export async function exactResults(options: RunOptions, store: string): Promise<ExactResults> {
  const { jobs, root, samples, schemes, profiles, growth, seed, onProgress } = options;
  // Seconds for each repository, and of interest only beside other schemes.
  const workshop = { store, root, keepSolves: samples > 0, measureZstd: schemes.length > 1 };
  const isHistory = await Promise.all(options.files.map(isHistoryFile));
  const units = unitsOf(
    options.files.filter((_, index) => !isHistory[index]),
    schemes,
  );
  const histories = options.files.filter((_, index) => isHistory[index]);
  const plan = histories.length === 0 ? null : await planHistories({ schemes, profiles, root });
  const planned = growth === null ? [] : plannedPoints(growth, seed);
  const most = histories.length > 0 ? jobs : units.length + planned.length + schemes.length;
  const workers = await openWorkers(Math.min(jobs, most), workshop, onProgress);
  try {
    const prepared = await prepareAll(workers, await contentsOf(units, planned));
    const names = [...prepared.flatMap(kernelsOf), ...(growth?.kernels ?? [])];
    const kernels = [...new Set(names)].sort();
    const [runs, points, facts, comparisons] = await Promise.all([
      Promise.all(units.map((unit) => workers.run('scenario', unit))),
      Promise.all(planned.map((one) => made(workers, one))),
      workers.run('facts', kernels),
      Promise.all(kernels.length === 0 ? [] : schemes.map((scheme) => workers.run('comparison', { scheme, kernels }))),
    ]);
    const lived: HistoryResult[] = [];
    if (plan !== null) for (const file of histories) lived.push(await runHistory(file, workers, plan));
    return { runs, points, facts, comparisons, histories: lived };
  } finally {
    await workers.close();
  }
}

interface Unit {
  readonly file: string;
  /** Another scheme than the file's own; null for its own. */
  readonly scheme: string | null;
}

function unitsOf(files: readonly string[], schemes: readonly string[]): Unit[] {
  const under: readonly (string | null)[] = schemes.length === 0 ? [null] : schemes;
  return files.flatMap((file) => under.map((scheme) => ({ file, scheme })));
}

interface SchemedContent {
  readonly scheme: string;
  readonly content: ContentSpec;
}

type PlannedPoints = ReturnType<typeof plannedPoints>;

/** The repositories that a run will want, each once. A file that cannot be read has none; its own task says what is wrong with it. */
async function contentsOf(units: readonly Unit[], planned: PlannedPoints): Promise<SchemedContent[]> {
  const contents: SchemedContent[] = [];
  for (const { file, scheme } of units) {
    try {
      const { scenario } = await readScenario(file);
      const own = scheme ?? scenario.scheme;
      for (const [, content] of contentsOfScenario(own, scenario)) contents.push({ scheme: own, content });
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
    }
  }
  for (const { point } of planned) {
    for (const name of new Set([point.installed, ...point.offered]))
      contents.push({ scheme: point.scheme, content: { kernels: [name], drivers: [], patterns: false } });
  }
  return [...new Map(contents.map((one) => [contentKey(one.scheme, one.content), one])).values()];
}

/** Prepares each repository once, before anybody needs it; returns what could be prepared. */
async function prepareAll(workers: Workers, contents: readonly SchemedContent[]): Promise<ContentSpec[]> {
  const done = await Promise.all(contents.map((one) => workers.run('prepare', one)));
  return contents.filter((_, index) => done[index]).map(({ content }) => content);
}

async function made(workers: Workers, { series, point }: PlannedPoints[number]): Promise<MadePoint> {
  return { series, point: await workers.run('growthPoint', point) };
}
