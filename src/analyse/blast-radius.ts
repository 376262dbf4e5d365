import { append } from '#collections';
import type { KernelBuild } from '#kernel';
import type { GraphFacts } from '#run-document';
import type { ModuleGraph } from './module-graph.js';
import { reachable } from './reach.js';

/** Kernel modules that import each symbol, by symbol. */
export function importersOf(build: KernelBuild): Map<string, string[]> {
  const importers = new Map<string, string[]>();
  for (const { name, imports } of build.modules) {
    for (const symbol of imports) {
      append(importers, symbol.name, name);
    }
  }
  return importers;
}

/** Kernel modules that stop loading when one symbol's CRC changes: its importers, and whatever depends on one of these. */
export function blastRadius(graph: ModuleGraph, importers: readonly string[]): { direct: number; transitive: number } {
  return { direct: importers.length, transitive: reachable(graph, importers, 'neededBy').size };
}

/**
 * The symbols with the largest radius; equal ones by direct importers, then by name. A radius is at most its importers plus all that
 * need each of them, so that symbols are tried from the largest such bound down, until no later one can enter the list.
 */
export function largestBlastRadii(
  graph: ModuleGraph,
  importers: ReadonlyMap<string, readonly string[]>,
  { exporterOf, neededBy }: { exporterOf: ReadonlyMap<string, string>; neededBy: ReadonlyMap<string, number> },
  limit: number,
): GraphFacts['blastRadius'] {
  const candidates = [...importers]
    .map(([symbol, list]) => ({
      symbol,
      list,
      bound: list.reduce((total, importer) => total + 1 + (neededBy.get(importer) ?? 0), 0),
    }))
    .sort((a, b) => b.bound - a.bound);
  let largest: GraphFacts['blastRadius'] = [];
  for (const { symbol, list, bound } of candidates) {
    if (bound < (largest[limit - 1]?.transitive ?? 0)) break;
    largest.push({ symbol, exporter: exporterOf.get(symbol) ?? 'vmlinux', ...blastRadius(graph, list) });
    largest = largest.sort(byRadius).slice(0, limit);
  }
  return largest;
}

type Radius = GraphFacts['blastRadius'][number];

function byRadius(a: Radius, b: Radius): number {
  return b.transitive - a.transitive || b.direct - a.direct || (a.symbol < b.symbol ? -1 : 1);
}
