import type { DependencyKind, SolvableId } from '@opensuse/libsolv-wasm';
import type { World } from './world.js';

/** A dependency of another package that this one meets. */
export interface Need {
  readonly by: SolvableId;
  readonly dependency: string;
}

/** How many packages are asked for their dependencies at once: an answer of some megabytes. */
const chunk = 500;

/** Who in the whole pool depends on a package, one dependency each. libsolv has no such index, so every list is looked through. */
export function needsOf(id: SolvableId, kind: DependencyKind, world: World): Need[] {
  const { pool } = world;
  const names = providedNames(id, world);
  const all = pool.solvables();
  const needs: Need[] = [];
  for (let start = 0; start < all.length; start += chunk) {
    const some = all.slice(start, start + chunk);
    pool.dependencies(some, kind).forEach((dependencies, index) => {
      const by = some[index];
      if (by === undefined || by === id) return;
      const met = dependencies.find((text) => mayMean(text, names) && world.providers(text).includes(id));
      if (met !== undefined) needs.push({ by, dependency: met });
    });
  }
  return needs;
}

function providedNames(id: SolvableId, { pool }: World): ReadonlySet<string> {
  return new Set((pool.dependencies([id], 'provides')[0] ?? []).map(nameOf));
}

/** A rich dependency may mean anything inside it; libsolv knows. */
function mayMean(dependency: string, names: ReadonlySet<string>): boolean {
  return dependency.startsWith('(') || names.has(nameOf(dependency));
}

/** `ksym(default:a)` of `ksym(default:a) = 1a2b`. */
function nameOf(dependency: string): string {
  return dependency.replace(/ [<=>]+ .*$/, '');
}
