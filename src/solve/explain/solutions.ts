import type { Job, Problem, SolvableId } from '@opensuse/libsolv-wasm';
import type { SolutionEffect } from '#run-document';
import { solverFlags } from '../libzypp.js';
import { transactionSteps } from '../steps.js';
import type { Solving } from './world.js';

/** Ways out of one problem that are tried; libsolv offers hundreds where many packages stand in the way. */
const triedMax = 8;
/** With more problems than these their solutions are not tried: each would take a solve for every other problem. */
const problemsMax = 12;
/** Steps that an effect lists; it counts all. */
const listedMax = 20;

/** One way out: libsolv's words for it, and what came of taking it. */
export interface TriedSolution {
  readonly elements: readonly string[];
  readonly effect: SolutionEffect;
  /** The system it would leave; null where that is not known. */
  readonly result: readonly SolvableId[] | null;
}

/**
 * Takes each way out of each problem in a second solve. Where other problems remain, the first way out of each is taken too and named,
 * because libsolv has no transaction before all are gone.
 */
export function trySolutions(solving: Solving, problems: readonly Problem[]): TriedSolution[][] {
  return problems.map(({ solutions }, index) =>
    solutions.map(({ elements }, number) => ({
      elements: elements.map(({ text }) => text),
      ...tryOne(solving, { problems: problems.length, index, number }),
    })),
  );
}

function tryOne(
  solving: Solving,
  at: { readonly problems: number; readonly index: number; readonly number: number },
): Attempt {
  if (at.problems > problemsMax) return notTried(`more than ${problemsMax} problems have to be solved together`);
  if (at.number >= triedMax) return notTried(`only the first ${triedMax} are tried`);
  return attempt(solving, solving.solver.applySolution(at.index, at.number), at.problems);
}

type Attempt = Omit<TriedSolution, 'elements'>;

function attempt({ machine, request }: Solving, first: readonly Job[], problems: number): Attempt {
  const { pool } = machine;
  const solver = pool.createSolver();
  try {
    for (const [flag, value] of solverFlags(request, machine.input.zyppConf ?? {})) solver.setFlag(flag, value);
    const together: string[] = [];
    let jobs = first;
    for (let left = problems; solver.run(jobs) > 0; left -= 1) {
      const others = solver.problems();
      const [solution] = others[0]?.solutions ?? [];
      if (left <= 0 || solution === undefined) return notTried(`${others.length} problems remain`);
      together.push(solution.elements.map(({ text }) => text).join('; '));
      jobs = solver.applySolution(0, 0);
    }
    const transaction = solver.transaction();
    const steps = transactionSteps(pool, transaction);
    return {
      effect: {
        status: 'solved',
        together,
        steps: steps.slice(0, listedMax),
        stepsTotal: steps.length,
        devices: null,
      },
      result: transaction.installedResult(),
    };
  } finally {
    solver.dispose();
  }
}

function notTried(why: string): Attempt {
  return { effect: { status: 'notTried', why }, result: null };
}
