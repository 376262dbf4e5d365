import { withScratch } from '#files';
import { environment } from '#measure';
import { type Environment, type NoAnswer, type RunDocument, runDocumentVersion } from '#run-document';
import { libsolvEnvironment } from '#solve';
import { withBound } from './bound.js';
import { exactResults } from './exact.js';
import { measureGrowth } from './growth/growth.js';
import { inFreshInstance, withLibsolv } from './instances.js';
import { measureRepositories, measureScenarios } from './measure-scenarios.js';
import type { RunOptions } from './run-options.js';
import { rootCausesOf } from './scenario/root-causes.js';
import { verdictOf } from './verdict.js';
import { Store } from './workers/store.js';

/**
 * The whole flow: kernel builds to packages to repositories to outcomes to one document. Everything exact is made by workers, beside each
 * other; then the workers end, and time is measured with nothing else running.
 */
export async function runLab(options: RunOptions): Promise<RunDocument> {
  return withBound(options.bound ?? null, () => withLibsolv(options.libsolv ?? null, () => runWith(options)));
}

async function runWith(options: RunOptions): Promise<RunDocument> {
  return withScratch(async (directory) => {
    const { samples, onProgress } = options;
    const exact = await exactResults(options, directory);
    const { runs, growth: made, facts, comparisons, histories } = exact;
    const store = new Store(directory);
    const used = [...runs, ...made.flatMap(({ points }) => points), ...comparisons].flatMap(
      ({ repositories }) => repositories,
    );
    const repositories = await measureRepositories(used, { store, samples, onProgress });
    const scenarios = await measureScenarios(runs, { store, samples, onProgress });
    const few = Math.min(samples, growthSamplesMax);
    const growth = await measureGrowth(made, { store, samples: few, onProgress });
    const notRun = [
      ...exact.notRun,
      ...made.flatMap(({ name, ended }) =>
        ended.map(({ size, noAnswer }) => ({
          what: `growth: ${name} at ${size}`,
          why: boundText(noAnswer),
          bug: false,
        })),
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
      schemes: comparisons.map(({ comparison }) => comparison),
      histories,
      scorecard: null,
      notRun,
    };
  });
}

/** Growth takes the median of each of many points, and a line through them: fewer samples a point do. */
const growthSamplesMax = 3;

async function runEnvironment(kmplab: Environment['kmplab']): Promise<Environment> {
  return { ...environment(), kmplab, libsolv: await inFreshInstance(libsolvEnvironment) };
}

function boundText({ within }: NoAnswer): string {
  return `no answer within ${within.of === 'time' ? `${within.limitMs} ms` : `${within.limitBytes} bytes of memory`}`;
}
