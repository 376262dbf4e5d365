import type { SolvableId } from '@opensuse/libsolv-wasm';
import type { Problem, Reason, RootCause } from '#run-document';
import type { KabiIndex } from './kabi.js';
import { wayTo } from './way.js';

/** What a cause is known by, and the problems and packages it is behind. */
interface Tally {
  readonly cause: Pick<RootCause, 'kind' | 'subject' | 'kernel'>;
  readonly problems: Set<number>;
  readonly packages: Set<string>;
}

/**
 * What many problems come down to: each symbol that the kernel of a conflict has otherwise, with the packages that want it; for other
 * problems the gap, the lock or the clash.
 */
export function causesOf(
  told: readonly Pick<Problem, 'tree' | 'kabi' | 'cause'>[],
  sourcesOf: (problem: number) => readonly SolvableId[],
  kabi: KabiIndex,
): RootCause[] {
  const tallies = new Map<string, Tally>();
  const count = (cause: Tally['cause'], problem: number, packages: readonly string[]): void => {
    const key = JSON.stringify([cause.kind, cause.subject, cause.kernel]);
    const tally = tallies.get(key) ?? { cause, problems: new Set(), packages: new Set() };
    tallies.set(key, tally);
    tally.problems.add(problem);
    for (const one of packages) tally.packages.add(one);
  };
  told.forEach(({ tree, kabi: conflicts, cause }, index) => {
    for (const { package: owner, notFor } of conflicts) {
      const kernel = notFor[0]?.kernel;
      const source = sourcesOf(index).find((id) => kabi.nevraOf(id) === owner);
      if (kernel === undefined || source === undefined) continue;
      for (const { symbol } of kabi.changedFor(source, kernel))
        count({ kind: 'symbol', subject: symbol, kernel }, index, [owner]);
    }
    const lock = wayTo(tree, ({ kind }) => kind === 'locked')?.at(-1);
    if (lock !== undefined) count({ kind: 'lock', subject: lock.text, kernel: null }, index, packagesOf(lock));
    if (conflicts.length > 0 || lock !== undefined) return;
    const gap = wayTo(tree, ({ kind }) => kind === 'nothingProvides')?.at(-1);
    if (gap === undefined) count({ kind: 'clash', subject: cause, kernel: null }, index, packagesOf(tree));
    else
      for (const dependency of gapsOf(gap))
        count({ kind: 'gap', subject: dependency, kernel: null }, index, packagesOf(gap));
  });
  return [...tallies.values()].map(({ cause, problems, packages }) => ({
    ...cause,
    problems: problems.size,
    packages: packages.size,
    direct: 0,
    through: 0,
    scenarios: [],
  }));
}

/** A request for what is not there names it only in its sentence. */
function gapsOf({ dependencies, text }: Reason): readonly string[] {
  return dependencies.length > 0 ? dependencies : [text];
}

function packagesOf({ package: of, by }: Reason): string[] {
  return [of, by].filter((nevra) => nevra !== null);
}
