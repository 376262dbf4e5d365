import { withScratch } from '#files';
import type { ScenarioResult } from '#run-document';
import type { LibsolvModules, MachineInput } from '#solve';
import { currentBound } from './bound.js';
import { exactResults } from './exact.js';
import { withLibsolv } from './instances.js';
import type { RunOptions } from './run-options.js';
import type { StoredSolve } from './solve-cache.js';
import { Store } from './workers/store.js';
import type { TaskResult } from './workers/tasks.js';
import { openWorkers } from './workers/workers.js';

/** One request of a scenario, answered, and all that is needed to ask it again. */
export interface AskedAgain {
  readonly scenario: ScenarioResult;
  readonly step: ScenarioResult['steps'][number];
  readonly solve: StoredSolve;
}

/** The requests of a run, while its store is there. */
export interface Answerable {
  /** By scenario, in the order of the files, under each design in turn. */
  readonly scenarios: readonly { readonly result: ScenarioResult; readonly asked: readonly AskedAgain[] }[];
  readonly machine: (solve: StoredSolve) => Promise<MachineInput>;
  /** What another libsolv makes of solves, in their order; null: this lab's own. */
  readonly answers: (
    libsolv: LibsolvModules | null,
    solves: readonly StoredSolve[],
  ) => Promise<readonly TaskResult<'answer'>[]>;
}

export type AnswerableOptions = Pick<
  RunOptions,
  'files' | 'schemes' | 'root' | 'jobs' | 'libsolv' | 'seed' | 'onProgress'
>;

/** Runs scenarios for their exact results, and hands over every request with the machine it met. Throws InputError. */
export async function withAnswerable<Result>(
  options: AnswerableOptions,
  use: (answerable: Answerable) => Promise<Result>,
): Promise<Result> {
  const { libsolv = null, jobs, root, onProgress } = options;
  return withScratch(async (directory) => {
    const run = { ...options, name: '', profiles: [], samples: 1, growth: null, kmplab: { version: '', commit: null } };
    const { runs } = await withLibsolv(libsolv, () => exactResults(run, directory));
    const store = new Store(directory);
    return use({
      scenarios: runs.map(({ result, solves }) => ({
        result,
        asked: result.steps.flatMap((step, index) => {
          const solve = solves[index] ?? null;
          return solve === null ? [] : [{ scenario: result, step, solve }];
        }),
      })),
      machine: (solve) => store.machine(solve.machine),
      async answers(other, solves) {
        const workshop = {
          store: directory,
          root,
          keepSolves: false,
          measureZstd: false,
          libsolv: other,
          bound: currentBound(),
        };
        const workers = await withLibsolv(other, () =>
          openWorkers(Math.min(jobs, Math.max(1, solves.length)), workshop, onProgress),
        );
        try {
          return await withLibsolv(other, () => Promise.all(solves.map((solve) => workers.run('answer', solve))));
        } finally {
          await workers.close();
        }
      },
    });
  });
}
