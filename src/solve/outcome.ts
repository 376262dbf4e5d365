import type { SolvableId, Solver, Transaction } from '@opensuse/libsolv-wasm';
import type { Outcome } from '#run-document';
import { tellProblems } from './explain/problem.js';
import { trySolutions } from './explain/solutions.js';
import type { Solving } from './explain/world.js';
import { unknownArguments } from './jobs.js';
import type { Machine } from './machine.js';
import type { Request } from './request.js';
import { transactionSteps } from './steps.js';

export function solvedOutcome(machine: Machine, request: Request, solver: Solver, transaction: Transaction): Outcome {
  const { pool } = machine;
  return {
    status: 'solved',
    steps: transactionSteps(pool, transaction),
    recommendedNotInstalled: pool.packages(solver.recommended()).map(({ nevra }) => nevra),
    orphaned: pool.packages(solver.orphaned()).map(({ nevra }) => nevra),
    unknown: unknownArguments(machine, request),
  };
}

/** The problems explained, and for each of their solutions the packages it would leave (null: not tried). */
export function unsolvableOutcome(solving: Solving): {
  readonly outcome: Outcome;
  readonly solutionResults: readonly (readonly (readonly SolvableId[] | null)[])[];
} {
  const { problems: asked, told, causes } = tellProblems(solving);
  const tried = trySolutions(solving, asked);
  const problems = told.map((problem, index) => ({
    ...problem,
    solutions: (tried[index] ?? []).map(({ elements, effect }) => ({ elements: [...elements], effect })),
  }));
  return {
    outcome: { status: 'unsolvable', problems, causes },
    solutionResults: tried.map((solutions) => solutions.map(({ result }) => result)),
  };
}
