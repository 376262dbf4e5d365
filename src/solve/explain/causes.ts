import type { SolvableId } from '@opensuse/libsolv-wasm';
import { type Cause, causeKey, type Problem, type RootCause } from '#run-document';
import type { KabiIndex } from './kabi.js';
import { type Branch, placesOf } from './reasons.js';

/** A problem as it is told, the whole of its reasons, and the packages in it that are tied to a kABI. */
interface Explained {
  readonly problem: Pick<Problem, 'kabi' | 'cause'>;
  readonly tree: Branch;
  readonly sources: readonly SolvableId[];
}

/** What a cause is known by, and the problems and packages it is behind. */
interface Tally {
  readonly cause: Cause;
  readonly problems: Set<number>;
  readonly packages: Set<string>;
}

/**
 * What many problems come down to: each symbol that the kernel of a conflict has otherwise, with the packages that want it; for other
 * problems the gap, the lock or the clash.
 */
export function causesOf(explained: readonly Explained[], kabi: KabiIndex): RootCause[] {
  const tallies = new Map<string, Tally>();
  explained.forEach((one, index) => {
    for (const { cause, packages } of [...symbolsOf(one, kabi), ...othersOf(one)]) {
      const key = causeKey(cause);
      const tally = tallies.get(key) ?? { cause, problems: new Set(), packages: new Set() };
      tallies.set(key, tally);
      tally.problems.add(index);
      for (const nevra of packages) tally.packages.add(nevra);
    }
  });
  return [...tallies.values()].map(({ cause, problems, packages }) => ({
    cause,
    problems: problems.size,
    packages: packages.size,
    direct: 0,
    through: 0,
    scenarios: [],
  }));
}

interface Fault {
  readonly cause: Cause;
  readonly packages: readonly string[];
}

function symbolsOf({ problem, sources }: Explained, kabi: KabiIndex): Fault[] {
  return problem.kabi.flatMap(({ package: owner, notFor }) => {
    const kernel = notFor[0]?.kernel;
    const source = sources.find((id) => kabi.nevraOf(id) === owner);
    if (kernel === undefined || source === undefined) return [];
    return kabi
      .changedFor(source, kernel)
      .map(({ symbol }) => ({ cause: { kind: 'symbol', symbol, kernel } as const, packages: [owner] }));
  });
}

/** The lock; and where neither a lock nor a kABI says enough, the gap or the clash. */
function othersOf({ problem, tree }: Explained): Fault[] {
  const branches = placesOf(tree).map(({ branch }) => branch);
  const faults: Fault[] = [];
  for (const branch of branches) {
    const { statement } = branch;
    if (statement.kind !== 'locked') continue;
    const { holds, what } = statement;
    faults.push({ cause: { kind: 'lock', holds, what }, packages: packagesOf(branch) });
    break;
  }
  if (problem.kabi.length > 0 || faults.length > 0) return faults;
  for (const branch of branches) {
    const { statement } = branch;
    if (statement.kind !== 'nothingProvides') continue;
    const packages = packagesOf(branch);
    return statement.dependencies.map((dependency) => ({ cause: { kind: 'gap', dependency }, packages }));
  }
  return [{ cause: { kind: 'clash', statement: problem.cause }, packages: packagesOf(tree) }];
}

/** The packages that a statement is at fault for: the one it decides, and the one that brings the dependency. */
function packagesOf({ statement, decides }: Branch): string[] {
  const by = 'by' in statement ? statement.by : null;
  return [decides?.package ?? null, by].filter((nevra) => nevra !== null);
}
