import { byId, element } from './dom.js';
import type { Dependency } from './protocol.js';

let shown: readonly Dependency[] = [];

/** The dependencies that a design writes, to choose one from. */
export function showDependencies(dependencies: readonly Dependency[]): void {
  shown = dependencies;
  const options = dependencies.map(({ kind, list, text }, index) =>
    element('option', { value: String(index) }, `${kind} ${list} ${text}`),
  );
  byId('dependency', HTMLSelectElement).replaceChildren(...options);
}

export function chosenDependency(): Dependency | null {
  return shown[Number(byId('dependency', HTMLSelectElement).value)] ?? null;
}
