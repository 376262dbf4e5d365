import type { ModuleGraph } from './module-graph.js';

/**
 * Strongly connected components, each after all those it depends on (Tarjan 1972). A component of more than one kernel module is a
 * dependency cycle. Without recursion, since a chain of dependencies may be as long as the build.
 */
export function components(graph: ModuleGraph): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  const lower = (node: string, to: number): void => {
    low.set(node, Math.min(low.get(node) ?? to, to));
  };
  const enter = (node: string): Frame => {
    order.set(node, order.size);
    lower(node, order.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, pending: graph.outNeighbors(node) };
  };
  graph.forEachNode((root) => {
    if (order.has(root)) return;
    const path: Frame[] = [enter(root)];
    for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
      const next = frame.pending.pop();
      if (next !== undefined) {
        const seenAt = order.get(next);
        if (seenAt === undefined) path.push(enter(next));
        else if (isOpen.has(next)) lower(frame.node, seenAt);
        continue;
      }
      path.pop();
      const lowest = low.get(frame.node) ?? 0;
      const parent = path.at(-1);
      if (parent !== undefined) lower(parent.node, lowest);
      if (lowest === order.get(frame.node)) found.push(close(open, isOpen, frame.node));
    }
  });
  return found;
}

interface Frame {
  readonly node: string;
  readonly pending: string[];
}

function close(open: string[], isOpen: Set<string>, root: string): string[] {
  const members = open.splice(open.lastIndexOf(root));
  for (const member of members) isOpen.delete(member);
  return members;
}

/** Length of the longest chain of dependencies below each kernel module, 0 for one without any. A cycle counts as one link. */
export function depths(graph: ModuleGraph, ordered: readonly string[][]): Map<string, number> {
  const depth = new Map<string, number>();
  for (const members of ordered) {
    const inside = new Set(members);
    let deepest = 0;
    for (const member of members) {
      graph.forEachOutNeighbor(member, (needed) => {
        if (!inside.has(needed)) deepest = Math.max(deepest, 1 + (depth.get(needed) ?? 0));
      });
    }
    for (const member of members) depth.set(member, deepest);
  }
  return depth;
}
