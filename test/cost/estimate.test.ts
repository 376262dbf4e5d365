import { describe, expect, it } from 'vitest';
import { type Costs, costsSchema, estimateCosts, loadBuiltinCosts, secondsAt, type TransactionFacts } from '#cost';
import type { StepCost } from '#run-document';

const curve = (points: readonly (readonly [n: number, seconds: number])[]): Costs['measured']['depmodFull'] => ({
  what: 'a tool',
  unit: 'things',
  points: points.map(([n, seconds]) => ({ n, seconds, samples: 1 })),
});

/** Round figures, so that a reader can do the sums. */
const costs: Costs = {
  format: 'kmplab/costs',
  version: 2,
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
  },
  modelled: {
    depmodIncrementalFactor: { value: 4, source: 'a page' },
    lineMbitPerSecond: { value: 8, source: 'assumed' },
  },
};

const kernel = (release: string, more: Partial<TransactionFacts['kernels'][number]> = {}) => ({
  release,
  kernelModules: 1000,
  arrived: false,
  changed: false,
  linkCandidates: 0,
  ...more,
});

function estimated(facts: Partial<TransactionFacts>): Map<StepCost['kind'], StepCost> {
  const none: TransactionFacts = {
    script: 'weak-modules2',
    installedBefore: 100,
    packagesComing: 0,
    packagesGoing: 0,
    arriving: [],
    kernels: [],
    metadataBytes: 0,
  };
  return new Map(estimateCosts(costs, { ...none, ...facts }).map((cost) => [cost.kind, cost]));
}

const depmodRuns = (facts: Partial<TransactionFacts>): number =>
  estimated({ packagesComing: 1, ...facts }).get('depmodAfterEachPackage')?.seconds ?? Number.NaN;

describe('the runs of depmod', () => {
  const kmps = [
    { release: 'one', isKmp: true },
    { release: 'one', isKmp: true },
  ];

  it('are two for each KMP of a kernel, and three for every other kernel beside it', () => {
    expect(depmodRuns({ arriving: kmps, kernels: [kernel('one')] })).toBe(4);
    expect(depmodRuns({ arriving: kmps, kernels: [kernel('one'), kernel('two')] })).toBe(4 + 6);
  });

  it('are one for a new kernel and one for each KMP that is tried with it', () => {
    expect(depmodRuns({ kernels: [kernel('two', { arrived: true, linkCandidates: 88 })] })).toBe(89);
  });

  it('are one for each package with kernel modules where no weak-modules2 is', () => {
    const facts = { arriving: kmps, kernels: [kernel('one'), kernel('two')] };
    expect(depmodRuns({ ...facts, script: 'none' })).toBe(2);
    expect(depmodRuns({ ...facts, arriving: [{ release: 'one', isKmp: false }] })).toBe(1);
  });
});

describe('the estimate of a step', () => {
  const step = estimated({
    packagesComing: 90,
    packagesGoing: 10,
    kernels: [kernel('one', { changed: true, kernelModules: 4000 }), kernel('two')],
    metadataBytes: 2_000_000,
  });

  it.each([
    ['metadataRefresh', 2, 'modelled'], // 16 Mbit over 8 Mbit/s
    ['rpmOneTransaction', 1, 'measured'],
    ['rpmEachPackage', 10, 'measured'],
    ['fileConflicts', 10, 'measured'],
    ['depmodOncePerTransaction', 4, 'measured'],
    ['depmodIncremental', 1, 'modelled'],
    ['initrds', 20, 'measured'],
  ] as const)('has %s: %d s, %s', (kind, seconds, basis) => {
    expect(step.get(kind)).toMatchObject({ seconds, basis });
    expect(step.get(kind)?.source).not.toBe('');
  });

  it('has nothing but the refresh where nothing is installed', () => {
    expect([...estimated({ metadataBytes: 1 }).keys()]).toEqual(['metadataRefresh']);
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
