import type { ModuleGraph } from './module-graph.js';

export interface Reach {
  /** Kernel modules that each one needs, directly or not, without itself. */
  readonly needs: ReadonlyMap<string, number>;
  /** Kernel modules that need each one, directly or not, without itself. */
  readonly neededBy: ReadonlyMap<string, number>;
}

/**
 * Both transitive counts in one walk: a node needs every node of its closure. A walk from each node visits exactly its closure, and
 * closures of kernel modules are short (25 at most in 4,000), which bit sets over all pairs would not profit from. Cycles end at a
 * node already seen.
 */
export function reach(graph: ModuleGraph): Reach {
  const needs = new Map<string, number>();
  const neededBy = new Map<string, number>();
  graph.forEachNode((node) => {
    neededBy.set(node, 0);
  });
  graph.forEachNode((start) => {
    const closure = reachable(graph, [start], 'needs');
    closure.delete(start);
    needs.set(start, closure.size);
    for (const node of closure) neededBy.set(node, (neededBy.get(node) ?? 0) + 1);
  });
  return { needs, neededBy };
}

/** The given kernel modules and everything they need, or everything that needs them. */
export function reachable(graph: ModuleGraph, from: Iterable<string>, direction: 'needs' | 'neededBy'): Set<string> {
  const seen = new Set(from);
  const visit = (neighbour: string): void => {
    seen.add(neighbour);
  };
  // A Set iterates over what is added while it is walked, each element once: that is the queue.
  for (const node of seen) {
    if (direction === 'needs') graph.forEachOutNeighbor(node, visit);
    else graph.forEachInNeighbor(node, visit);
  }
  return seen;
}
