import type { CountRange, StepCost } from '#run-document';
import { type Costs, type Curve, type Figure, secondsAt } from './document.js';
import type { DepmodRun, InitrdRun, ScriptRuns } from './scripts/facts.js';

/** What a transaction did to a machine, as counts. */
export interface TransactionFacts {
  readonly installedBefore: number;
  readonly packagesComing: number;
  readonly packagesGoing: number;
  /** What the packages' scripts started, in order. */
  readonly scripts: ScriptRuns;
  /** Compressed primary metadata of the repositories in reach. */
  readonly metadataBytes: number;
  readonly downloadBytes: number;
}

type CostFigure = Pick<StepCost, 'seconds' | 'counted' | 'timed' | 'source'>;

/** What the transaction costs outside of the solver, each part on its own: some are alternatives, see `costParts`. */
export function estimateCosts(costs: Costs, facts: TransactionFacts): StepCost[] {
  const { lineMbitPerSecond: line } = costs.modelled;
  const overLine = (bytes: number): { bytes: number } & CostFigure => {
    const seconds = (bytes * 8) / 1e6 / line.value;
    return { bytes, ...figure({ low: seconds, high: seconds }, 'exact', line) };
  };
  const refresh: StepCost = { kind: 'metadataRefresh', ...overLine(facts.metadataBytes) };
  if (facts.packagesComing + facts.packagesGoing === 0) return [refresh];
  return [
    refresh,
    { kind: 'download', ...overLine(facts.downloadBytes) },
    ...rpmCosts(costs, facts),
    ...depmodCosts(costs, facts.scripts),
    processCost(costs, facts),
    initrdCost(costs, facts.scripts.initrds),
  ];
}

function rpmCosts(
  { name, measured }: Costs,
  { installedBefore, packagesComing, packagesGoing }: TransactionFacts,
): StepCost[] {
  const packages = packagesComing + packagesGoing;
  const each = (curve: Curve): number => packages * secondsAt(curve, installedBefore + packagesComing / 2);
  const common = each(measured.rpmOnePackageCommonName);
  const alone = each(measured.rpmOnePackage);
  const exact = (seconds: number): CostFigure => figure({ low: seconds, high: seconds }, 'exact', { source: name });
  return [
    { kind: 'rpmEachPackage', packages, ...exact(alone) },
    { kind: 'rpmOneTransaction', packages, ...exact(secondsAt(measured.rpmOneTransaction, packages)) },
    { kind: 'fileConflicts', packages, ...exact(Math.max(0, common - alone)) },
  ];
}

function depmodCosts({ name, measured, modelled }: Costs, { depmod, changed }: ScriptRuns): StepCost[] {
  const { depmodFull, depmodFullZstd } = measured;
  const { depmodIncrementalFactor: faster } = modelled;
  const once = [...changed].map(
    ([release, visible]): DepmodRun => ({ release, kernelModules: { least: visible, most: visible }, certain: true }),
  );
  const counts = (runs: readonly DepmodRun[]): { runs: CountRange; kernelModules: CountRange } => ({
    runs: { least: runs.filter(({ certain }) => certain).length, most: runs.length },
    kernelModules: {
      least: runs.reduce(
        (least, { kernelModules }) => Math.min(least, kernelModules.least),
        runs.length > 0 ? Number.MAX_SAFE_INTEGER : 0,
      ),
      most: runs.reduce((most, { kernelModules }) => Math.max(most, kernelModules.most), 0),
    },
  });
  const seconds = (runs: readonly DepmodRun[], divisor = 1): { low: number; high: number } => ({
    low:
      sum(runs, ({ certain, kernelModules }) => (certain ? secondsAt(depmodFull, kernelModules.least) : 0)) / divisor,
    high: sum(runs, ({ kernelModules }) => secondsAt(depmodFullZstd, kernelModules.most)) / divisor,
  });
  const here = { source: name };
  return [
    { kind: 'depmodByScripts', ...counts(depmod), ...figure(seconds(depmod), 'simulated', here) },
    {
      kind: 'depmodByScriptsIncremental',
      ...counts(depmod),
      ...figure(seconds(depmod, faster.value), 'simulated', faster),
    },
    { kind: 'depmodOncePerTransaction', ...counts(once), ...figure(seconds(once), 'simulated', here) },
    { kind: 'depmodOnceIncremental', ...counts(once), ...figure(seconds(once, faster.value), 'simulated', faster) },
  ];
}

function processCost(
  { name, measured }: Costs,
  { scripts, installedBefore, packagesComing }: TransactionFacts,
): StepCost {
  const { rpmQueries, copiedLinks: links } = scripts;
  const asking = rpmQueries * secondsAt(measured.rpmQuery, installedBefore + packagesComing);
  // The curve's last point has most links, and so the least of the shell's own start.
  const last = measured.shellLinks.points.at(-1);
  const perLink = last === undefined ? 0 : last.seconds / last.n;
  const seconds = { low: asking + links.least * perLink, high: asking + links.most * perLink };
  return {
    kind: 'scriptProcesses',
    rpmQueries: { least: rpmQueries, most: rpmQueries },
    links,
    ...figure(seconds, 'simulated', { source: name }),
  };
}

/** Low: one for each kernel, when it takes less. High: also the one that the kernel's own %post makes before its KMPs are there. */
function initrdCost({ name, measured }: Costs, initrds: readonly InitrdRun[]): StepCost {
  const releases = new Set(initrds.map(({ release }) => release));
  const time = ({ kernelModules }: InitrdRun): number => secondsAt(measured.initrd, kernelModules);
  const low = sum([...releases], (release) => Math.min(...initrds.filter((run) => run.release === release).map(time)));
  return {
    kind: 'initrds',
    runs: { least: releases.size, most: initrds.length },
    ...figure({ low, high: sum(initrds, time) }, 'simulated', { source: name }),
  };
}

/** Milliseconds are as fine as any of this is. */
function figure(
  { low, high }: StepCost['seconds'],
  counted: StepCost['counted'],
  { basis, source }: { readonly basis?: Figure['basis']; readonly source: string },
): CostFigure {
  const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000;
  return { seconds: { low: rounded(low), high: rounded(high) }, counted, timed: basis ?? 'measured', source };
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
