import type { Payload } from '#audit';
import { append } from '#collections';
import { type Dependency, type DependencyTree, parseRichDependency, provideMatches, type RpmPackage } from '#rpm';

/**
 * Of packages that came those that something asks for which is there for a reason of its own, or for which it goes along. What only goes
 * along with the kernel itself nobody asks for: each kernel module could say that.
 */
export function neededOf(undecided: readonly Payload[], reasons: readonly Payload[]): Set<Payload> {
  const needed = new Set<Payload>();
  let [waiting, newest] = [undecided, reasons];
  while (waiting.length > 0 && newest.length > 0) {
    const wanted = wantedBy(newest);
    const given = providesOf(newest.filter(({ kernel }) => kernel === null));
    const found = waiting.filter(
      ({ package: pkg }) =>
        provided(pkg).some((provide) =>
          (wanted.get(provide.name) ?? []).some((want) => provideMatches(provide, want)),
        ) || pkg.supplements.some((supplement) => leaves(supplement).some((leaf) => matches(given, leaf))),
    );
    for (const payload of found) needed.add(payload);
    waiting = waiting.filter((payload) => !needed.has(payload));
    newest = found;
  }
  return needed;
}

function wantedBy(payloads: readonly Payload[]): Map<string, Dependency[]> {
  const wanted = new Map<string, Dependency[]>();
  for (const { package: pkg } of payloads) {
    for (const dependency of [...pkg.requires, ...pkg.recommends].flatMap(leaves)) add(wanted, dependency);
  }
  return wanted;
}

function providesOf(payloads: readonly Payload[]): Map<string, Dependency[]> {
  const given = new Map<string, Dependency[]>();
  for (const { package: pkg } of payloads) for (const provide of provided(pkg)) add(given, provide);
  return given;
}

function matches(given: ReadonlyMap<string, readonly Dependency[]>, want: Dependency): boolean {
  return (given.get(want.name) ?? []).some((provide) => provideMatches(provide, want));
}

function provided(pkg: RpmPackage): readonly Dependency[] {
  return [{ name: pkg.name, range: { flag: 'EQ', evr: pkg.evr } }, ...pkg.provides];
}

/** Everything that a dependency mentions; `packageand(a:b)` mentions both. */
function leaves(dependency: Dependency): Dependency[] {
  const [, both] = /^packageand\((.*)\)$/.exec(dependency.name) ?? [];
  if (both !== undefined) return both.split(':').map((name) => ({ name, range: null }));
  return wantedLeaves(parseRichDependency(dependency));
}

/** Unlike `leavesOf` of #rpm without what is only a condition or excluded: nobody wants these. */
function wantedLeaves(tree: DependencyTree): Dependency[] {
  switch (tree.op) {
    case 'leaf':
      return [tree.dependency];
    case 'and':
    case 'or':
    case 'with':
      return tree.operands.flatMap(wantedLeaves);
    case 'without':
      return wantedLeaves(tree.subject);
    case 'if':
    case 'unless':
      return [tree.subject, ...(tree.otherwise === null ? [] : [tree.otherwise])].flatMap(wantedLeaves);
  }
}

function add(map: Map<string, Dependency[]>, dependency: Dependency): void {
  append(map, dependency.name, dependency);
}
