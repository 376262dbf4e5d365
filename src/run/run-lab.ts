import { withScratch } from '#files';
import { type RunDocument, runDocumentVersion } from '#run-document';
import type { LibsolvModules } from '#solve';
import { runEnvironment } from './environment.js';
import { exactResults } from './exact.js';
import { measureGrowth, type PlannedSeries } from './growth/growth.js';
import { withLibsolv } from './instances.js';
import { measureRepositories, measureScenarios } from './measure-scenarios.js';
import { rootCausesOf } from './scenario/root-causes.js';
import { verdictOf } from './verdict.js';
import { Store } from './workers/store.js';

export interface RunOptions {
  readonly name: string;
  /** Scenarios and histories. */
  readonly files: readonly string[];
  /** Run every scenario under each of these, to compare them; empty: each under its own. Histories have schemes of their own then. */
  readonly schemes: readonly string[];
  /** Hardware profiles that histories run on; empty: all that come along. */
  readonly profiles: readonly string[];
  /** Files below this directory are named relative to it, so that the document is the same wherever the checkout lies. */
  readonly root: string;
  /** Samples of each phase; 0 measures no time and leaves only exact results. */
  readonly samples: number;
  /** Workers that make the exact results, which do not depend on their number; 1: this thread. */
  readonly jobs: number;
  /** The growth series; null leaves growth out. */
  readonly growth: readonly PlannedSeries[] | null;
  readonly seed: number;
  /** Which libsolv solves; by default the lab's own. */
  readonly libsolv?: LibsolvModules | null;
  readonly kmplab: { readonly version: string; readonly commit: string | null };
  readonly onProgress: (what: string) => void;
}

/**
 * The whole flow: kernel builds to packages to repositories to outcomes to one document. Everything exact is made by workers, beside each
 * other; then the workers end, and time is measured with nothing else running.
 */
export async function runLab(options: RunOptions): Promise<RunDocument> {
  return withLibsolv(options.libsolv ?? null, () => runWith(options));
}

async function runWith(options: RunOptions): Promise<RunDocument> {
  return withScratch(async (directory) => {
    const { samples, onProgress } = options;
    const { runs, growth: made, facts, comparisons, histories } = await exactResults(options, directory);
    const store = new Store(directory);
    const compared = comparisons.flatMap((one) => ('notRun' in one ? [] : [one]));
    const used = [...runs, ...made.flatMap(({ points }) => points), ...compared].flatMap(
      ({ repositories }) => repositories,
    );
    const repositories = await measureRepositories(used, { store, samples, onProgress });
    const scenarios = await measureScenarios(runs, { store, samples, onProgress });
    const few = Math.min(samples, growthSamplesMax);
    const growth = await measureGrowth(made, { store, samples: few, onProgress });
    const notRun = [
      ...comparisons.flatMap((one, index) =>
        'notRun' in one ? [{ what: `comparison of scheme ${options.schemes[index]}`, why: one.notRun }] : [],
      ),
    ];
    return {
      format: 'kmplab/run',
      version: runDocumentVersion,
      name: options.name,
      seed: options.seed,
      environment: await runEnvironment(options.kmplab),
      verdict: verdictOf({ scenarios, growth, histories, notRun }),
      ...facts,
      repositories,
      scenarios,
      rootCauses: rootCausesOf(scenarios),
      growth,
      schemes: compared.map(({ comparison }) => comparison),
      histories,
      notRun,
    };
  });
}

/** Growth takes the median of each of many points, and a line through them: fewer samples a point do. */
const growthSamplesMax = 3;
