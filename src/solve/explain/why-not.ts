import type { Job, SolvableId } from '@opensuse/libsolv-wasm';
import type { Reason, WhyPackage } from '#run-document';
import { counted } from '#tell';
import { solverFlags } from '../libzypp.js';
import { transactionSteps } from '../steps.js';
import { type Inquiry, statement } from './inquiry.js';
import { needsOf } from './needs.js';
import { tellProblems } from './problem.js';
import { rivalsOf } from './rivals.js';
import { weakReasons } from './weak-reasons.js';
import { listText } from './words.js';
import type { Solving } from './world.js';

/** Steps that an answer lists, and packages that a sentence names. */
const listedMax = 20;
const namedMax = 3;

type Answer = Pick<WhyPackage, 'tree' | 'obstacles' | 'would'>;

/**
 * Why a package in reach is not there in the end. Whether it could be is asked of libsolv itself, in a second solve with the package on top
 * of the request: if that has no solution, its problems are the answer. If it has one, nothing forced the package out, and the answer is
 * what would have brought it and did not: a preferred version, dependencies that nobody has, hardware that is not here.
 */
export function whyNot(id: SolvableId, inquiry: Inquiry): Answer {
  const supposed = suppose(id, inquiry);
  const because = [
    ...(supposed.obstacles[0] === undefined ? [] : supposed.obstacles.map(({ tree }) => tree)),
    ...rivalsOf(id, inquiry),
    ...weakReasons(id, inquiry),
    ...unneeded(id, inquiry),
    ...possible(id, supposed, inquiry),
  ];
  const nevra = inquiry.world.nevra(id) ?? '';
  const tree: Reason = { ...statement('absent', nevra, `${nevra} is in reach and not installed`), because };
  return { tree, ...supposed };
}

/** The request with one package more. */
function suppose(id: SolvableId, { solving, world }: Inquiry): Pick<Answer, 'obstacles' | 'would'> {
  const { machine, request } = solving;
  const solver = machine.pool.createSolver();
  try {
    for (const [flag, value] of solverFlags(request, machine.input.zyppConf ?? {})) solver.setFlag(flag, value);
    const jobs: Job[] = [...solving.jobs, { action: 'install', select: { kind: 'solvable', id } }];
    const again: Solving = { ...solving, solver, jobs, supposed: id };
    if (solver.run(jobs) > 0) return { obstacles: [...tellProblems(again).told], would: null };
    const steps = transactionSteps(world.pool, solver.transaction());
    const before = new Set(stepsWithout(solving).map(({ nevra }) => nevra));
    const more = steps.filter(({ nevra }) => !before.has(nevra));
    return { obstacles: [], would: { steps: more.slice(0, listedMax), stepsTotal: more.length } };
  } finally {
    solver.dispose();
  }
}

function stepsWithout({ machine, solver }: Solving): ReturnType<typeof transactionSteps> {
  return transactionSteps(machine.pool, solver.transaction());
}

/** Who would need the package, and that none of them is there. */
function unneeded(id: SolvableId, { ending, world }: Inquiry): Reason[] {
  const nevra = world.nevra(id) ?? '';
  const needs = needsOf(id, 'requires', world);
  const there = needs.filter(({ by }) => ending.result.has(by));
  if (there.length > 0) {
    const { by, dependency } = there[0] ?? { by: id, dependency: '' };
    const provider = world.providers(dependency).find((other) => ending.result.has(other));
    const text = `${world.nevra(by)} requires ${dependency}, which ${world.nevra(provider ?? null) ?? 'another package'} provides already`;
    return [
      { ...statement('unneeded', nevra, text), by: world.nevra(by), dependencies: [dependency], dependenciesTotal: 1 },
    ];
  }
  const names = [...new Set(needs.map(({ by }) => world.package(by)?.name ?? ''))].sort();
  const shown =
    names.length > namedMax
      ? `${names.slice(0, namedMax).join(', ')} and ${names.length - namedMax} more`
      : listText(names);
  const text =
    names.length === 0
      ? `no package requires anything that ${nevra} provides`
      : `of what requires it nothing is installed: ${shown}`;
  return [statement('unneeded', nevra, text)];
}

function possible(id: SolvableId, { would }: Pick<Answer, 'would'>, { world }: Inquiry): Reason[] {
  if (would === null) return [];
  const nevra = world.nevra(id) ?? '';
  const others = would.steps.filter((step) => step.nevra !== nevra).map(({ nevra: other }) => other);
  const number = would.stepsTotal - 1;
  const named = listText(others.slice(0, namedMax));
  const more = number > namedMax ? `${others.slice(0, namedMax).join(', ')} and ${number - namedMax} more` : named;
  const what = number <= 0 ? 'alone' : `with ${counted(number, 'other step')}: ${more}`;
  return [statement('possible', nevra, `nothing stands against it: asked for besides, it would come ${what}`)];
}
