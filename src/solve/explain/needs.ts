import type { DependencyKind, SolvableId } from '@opensuse/libsolv-wasm';
import { type Branch, finding } from './reasons.js';
import type { Inquiry, World } from './world.js';

/** A dependency of another package that this one meets. */
export interface Need {
  readonly by: SolvableId;
  readonly dependency: string;
}

/** Packages that a finding names; it counts all. */
const namedMax = 3;

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

/** `ksym(default:a)` of `ksym(default:a) = 1a2b`: libsolv hands dependencies out as text, and this is its border. */
function nameOf(dependency: string): string {
  return dependency.replace(/ [<=>]+ .*$/, '');
}

/** Of a package that was there before libsolv only decides that it stays; who needs it says more. */
export function neededBy(id: SolvableId, { ending, world }: Inquiry): Branch[] {
  const needs = needsOf(id, 'requires', world).filter(({ by }) => ending.result.has(by));
  return needs.slice(0, namedMax).map(({ by, dependency }, index) =>
    finding({
      kind: 'needed',
      by: world.nevraOf(by),
      byInstalled: world.package(by)?.installed ?? false,
      package: world.nevraOf(id),
      dependency,
      others: index === namedMax - 1 ? needs.length - namedMax : 0,
    }),
  );
}

/** Who would need a package that is not there: that none of them is, or that another package serves them. */
export function unneeded(id: SolvableId, { ending, world }: Inquiry): Branch[] {
  const needs = needsOf(id, 'requires', world);
  const there = needs.find(({ by }) => ending.result.has(by));
  if (there !== undefined) {
    const { by, dependency } = there;
    const provider = world.providers(dependency).find((other) => ending.result.has(other)) ?? null;
    return [finding({ kind: 'providedAlready', by: world.nevraOf(by), dependency, provider: world.nevra(provider) })];
  }
  const names = [...new Set(needs.map(({ by }) => world.package(by)?.name ?? ''))].sort();
  const listed = { names: names.slice(0, namedMax), namesTotal: names.length };
  return [finding({ kind: 'unneeded', package: world.nevraOf(id), ...listed })];
}
