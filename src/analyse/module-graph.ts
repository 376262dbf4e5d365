import { DirectedGraph } from 'graphology';
import type { KernelBuild } from '#kernel';

/** An edge goes from the importing kernel module to the one that exports; `symbols` counts what it imports from there. */
export type ModuleGraph = DirectedGraph<Record<string, never>, { symbols: number }>;

export interface ModuleGraphResult {
  readonly graph: ModuleGraph;
  /** Exporting kernel module of each symbol that a kernel module exports. The first by path wins, as depmod reads them. */
  readonly exporterOf: ReadonlyMap<string, string>;
  /** Imports that neither the image nor a kernel module of the build exports. */
  readonly unresolvedImports: number;
}

/** The graph of a build's kernel modules, by symbol; by `depends=` where the build carries no imports (no MODVERSIONS). */
export function moduleGraph(build: KernelBuild): ModuleGraphResult {
  const graph: ModuleGraph = new DirectedGraph();
  const exporterOf = new Map<string, string>();
  for (const { name, exports } of build.modules) {
    graph.mergeNode(name);
    for (const symbol of exports) if (!exporterOf.has(symbol.name)) exporterOf.set(symbol.name, name);
  }
  if (!build.modversions) {
    addDeclaredEdges(graph, build);
    return { graph, exporterOf, unresolvedImports: 0 };
  }
  const ofImage = new Set(build.image.exports.map(({ name }) => name));
  let unresolvedImports = 0;
  for (const { name, imports } of build.modules) {
    const symbolsFrom = new Map<string, number>();
    for (const symbol of imports) {
      const exporter = exporterOf.get(symbol.name);
      if (exporter === undefined) {
        if (!ofImage.has(symbol.name)) unresolvedImports++;
      } else if (exporter !== name) symbolsFrom.set(exporter, (symbolsFrom.get(exporter) ?? 0) + 1);
    }
    for (const [exporter, symbols] of symbolsFrom) graph.addEdge(name, exporter, { symbols });
  }
  return { graph, exporterOf, unresolvedImports };
}

function addDeclaredEdges(graph: ModuleGraph, { modules }: KernelBuild): void {
  for (const { name, depends } of modules) {
    for (const needed of depends) {
      if (needed !== name && graph.hasNode(needed)) graph.mergeEdge(name, needed, { symbols: 0 });
    }
  }
}
