import type { GraphFacts, Spread } from '#run-document';
import { count, counted, fixed, percent, significant, tickCount } from '#tell';
import type { FanOutChart } from '../charts/fan-out.js';
import type { HistogramChart } from '../charts/histogram.js';
import type { LayersChart } from '../charts/layers.js';

export interface FanOutView {
  readonly release: string;
  readonly sentences: readonly string[];
  /** All spreads in one picture. */
  readonly spread: FanOutChart;
  /** What the kernel module with the largest closure needs, as a drawing; null where there is none. */
  readonly deepest: { readonly chart: LayersChart; readonly reading: string } | null;
  readonly spreads: readonly (readonly string[])[];
  readonly histograms: readonly { readonly caption: string; readonly chart: HistogramChart }[];
  readonly hubs: readonly RankedRow[];
  readonly blastRadius: readonly RankedRow[];
}

export interface RankedRow {
  readonly name: string;
  readonly from: string;
  readonly direct: string;
  readonly transitive: string;
  readonly share: string;
  /** Width of the bar behind the share, a CSS percentage. */
  readonly width: string;
}

/** Enough to see the shape; run.json has more. */
const rankedMax = 12;

const histogramTexts: Readonly<Record<GraphFacts['histograms'][number]['of'], string>> = {
  imports: 'Symbols that a kernel module imports: what its package requires',
  fanIn: 'Kernel modules that import a symbol: how far a change of it reaches',
  inDegree: 'Kernel modules that depend directly on one',
  outDegree: 'Kernel modules that one depends on directly',
  closure: 'Kernel modules that one needs in all',
  depth: 'Longest chain of dependencies below a kernel module',
};

const measures = [
  ['Symbols imported', 'importsPerModule'],
  ['Symbols exported', 'exportsPerModule'],
  ['Dependencies, direct', 'outDegree'],
  ['Dependencies in all', 'closure'],
  ['Longest chain below', 'depth'],
  ['Dependents, direct', 'inDegree'],
  ['Importers of a symbol', 'fanIn'],
] as const satisfies readonly (readonly [string, keyof GraphFacts])[];

export function fanOutView(graph: GraphFacts): FanOutView {
  return {
    release: graph.release,
    sentences: sentences(graph),
    spread: {
      id: 'chart-fan-out',
      title: 'How far a kernel module reaches, and how far a symbol',
      description: measures.map(([name, of]) => `${name}: most ${count(graph[of].max)}`).join('. '),
      text: tickCount,
      rows: measures.map(([label, of]) => ({ label, ...graph[of], maxText: count(graph[of].max) })),
    },
    deepest: deepestView(graph),
    spreads: measures.map(([name, of]) => spreadRow(name, graph[of])),
    histograms: graph.histograms.map(({ of, bins }) => histogram(`chart-histogram-${of}`, histogramTexts[of], bins)),
    hubs: graph.hubs
      .slice(0, rankedMax)
      .map(({ name, direct, transitive }) => ranked({ name, from: '', direct, transitive }, graph.kernelModules)),
    blastRadius: graph.blastRadius
      .slice(0, rankedMax)
      .map(({ symbol, exporter, direct, transitive }) =>
        ranked({ name: symbol, from: exporter, direct, transitive }, graph.kernelModules),
      ),
  };
}

function deepestView({ deepest }: GraphFacts): FanOutView['deepest'] {
  if (deepest === null) return null;
  const { kernelModule, nodes, edges } = deepest;
  const layers = nodes.reduce((most, { layer }) => Math.max(most, layer), 0);
  return {
    chart: {
      id: 'chart-deepest',
      title: `What ${kernelModule} needs`,
      description: edges.map(({ from, to }) => `${from} needs ${to}`).join(', '),
      nodes,
      edges,
    },
    reading: `${kernelModule} needs ${counted(nodes.length - 1, 'other kernel module')}, on ${counted(layers, 'layer')} below it. A line leads from a kernel module to one that it imports from; faint lines pass a layer.`,
  };
}

export function histogram(
  id: string,
  caption: string,
  bins: GraphFacts['histograms'][number]['bins'],
): FanOutView['histograms'][number] {
  return {
    caption,
    chart: {
      id,
      title: caption,
      description: bins
        .filter((bin) => bin.count > 0)
        .map((bin) => `${binLabel(bin)}: ${count(bin.count)}`)
        .join(', '),
      bins: bins.map((bin) => ({ label: binLabel(bin), count: bin.count, text: count(bin.count) })),
    },
  };
}

function sentences(graph: GraphFacts): string[] {
  const { kernelModules } = graph;
  return [
    `${counted(kernelModules, 'kernel module')} import ${counted(graph.imports, 'symbol')} in all, ${percent(graph.importsFromImage, graph.imports)} of them from the kernel image and the rest from each other over ${counted(graph.edges, 'edge')}.`,
    `${count(graph.leaves)} (${percent(graph.leaves, kernelModules)}) have no dependents, ${count(graph.withoutDependency)} (${percent(graph.withoutDependency, kernelModules)}) depend on no other kernel module, ${count(graph.withoutHardwareAlias)} (${percent(graph.withoutHardwareAlias, kernelModules)}) have no hardware alias that could pull them in.`,
    `${count(graph.exportingModules)} export ${counted(graph.exports - graph.exportsOfImage, 'symbol')}, the image ${count(graph.exportsOfImage)}; ${counted(graph.symbolsWithOneUser, 'symbol')} have exactly one user.`,
    graph.cycles === 0
      ? 'There is no dependency cycle.'
      : `There are ${counted(graph.cycles, 'dependency cycle')}, which no loader can load.`,
  ];
}

function spreadRow(name: string, { mean, p50, p90, p99, max }: Spread): readonly string[] {
  return [
    name,
    fixed(mean, 1),
    ...[p50, p90, p99, max].map((value) => (Number.isInteger(value) ? count(value) : significant(value))),
  ];
}

function binLabel({ from, to }: { from: number; to: number }): string {
  return to - from <= 1 ? count(from) : `${count(from)}\u2013${count(to - 1)}`;
}

export function ranked(
  { name, from, direct, transitive }: { name: string; from: string; direct: number; transitive: number },
  whole: number,
): RankedRow {
  const share = whole === 0 ? 0 : Math.min(1, transitive / whole);
  return {
    name,
    from,
    direct: count(direct),
    transitive: count(transitive),
    share: percent(transitive, whole),
    width: `${(100 * share).toFixed(2)}%`,
  };
}
