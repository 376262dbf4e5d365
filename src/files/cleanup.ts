/** What is to be undone if this process is asked to end; the last thing done comes first. */
const pending = new Set<() => void>();

/** Has `undo` run should the process be asked to end. Returns how to take that back. */
export function atTheEnd(undo: () => void): () => void {
  // The same function may be registered twice: each time counts.
  const own = (): void => undo();
  pending.add(own);
  return () => pending.delete(own);
}

/** Undoes everything that is pending, at once: for a process that is about to end. */
export function cleanUp(): void {
  for (const undo of [...pending].reverse()) {
    try {
      undo();
    } catch {
      // The others must go all the same; the next process that comes by removes what is left.
    }
  }
  pending.clear();
}
