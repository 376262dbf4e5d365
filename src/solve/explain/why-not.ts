import type { Job, PackageInfo, SolvableId } from '@opensuse/libsolv-wasm';
import { compareEvr, parseEvr } from '#rpm';
import type { Preference, WhyPackage } from '#run-document';
import { solverFlags } from '../libzypp.js';
import { transactionSteps } from '../steps.js';
import { unneeded } from './needs.js';
import { tellProblems } from './problem.js';
import { type Branch, finding } from './reasons.js';
import { weakReasons } from './weak-reasons.js';
import type { Inquiry, Solving } from './world.js';

/** Steps that an answer lists, and packages that a statement names. */
const listedMax = 20;
const namedMax = 3;

type Answer = Pick<WhyPackage, 'obstacles' | 'would'> & { readonly trees: readonly Branch[] };

/**
 * Why a package in reach is not there in the end. Whether it could be is asked of libsolv itself, in a second solve with the package on top
 * of the request: if that has no solution, its problems are the answer. If it has one, nothing forced the package out, and the answer is
 * what would have brought it and did not: a preferred version, dependencies that nobody has, hardware that is not here.
 */
export function whyNot(
  id: SolvableId,
  inquiry: Inquiry,
): Pick<WhyPackage, 'obstacles' | 'would'> & { readonly tree: Branch } {
  const { trees, obstacles, would } = suppose(id, inquiry);
  const because = [
    ...trees,
    ...rivalsOf(id, inquiry),
    ...weakReasons(id, inquiry),
    ...unneeded(id, inquiry),
    ...possible(id, would, inquiry),
  ];
  const tree = finding({ kind: 'absent', package: inquiry.world.nevraOf(id) }, because);
  return { tree, obstacles, would };
}

/** The request with one package more. */
function suppose(id: SolvableId, { solving, world }: Inquiry): Answer {
  const { machine, request } = solving;
  const solver = machine.pool.createSolver();
  try {
    for (const [flag, value] of solverFlags(request, machine.input.zyppConf ?? {})) solver.setFlag(flag, value);
    const jobs: Job[] = [...solving.jobs, { action: 'install', select: { kind: 'solvable', id } }];
    const again: Solving = { ...solving, solver, jobs, supposed: id };
    if (solver.run(jobs) > 0) {
      const { told, trees } = tellProblems(again);
      return { trees, obstacles: [...told], would: null };
    }
    const steps = transactionSteps(world.pool, solver.transaction());
    const before = new Set(stepsWithout(solving).map(({ nevra }) => nevra));
    const more = steps.filter(({ nevra }) => !before.has(nevra));
    return { trees: [], obstacles: [], would: { steps: more.slice(0, listedMax), stepsTotal: more.length } };
  } finally {
    solver.dispose();
  }
}

function stepsWithout({ machine, solver }: Solving): ReturnType<typeof transactionSteps> {
  return transactionSteps(machine.pool, solver.transaction());
}

function possible(id: SolvableId, would: WhyPackage['would'], { world }: Inquiry): Branch[] {
  if (would === null) return [];
  const nevra = world.nevraOf(id);
  const others = would.steps.filter((step) => step.nevra !== nevra).map((step) => step.nevra);
  const stepsTotal = Math.max(0, would.stepsTotal - 1);
  return [finding({ kind: 'possible', package: nevra, steps: others.slice(0, namedMax), stepsTotal })];
}

/**
 * Other versions of the same name that are there instead, and by what they were preferred: libzypp's and libsolv's order is the
 * repository's priority, then the version (PoolItemBest; policy.c: prune_to_highest_prio, prune_to_best_version); an installed package
 * stays where the new one is another vendor's.
 */
function rivalsOf(id: SolvableId, { solving, ending, world }: Inquiry): Branch[] {
  const pkg = world.package(id);
  if (pkg === null) return [];
  const parallel = solving.jobs.some(
    ({ action, select }) => action === 'multiversion' && select.kind === 'solvable' && select.id === id,
  );
  const anyVendor = solving.solver.getFlag('allowVendorchange');
  const { priorityOf } = solving.machine;
  return world
    .named(pkg.name)
    .filter((other) => other.id !== id && other.nevra !== pkg.nevra && ending.result.has(other.id))
    .map((rival) => {
      const preference = preferenceOf(rival, pkg, { parallel, anyVendor, priorityOf });
      const { nevra: by, installed: byInstalled } = rival;
      return finding({ kind: 'outranked', package: pkg.nevra, by, byInstalled, preference });
    });
}

interface Policy {
  readonly parallel: boolean;
  readonly anyVendor: boolean;
  readonly priorityOf: (pkg: PackageInfo) => number;
}

function preferenceOf(rival: PackageInfo, pkg: PackageInfo, { parallel, anyVendor, priorityOf }: Policy): Preference {
  const [priority, overPriority] = [priorityOf(rival), priorityOf(pkg)];
  if (!rival.installed && priority < overPriority) {
    const { name: repository } = rival.repo;
    return { kind: 'priority', repository, priority, overRepository: pkg.repo.name, overPriority };
  }
  if (compareEvr(parseEvr(pkg.evr), parseEvr(rival.evr)) < 0) return { kind: 'version' };
  if (!rival.installed) return { kind: 'unknown' };
  if (!anyVendor && rival.vendor !== pkg.vendor) {
    return { kind: 'vendor', vendor: rival.vendor, overVendor: pkg.vendor };
  }
  return { kind: parallel ? 'parallel' : 'notUpdated' };
}
