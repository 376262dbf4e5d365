import { growthFits } from '#analyse';
import type { GrowthPoint, GrowthSeries } from '#run-document';
import { sampleSolve } from '../instances.js';
import type { Store } from '../workers/store.js';
import { type ExactPoint, growthRequest, type PlannedPoint } from './growth-point.js';

export interface GrowthPlan {
  /** Kernel modules per build; sizes beyond the build's own become that. */
  readonly sizes: readonly number[];
  /** A chain of successive builds, oldest first: the first series takes the last two, the second installs the first. */
  readonly kernels: readonly string[];
}

type SeriesName = GrowthSeries['name'];

/** A point of a series that has its exact numbers and no time yet. */
export interface MadePoint {
  readonly series: SeriesName;
  readonly point: ExactPoint;
}

const questions: Readonly<Record<SeriesName, string>> = {
  kernelModules: 'How does the cost of a kernel update grow with the number of kernel modules, all installed?',
  buildsSideBySide:
    'How does the cost of an update grow with the number of newer kernel builds a repository keeps side by side?',
};

/**
 * The points that show how the cost of a kernel update grows: once with the number of kernel modules, all of them installed, from one
 * build to its successor; once with the number of newer builds that the repository keeps side by side.
 */
export function plannedPoints(
  { sizes, kernels }: GrowthPlan,
  seed: number,
): readonly { readonly series: SeriesName; readonly point: PlannedPoint }[] {
  const [oldest, ...newer] = kernels;
  const [old, next] = kernels.slice(-2);
  if (oldest === undefined || old === undefined || next === undefined) return [];
  const scheme = 'modular';
  return [
    ...sizes.map((modules) => ({
      series: 'kernelModules' as const,
      point: { scheme, installed: old, offered: [old, next], modules, seed },
    })),
    ...newer.map((_, index) => ({
      series: 'buildsSideBySide' as const,
      point: { scheme, installed: oldest, offered: newer.slice(0, index + 1), modules: null, seed },
    })),
  ];
}

/** Measures exact points one after the other and fits a law to each series. */
export async function measureGrowth(
  exact: readonly MadePoint[],
  { store, samples, onProgress }: { store: Store; samples: number; onProgress: (what: string) => void },
): Promise<GrowthSeries[]> {
  const series: GrowthSeries[] = [];
  for (const name of ['kernelModules', 'buildsSideBySide'] as const) {
    const points = distinct(exact.flatMap(({ series: of, point }) => (of === name ? [point] : [])));
    if (points.length === 0) continue;
    const measured: GrowthPoint[] = [];
    for (const { size, counters, machine } of points) {
      onProgress(`measuring growth: ${name} ${size}`);
      const largest = points.at(-1)?.size ?? size;
      const times = name === 'kernelModules' ? samplesFor(size, largest, samples) : samples;
      const phases = await sampleSolve(`${size}`, await store.machine(machine), growthRequest, times);
      measured.push({ size, solvables: counters.solvables, counters, phases });
    }
    series.push({ name, question: questions[name], points: measured, fits: growthFits(measured) });
  }
  return series;
}

/** A small point is cheap and its short times are disturbed the most: it gets more samples, for about the cost of the largest. */
function samplesFor(size: number, largest: number, samples: number): number {
  return Math.min(Math.ceil((samples * largest) / size), smallPointSamplesMax);
}

const smallPointSamplesMax = 15;

/** Sizes beyond the build's own have become one. */
function distinct(points: readonly ExactPoint[]): ExactPoint[] {
  return [...new Map(points.map((point) => [point.size, point])).values()].sort((a, b) => a.size - b.size);
}
