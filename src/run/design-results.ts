import { withScratch } from '#files';
import type { RepositorySummary, ScenarioResult, SchemeUpdate } from '#run-document';
import { defaultBound } from '#solve';
import { measureScenarios } from './measure-scenarios.js';
import type { RunOptions } from './run-options.js';
import { contentsOf, prepareAll, unitsOf } from './scenario-units.js';
import { Store } from './workers/store.js';
import type { ScenarioRun } from './workers/tasks.js';
import { openWorkers } from './workers/workers.js';

export interface DesignResultsOptions extends Pick<RunOptions, 'files' | 'profiles' | 'root' | 'jobs' | 'onProgress'> {
  readonly designs: readonly string[];
  /** Names of kernel builds, oldest first, between whose updates it is counted what is built again. */
  readonly kernels: readonly string[];
  /** The step, by its name, of which time is measured, and how often each distinct solve of it; null: of none. */
  readonly timing: { readonly step: string; readonly samples: number } | null;
}

/** Scenarios under each of several designs, with what decides beside them. */
export interface DesignResults {
  readonly scenarios: readonly ScenarioResult[];
  readonly repositories: readonly RepositorySummary[];
  /** By design. */
  readonly updates: ReadonlyMap<string, readonly SchemeUpdate[]>;
}

/** Runs scenarios under each design as a run does, without what only a run needs. @throws InputError */
export async function designResults(options: DesignResultsOptions): Promise<DesignResults> {
  const { designs, files, kernels, profiles, root, timing, onProgress } = options;
  return withScratch(async (directory) => {
    const units = await unitsOf(files, { schemes: designs, profiles });
    const jobs = Math.min(options.jobs, units.length + designs.length);
    const workshop = {
      store: directory,
      root,
      keepSolves: timing !== null,
      measureZstd: false,
      libsolv: null,
      bound: defaultBound,
    };
    const workers = await openWorkers(jobs, workshop, onProgress);
    try {
      await prepareAll(workers, await contentsOf(units, []));
      const [runs, updates] = await Promise.all([
        Promise.all(units.map((unit) => workers.run('scenario', unit))),
        Promise.all(designs.map((scheme) => workers.run('updates', { scheme, names: kernels }))),
      ]);
      const repositories = runs.flatMap((run) => run.repositories.map(({ summary }) => summary));
      // Time is measured with nothing else running: by then no worker has anything to do.
      const timed = runs.map((run) => ({ ...run, solves: solvesOf(run, timing?.step) }));
      const samples = timing?.samples ?? 0;
      const scenarios = await measureScenarios(timed, { store: new Store(directory), samples, onProgress });
      return {
        scenarios,
        repositories,
        updates: new Map(designs.map((design, index) => [design, updates[index] ?? []])),
      };
    } finally {
      await workers.close();
    }
  });
}

/** By step; null where no time is measured. */
function solvesOf({ result, solves }: ScenarioRun, step: string | undefined): ScenarioRun['solves'] {
  return result.steps.map(({ name }, index) => (name === step ? (solves[index] ?? null) : null));
}
