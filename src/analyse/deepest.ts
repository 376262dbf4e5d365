import type { GraphFacts } from '#run-document';
import type { ModuleGraph } from './module-graph.js';
import { type Reach, reachable } from './reach.js';

/** Kernel modules that a drawing has room for; the largest closure of Debian's kernels has 26 with its own. */
const nodesMax = 60;

/** The largest closure that can be drawn, in layers; of equal ones the first by name. */
export function deepest(graph: ModuleGraph, { needs }: Reach): GraphFacts['deepest'] {
  const [kernelModule] = [...needs]
    .filter(([, size]) => size > 0 && size < nodesMax)
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([name]) => name);
  if (kernelModule === undefined) return null;
  const members = [...reachable(graph, [kernelModule], 'needs')].sort();
  const edges = members.flatMap((from) =>
    graph
      .outNeighbors(from)
      .sort()
      .map((to) => ({ from, to })),
  );
  const layers = layersOf(kernelModule, members, edges);
  if (layers === null) return null;
  const nodes = members.map((name) => ({ name, layer: layers.get(name) ?? 0 }));
  return {
    kernelModule,
    nodes: nodes.sort((a, b) => a.layer - b.layer || (a.name < b.name ? -1 : 1)),
    edges,
  };
}

/** The longest way to each from the first one; null where there is none, because it goes round. */
function layersOf(
  first: string,
  members: readonly string[],
  edges: readonly { readonly from: string; readonly to: string }[],
): ReadonlyMap<string, number> | null {
  const layers = new Map([[first, 0]]);
  for (let round = 0; round <= members.length; round++) {
    let moved = false;
    for (const { from, to } of edges) {
      const below = (layers.get(from) ?? -1) + 1;
      if (below === 0 || below <= (layers.get(to) ?? -1)) continue;
      layers.set(to, below);
      moved = true;
    }
    if (!moved) return layers;
  }
  return null;
}
