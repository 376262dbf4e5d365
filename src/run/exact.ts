import { InputError } from '#errors';
import { readScenario } from '#scenario';
import { type MadePoint, plannedPoints } from './growth.js';
import { type ContentSpec, kernelsOf } from './package-repository.js';
import { contentKey } from './repository-cache.js';
import type { RunOptions } from './run-lab.js';
import { contentsOfScenario } from './scenario-contents.js';
import type { ScenarioRun, TaskResult } from './workers/tasks.js';
import { openWorkers, type Workers } from './workers/workers.js';

export interface ExactResults {
  /** One for each scenario and scheme, in the order they were asked for. */
  readonly runs: readonly ScenarioRun[];
  readonly points: readonly MadePoint[];
  readonly facts: TaskResult<'facts'>;
  /** One for each scheme that was asked for. */
  readonly comparisons: readonly TaskResult<'comparison'>[];
}

/** Everything of a run that is the same on every machine, for any number of workers and in whatever order they finish. */
export async function exactResults(options: RunOptions, store: string): Promise<ExactResults> {
  const { jobs, root, samples, schemes, growth, seed, onProgress } = options;
  // Seconds for each repository, and of interest only beside other schemes.
  const workshop = { store, root, keepSolves: samples > 0, measureZstd: schemes.length > 1 };
  const units = unitsOf(options);
  const planned = growth === null ? [] : plannedPoints(growth, seed);
  const workers = await openWorkers(
    Math.min(jobs, units.length + planned.length + schemes.length),
    workshop,
    onProgress,
  );
  try {
    const prepared = await prepareAll(workers, await contentsOf(options));
    const names = [...prepared.flatMap(kernelsOf), ...(growth?.kernels ?? [])];
    const kernels = [...new Set(names)].sort();
    const [runs, points, facts, comparisons] = await Promise.all([
      Promise.all(units.map((unit) => workers.run('scenario', unit))),
      Promise.all(planned.map((one) => made(workers, one))),
      workers.run('facts', kernels),
      Promise.all(kernels.length === 0 ? [] : schemes.map((scheme) => workers.run('comparison', { scheme, kernels }))),
    ]);
    return { runs, points, facts, comparisons };
  } finally {
    await workers.close();
  }
}

interface Unit {
  readonly file: string;
  /** Another scheme than the file's own; null for its own. */
  readonly scheme: string | null;
}

function unitsOf({ scenarioFiles, schemes }: RunOptions): Unit[] {
  const under: readonly (string | null)[] = schemes.length === 0 ? [null] : schemes;
  return scenarioFiles.flatMap((file) => under.map((scheme) => ({ file, scheme })));
}

interface SchemedContent {
  readonly scheme: string;
  readonly content: ContentSpec;
}

/** The repositories that a run will want, each once. A file that cannot be read has none; its own task says what is wrong with it. */
async function contentsOf(options: RunOptions): Promise<SchemedContent[]> {
  const contents: SchemedContent[] = [];
  for (const { file, scheme } of unitsOf(options)) {
    try {
      const { scenario } = await readScenario(file);
      const own = scheme ?? scenario.scheme;
      for (const [, content] of contentsOfScenario(own, scenario)) contents.push({ scheme: own, content });
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
    }
  }
  for (const { point } of options.growth === null ? [] : plannedPoints(options.growth, options.seed)) {
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

async function made(workers: Workers, { series, point }: ReturnType<typeof plannedPoints>[number]): Promise<MadePoint> {
  return { series, point: await workers.run('growthPoint', point) };
}
