import { describe, expect, it } from 'vitest';
import {
  type Costs,
  costsSchema,
  type DepmodRun,
  estimateCosts,
  loadBuiltinCosts,
  type ScriptRuns,
  secondsAt,
  type TransactionFacts,
} from '#cost';
import { costParts } from '#run-document';

const curve = (points: readonly (readonly [n: number, seconds: number])[]): Costs['measured']['depmodFull'] => ({
  what: 'a tool',
  unit: 'things',
  points: points.map(([n, seconds]) => ({ n, seconds, samples: 1 })),
});

/** Round figures, so that a reader can do the sums. */
const costs: Costs = {
  format: 'kmplab/costs',
  version: 3,
  name: 'round',
  environment: { processor: 'one', processors: 1, kmod: '30', rpm: '4.18', dracut: '059' },
  measured: {
    depmodFull: curve([
      [1000, 1],
      [4000, 4],
    ]),
    depmodFullZstd: curve([
      [1000, 2],
      [4000, 8],
    ]),
    depmodQuick: curve([
      [1000, 0.1],
      [4000, 0.4],
    ]),
    initrd: curve([
      [1000, 5],
      [4000, 20],
    ]),
    rpmOneTransaction: curve([
      [100, 1],
      [1000, 10],
    ]),
    rpmOnePackage: curve([
      [100, 0.1],
      [1000, 0.1],
    ]),
    rpmOnePackageCommonName: curve([
      [100, 0.2],
      [1000, 0.2],
    ]),
    rpmQuery: curve([
      [100, 0.5],
      [1000, 0.5],
    ]),
    shellLinks: curve([
      [10, 0.02],
      [1000, 1],
    ]),
  },
  modelled: {
    depmodIncrementalFactor: { value: 4, basis: 'published', source: 'a page' },
    lineMbitPerSecond: { value: 8, basis: 'assumed', source: 'a slow line' },
  },
};

const nothing: ScriptRuns = {
  depmod: [],
  initrds: [],
  rpmQueries: 0,
  copiedLinks: { least: 0, most: 0 },
  linked: new Map(),
  changed: new Map(),
};

function estimated({
  scripts,
  ...facts
}: Partial<Omit<TransactionFacts, 'scripts'>> & { readonly scripts?: Partial<ScriptRuns> }) {
  const none = { installedBefore: 100, packagesComing: 0, packagesGoing: 0, metadataBytes: 0, downloadBytes: 0 };
  const list = estimateCosts(costs, { ...none, ...facts, scripts: { ...nothing, ...scripts } });
  return new Map(list.map((cost) => [cost.kind, cost]));
}

const run = (least: number, most = least, certain = true): DepmodRun => ({
  release: 'one',
  kernelModules: { least, most },
  certain,
});

describe('the estimate of a step', () => {
  const step = estimated({
    packagesComing: 90,
    packagesGoing: 10,
    metadataBytes: 2_000_000,
    downloadBytes: 10_000_000,
    scripts: {
      depmod: [run(1000), run(2000, 3000), run(1000, 1000, false)],
      initrds: [
        { release: 'one', kernelModules: 1000, when: 'post' },
        { release: 'one', kernelModules: 4000, when: 'posttrans' },
        { release: 'two', kernelModules: 2000, when: 'posttrans' },
      ],
      rpmQueries: 20,
      copiedLinks: { least: 1000, most: 3000 },
      changed: new Map([['one', 4000]]),
    },
  });

  it.each([
    ['metadataRefresh', 2, 2, 'exact', 'assumed'], // 16 Mbit over 8 Mbit/s
    ['download', 10, 10, 'exact', 'assumed'],
    ['rpmOneTransaction', 1, 1, 'exact', 'measured'],
    ['rpmEachPackage', 10, 10, 'exact', 'measured'],
    ['fileConflicts', 10, 10, 'exact', 'measured'],
    ['depmodByScripts', 1 + 2, 2 + 6 + 2, 'simulated', 'measured'], // certain, not compressed; all, zstd
    ['depmodByScriptsIncremental', 3 / 4, 10 / 4, 'simulated', 'published'],
    ['depmodOncePerTransaction', 4, 8, 'simulated', 'measured'],
    ['depmodOnceIncremental', 1, 2, 'simulated', 'published'],
    ['scriptProcesses', 20 * 0.5 + 1, 20 * 0.5 + 3, 'simulated', 'measured'],
    ['initrds', 5 + 10, 5 + 20 + 10, 'simulated', 'measured'], // the cheaper one of each kernel; all three
  ] as const)('has %s: from %d s to %d s, counts %s, times %s', (kind, low, high, counted, timed) => {
    expect(step.get(kind)).toMatchObject({ seconds: { low, high }, counted, timed });
    expect(step.get(kind)?.source).not.toBe('');
  });

  it('tells runs and sizes of depmod as a range', () => {
    expect(step.get('depmodByScripts')).toMatchObject({
      runs: { least: 2, most: 3 },
      kernelModules: { least: 1000, most: 3000 },
    });
    expect(step.get('initrds')).toMatchObject({ runs: { least: 2, most: 3 } });
  });

  it('has nothing but the refresh where nothing is installed', () => {
    expect([...estimated({ metadataBytes: 1 }).keys()]).toEqual(['metadataRefresh']);
  });

  it('has every kind in one of the parts of wall time', () => {
    expect(new Set(Object.values(costParts).flat())).toEqual(new Set(step.keys()));
  });
});

describe('a curve', () => {
  it('goes straight through its points and on beyond the last, and never below the first', () => {
    const bent = curve([
      [10, 1],
      [20, 2],
      [30, 5],
    ]);
    expect([10, 15, 20, 25, 40].map((n) => secondsAt(bent, n))).toEqual([1, 1.5, 2, 3.5, 8]);
    expect(
      secondsAt(
        curve([
          [10, 0],
          [20, 1],
        ]),
        1,
      ),
    ).toBe(0);
  });

  it('with points out of order is refused', () => {
    const measured = {
      ...costs.measured,
      depmodFull: curve([
        [2, 1],
        [1, 2],
      ]),
    };
    expect(costsSchema.safeParse({ ...costs, measured }).success).toBe(false);
    expect(costsSchema.safeParse(costs).success).toBe(true);
  });
});

describe('the costs that come along', () => {
  it('say that depmod takes longer with more kernel modules, and compressed ones', async () => {
    const { depmodFull, depmodFullZstd } = (await loadBuiltinCosts()).measured;
    expect(secondsAt(depmodFull, 4000)).toBeGreaterThan(secondsAt(depmodFull, 1000));
    expect(secondsAt(depmodFullZstd, 4000)).toBeGreaterThan(secondsAt(depmodFull, 4000));
  });
});
