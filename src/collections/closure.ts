/** The starts and all that is reached from them in any number of steps. */
export function closure<Node>(starts: Iterable<Node>, next: (node: Node) => Iterable<Node>): Set<Node> {
  const reached = new Set(starts);
  // Iterating over a set visits what is added meanwhile.
  for (const node of reached) for (const other of next(node)) reached.add(other);
  return reached;
}
