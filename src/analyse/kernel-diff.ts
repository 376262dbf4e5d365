import { grouped } from '#collections';
import { diffKernels, type KernelBuild, type KernelDiff } from '#kernel';
import type { KernelDiffDocument } from '#run-document';
import { importersOf, largestBlastRadii } from './blast-radius.js';
import { churnOf, subsystem } from './churn.js';
import { doublingBins } from './distribution.js';
import { kernelSummary } from './kernel-summary.js';
import { moduleGraph } from './module-graph.js';
import { reach } from './reach.js';

/** How many responsible symbols are listed. */
const symbolsMax = 25;

/** What changed between two builds, what of the older one no longer loads, and because of which symbols. */
export function kernelDiff(a: KernelBuild, b: KernelBuild): KernelDiffDocument {
  const diff = diffKernels(a, b);
  const { graph, exporterOf } = moduleGraph(a);
  const broken = new Set(diff.broken.map(({ name }) => name));
  return {
    format: 'kmplab/kernel-diff',
    version: 1,
    from: kernelSummary(a),
    to: kernelSummary(b),
    modversions: { from: a.modversions, to: b.modversions },
    churn: churnOf(diff, a),
    ...bySubsystem(a, broken, diff.brokenInAll),
    symbols: responsible(a, diff, { graph, exporterOf }),
    importersOfChanged: doublingBins([...diff.changed, ...diff.lost].map(({ importers }) => importers.length)),
    modulesAdded: [...diff.modulesAdded],
    modulesLost: [...diff.modulesLost],
  };
}

function responsible(
  a: KernelBuild,
  { changed, lost }: KernelDiff,
  { graph, exporterOf }: Pick<ReturnType<typeof moduleGraph>, 'graph' | 'exporterOf'>,
): KernelDiffDocument['symbols'] {
  const gone = new Set(lost.map(({ name }) => name));
  const names = new Set([...changed, ...lost].map(({ name }) => name));
  const importers = new Map([...importersOf(a)].filter(([symbol]) => names.has(symbol)));
  const { neededBy } = reach(graph);
  return largestBlastRadii(graph, importers, { exporterOf, neededBy }, symbolsMax).map((radius) => ({
    ...radius,
    change: gone.has(radius.symbol) ? 'lost' : 'changed',
  }));
}

function bySubsystem(
  { modules }: KernelBuild,
  broken: ReadonlySet<string>,
  inAll: ReadonlySet<string>,
): Pick<KernelDiffDocument, 'subsystems' | 'brokenModules'> {
  const groups = [...grouped(modules, ({ path }) => subsystem(path))].map(([name, members]) => {
    const names = members.map((kernelModule) => kernelModule.name).sort();
    return {
      name,
      kernelModules: names.length,
      broken: names.filter((one) => broken.has(one)),
      dependent: names.filter((one) => inAll.has(one) && !broken.has(one)),
      inAll: names.filter((one) => inAll.has(one)).length,
    };
  });
  const size = (group: (typeof groups)[number]): number => group.broken.length + group.dependent.length;
  groups.sort((a, b) => size(b) - size(a) || b.kernelModules - a.kernelModules || (a.name < b.name ? -1 : 1));
  return {
    subsystems: groups.map((group) => ({
      name: group.name,
      kernelModules: group.kernelModules,
      broken: group.broken.length,
      brokenInAll: group.inAll,
    })),
    brokenModules: groups
      .filter((group) => size(group) > 0)
      .map(({ name, broken: direct, dependent }) => ({ subsystem: name, broken: direct, dependent })),
  };
}
