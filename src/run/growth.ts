import { growthFits } from '#analyse';
import { invariant } from '#errors';
import type { KernelBuild } from '#kernel';
import type { GrowthPoint, GrowthSeries } from '#run-document';
import type { ReachableRepository } from '#solve';
import { closedOrder, subsetOf } from './growth-subset.js';
import { sampleSolve, solveExactly } from './instances.js';
import { packageRepository } from './package-repository.js';
import { contentToSolv } from './repositories.js';

export interface GrowthOptions {
  readonly scheme: string;
  /** A chain of successive builds, oldest first: the first series takes the last two, the second installs the first. */
  readonly builds: readonly KernelBuild[];
  /** Kernel modules per build; sizes beyond the build's own become that. */
  readonly sizes: readonly number[];
  readonly samples: number;
  readonly seed: number;
  /** The whole of a build as a repository; the run has most of them already. */
  readonly repositoryOf: (build: KernelBuild) => Promise<Uint8Array>;
  readonly onProgress: (what: string) => void;
}

const update = { verb: 'up', names: [], noRecommends: false, allowUninstall: false } as const;

/**
 * How the cost of a kernel update grows: once with the number of kernel modules, all of them installed, from one build to its
 * successor; once with the number of newer builds that the repository keeps side by side.
 */
export async function measureGrowth(options: GrowthOptions): Promise<GrowthSeries[]> {
  return [await byModules(options), await byBuilds(options)];
}

async function byModules({
  scheme,
  builds,
  sizes,
  samples,
  seed,
  repositoryOf,
  onProgress,
}: GrowthOptions): Promise<GrowthSeries> {
  const pair = builds.slice(-2);
  invariant(pair[0] !== undefined, 'growth needs at least two kernel builds');
  const order = closedOrder(pair[0], seed);
  const points: GrowthPoint[] = [];
  for (const size of distinctSizes(sizes, order.length)) {
    onProgress(`growth: ${size} kernel modules`);
    const names = new Set(order.slice(0, size));
    const solvOf =
      size === order.length ? repositoryOf : (build: KernelBuild) => subsetSolv(scheme, subsetOf(build, names));
    const [old, next] = await Promise.all(pair.map(async (build) => offer(build, await solvOf(build))));
    invariant(old !== undefined && next !== undefined, 'a pair has two builds');
    points.push(await measurePoint(old, [old, next], size, samplesFor(size, order.length, samples)));
  }
  return {
    name: 'kernelModules',
    question: 'How does the cost of a kernel update grow with the number of kernel modules, all installed?',
    points,
    fits: growthFits(points),
  };
}

async function byBuilds({ builds, samples, repositoryOf, onProgress }: GrowthOptions): Promise<GrowthSeries> {
  const [oldest, ...newer] = builds;
  invariant(oldest !== undefined, 'growth needs at least two kernel builds');
  const installed = offer(oldest, await repositoryOf(oldest));
  const points: GrowthPoint[] = [];
  const offers: ReachableRepository[] = [];
  for (const build of newer) {
    offers.push(offer(build, await repositoryOf(build)));
    onProgress(`growth: ${offers.length} builds side by side`);
    points.push(await measurePoint(installed, offers, offers.length, samples));
  }
  return {
    name: 'buildsSideBySide',
    question:
      'How does the cost of an update grow with the number of newer kernel builds a repository keeps side by side?',
    points,
    fits: growthFits(points),
  };
}

function offer({ release }: KernelBuild, solv: Uint8Array): ReachableRepository {
  return { name: release, priority: 99, data: { solv } };
}

async function subsetSolv(scheme: string, build: KernelBuild): Promise<Uint8Array> {
  const spec = { kernels: [build.release], drivers: [], patterns: false };
  const { packages } = packageRepository(scheme, spec, new Map([[build.release, build]]));
  return contentToSolv(build.release, packages);
}

/** Everything of one build is installed, the offers are in reach, and the system is updated. */
async function measurePoint(
  installed: ReachableRepository,
  offers: readonly ReachableRepository[],
  size: number,
  samples: number,
): Promise<GrowthPoint> {
  const input = { arch: 'x86_64', installed: installed.data, repositories: offers, modaliases: [] };
  const { counters } = await solveExactly(input, update);
  const phases = await sampleSolve(`${size}`, input, update, samples);
  return { size, solvables: counters.solvables, counters, phases };
}

/** A small point is cheap and its short times are disturbed the most: it gets more samples, for about the cost of the largest. */
function samplesFor(size: number, largest: number, samples: number): number {
  return Math.min(Math.ceil((samples * largest) / size), smallPointSamplesMax);
}

const smallPointSamplesMax = 15;

function distinctSizes(sizes: readonly number[], max: number): number[] {
  return [...new Set(sizes.map((size) => Math.min(size, max)))].sort((a, b) => a - b);
}
