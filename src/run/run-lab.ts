import type { KernelBuild } from '#kernel';
import type { GrowthSeries, RunDocument, ScenarioResult } from '#run-document';
import { runEnvironment } from './environment.js';
import { measureGrowth } from './growth.js';
import { KernelCache } from './inputs.js';
import { chainOf, kernelFacts } from './kernel-facts.js';
import { RepositoryCache } from './repository-cache.js';
import { runScenarioFile } from './scenario-file.js';
import { SolveCache } from './solve-cache.js';
import { verdictOf } from './verdict.js';

export interface RunOptions {
  readonly name: string;
  readonly scenarioFiles: readonly string[];
  /** Run every scenario under each of these, to compare them; empty: each under its own. */
  readonly schemes: readonly string[];
  /** Files below this directory are named relative to it, so that the document is the same wherever the checkout lies. */
  readonly root: string;
  /** Samples of each phase; 0 measures no time and leaves only exact results. */
  readonly samples: number;
  /** Sizes of the growth series and the successive builds to grow, oldest first; null leaves growth out. */
  readonly growth: { readonly sizes: readonly number[]; readonly kernels: readonly string[] } | null;
  readonly seed: number;
  readonly kmplab: { readonly version: string; readonly commit: string | null };
  readonly onProgress: (what: string) => void;
}

/** The whole flow: kernel builds to packages to repositories to outcomes to one document. */
export async function runLab(options: RunOptions): Promise<RunDocument> {
  const { onProgress, root, samples } = options;
  const kernels = new KernelCache();
  const repositories = new RepositoryCache(kernels, onProgress, {
    samples: Math.max(1, Math.min(samples, repositorySamplesMax)),
    // Seconds for each repository, and of interest only beside other schemes.
    measureZstd: options.schemes.length > 1,
  });
  const solves = new SolveCache(samples);
  const scenarios: ScenarioResult[] = [];
  for (const file of options.scenarioFiles) {
    for (const scheme of options.schemes.length === 0 ? [null] : options.schemes) {
      scenarios.push(await runScenarioFile(file, { repositories, root, solves, onProgress, scheme }));
    }
  }
  await kernels.load(options.growth?.kernels ?? []);
  const chain = chainOf(kernels.builds.values());
  onProgress('the graph of kernel modules and its churn');
  const facts = kernelFacts(chain);
  const growth = await growthOf(options, kernels, repositories);
  const notRun = options.growth === null ? [{ what: 'growth', why: 'not asked for, see --growth' }] : [];
  return {
    format: 'kmplab/run',
    version: 1,
    name: options.name,
    seed: options.seed,
    environment: await runEnvironment(options.kmplab),
    verdict: verdictOf({ scenarios, growth, churn: facts.churn, notRun }),
    ...facts,
    repositories: repositories.summaries(),
    scenarios,
    growth,
    notRun,
  };
}

/** Preparing a repository takes seconds; it is a measurement of the lab more than of a package manager. */
const repositorySamplesMax = 3;

/** Growth takes the median of each of many points, and a line through them: fewer samples a point do. */
const growthSamplesMax = 3;

async function growthOf(
  { growth, samples, seed, onProgress }: RunOptions,
  kernels: KernelCache,
  repositories: RepositoryCache,
): Promise<GrowthSeries[]> {
  if (growth === null) return [];
  const scheme = 'modular';
  const nameOf = new Map(growth.kernels.flatMap((name) => [[kernels.builds.get(name), name] as const]));
  const repositoryOf = async (build: KernelBuild): Promise<Uint8Array> => {
    const content = { kernels: [nameOf.get(build) ?? build.release], drivers: [], patterns: false };
    return (await repositories.prepare(scheme, content)).solv;
  };
  const builds = chainOf(growth.kernels.flatMap((name) => kernels.builds.get(name) ?? []));
  const few = Math.min(samples, growthSamplesMax);
  return measureGrowth({ scheme, builds, sizes: growth.sizes, samples: few, seed, repositoryOf, onProgress });
}
