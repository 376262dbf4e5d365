import { growthFits } from '#analyse';
import type { GrowthPoint, GrowthSeries } from '#run-document';
import { sampleSolve } from '../instances.js';
import type { Store } from '../workers/store.js';
import { type EndedPoint, type ExactPoint, growthRequest, type PlannedPoint } from './growth-point.js';

/** A series before anything of it was made. */
export interface PlannedSeries extends Omit<GrowthSeries, 'points' | 'fits'> {
  readonly points: readonly PlannedPoint[];
}

/** A series that has its exact numbers and no time yet. */
export interface MadeSeries extends Omit<PlannedSeries, 'points'> {
  readonly points: readonly ExactPoint[];
  /** Those whose update had no answer. */
  readonly ended: readonly EndedPoint[];
}

export interface RealGrowth {
  /** Kernel modules per build; sizes beyond the build's own become that. */
  readonly sizes: readonly number[];
  /** A chain of successive builds, oldest first: the first series takes the last two, the second installs the first. */
  readonly kernels: readonly string[];
}

/**
 * How the cost of a kernel update grows on real builds: once with the number of kernel modules, all of them installed, from one build to
 * its successor; once with the number of newer builds that the repository keeps side by side.
 */
export function realGrowth({ sizes, kernels }: RealGrowth, seed: number): PlannedSeries[] {
  const [oldest, ...newer] = kernels;
  const [old, next] = kernels.slice(-2);
  if (oldest === undefined || old === undefined || next === undefined) return [];
  const scheme = 'modular';
  const real = { kind: 'real', scheme, seed } as const;
  return [
    {
      name: 'kernelModules',
      over: 'kernelModules',
      scheme,
      regime: null,
      question: 'How does the cost of a kernel update grow with the number of kernel modules, all installed?',
      points: sizes.map((modules) => ({ ...real, installed: old, offered: [old, next], modules })),
    },
    {
      name: 'buildsSideBySide',
      over: 'buildsSideBySide',
      scheme,
      regime: null,
      question:
        'How does the cost of an update grow with the number of newer kernel builds a repository keeps side by side?',
      points: newer.map((_, index) => ({
        ...real,
        installed: oldest,
        offered: newer.slice(0, index + 1),
        modules: null,
      })),
    },
  ];
}

/** Measures exact points one after the other and fits a law to each series. */
export async function measureGrowth(
  made: readonly MadeSeries[],
  { store, samples, onProgress }: { store: Store; samples: number; onProgress: (what: string) => void },
): Promise<GrowthSeries[]> {
  const measuredSeries: GrowthSeries[] = [];
  for (const { points: all, ended: _, ...series } of made) {
    const points = distinct(all);
    if (points.length === 0) continue;
    const measured: GrowthPoint[] = [];
    for (const { size, seed, counters, machine } of points) {
      if (machine !== null) onProgress(`measuring growth: ${series.name} ${size}`);
      const largest = points.at(-1)?.size ?? size;
      const times = series.over === 'kernelModules' ? samplesFor(size, largest, samples) : samples;
      const phases =
        machine === null ? [] : await sampleSolve(`${size}`, await store.machine(machine), growthRequest, times);
      measured.push({ size, seed, solvables: counters.solvables, counters, phases });
    }
    measuredSeries.push({ ...series, points: measured, fits: growthFits(measured) });
  }
  return measuredSeries;
}

/** A small point is cheap and its short times are disturbed the most: it gets more samples, for about the cost of the largest. */
function samplesFor(size: number, largest: number, samples: number): number {
  return Math.min(Math.ceil((samples * largest) / size), smallPointSamplesMax);
}

const smallPointSamplesMax = 15;

/** Sizes beyond the build's own have become one. */
function distinct(points: readonly ExactPoint[]): ExactPoint[] {
  return [...new Map(points.map((point) => [`${point.size} ${point.seed}`, point])).values()].sort(
    (a, b) => a.size - b.size || (a.seed ?? 0) - (b.seed ?? 0),
  );
}
