import type { Job, Libsolv, SolvableId, Solver } from '@opensuse/libsolv-wasm';
import type { Counters, Outcome } from '#run-document';
import { type PhaseClock, untimed } from './clock.js';
import { jobsOf } from './jobs.js';
import { solverFlags } from './libzypp.js';
import { type Machine, type MachineInput, setUp } from './machine.js';
import { solvedOutcome, unsolvableOutcome } from './outcome.js';
import type { Request } from './request.js';

/** A package of the resulting system: which repository it came from, `@System` if it was there before. */
export interface InstalledPackage {
  readonly nevra: string;
  readonly repository: string;
}

export interface Solved {
  readonly outcome: Outcome;
  readonly counters: Counters;
  /** The whole system afterwards; unchanged when there was no solution. In the order of libsolv's ids. */
  readonly result: readonly InstalledPackage[];
  /** The whole system as each solution of each problem would leave it; null for one that was not tried. */
  readonly solutionResults: readonly (readonly (readonly InstalledPackage[] | null)[])[];
}

/**
 * One request on one machine, from .solv files to the outcome, on an instance of its own if `libsolv` is fresh (then
 * `heapBytesMax` is exact). Phases: loadSolv, whatprovides, solve, order.
 */
export function solve(libsolv: Libsolv, input: MachineInput, request: Request, clock: PhaseClock = untimed): Solved {
  const machine = setUp(libsolv, input, clock);
  try {
    return solveOn(libsolv, machine, request, clock);
  } finally {
    machine.pool.dispose();
  }
}

function solveOn(libsolv: Libsolv, machine: Machine, request: Request, clock: PhaseClock): Solved {
  const { pool } = machine;
  const { solver, jobs } = ask(machine, request);
  const problems = clock('solve', () => solver.run(jobs));
  const { rules, learnt, decisions } = solver.statistics();
  const { total: rulesTotal, ...rulesByClass } = rules;
  const base = {
    solvables: machine.solvables,
    installed: machine.installed.length,
    jobs: jobs.length,
    rules: rulesByClass,
    rulesTotal,
    learnt,
    decisions,
    problems,
  };
  if (problems > 0) {
    const none = { steps: 0, downloadBytes: 0, installedBytesChange: 0 };
    // Before the explanation, which solves again and would count.
    const counters = { ...base, ...none, ...memory(libsolv) };
    const { outcome, solutionResults } = unsolvableOutcome({ machine, solver, jobs, request });
    return {
      outcome,
      counters,
      result: installedPackages(machine, machine.installed),
      solutionResults: solutionResults.map((solutions) =>
        solutions.map((ids) => (ids === null ? null : installedPackages(machine, ids))),
      ),
    };
  }
  const transaction = solver.transaction();
  clock('order', () => transaction.order());
  const memoryUsed = memory(libsolv);
  const outcome = solvedOutcome(pool, solver, transaction);
  const steps = outcome.status === 'solved' ? outcome.steps : [];
  const counters = {
    ...base,
    steps: steps.length,
    downloadBytes: steps.reduce((sum, step) => sum + step.downloadBytes, 0),
    installedBytesChange: transaction.installSizeChange(),
    ...memoryUsed,
  };
  return {
    outcome,
    counters,
    result: installedPackages(machine, transaction.installedResult()),
    solutionResults: [],
  };
}

/** A solver with libzypp's flags, and the jobs that the request comes to. */
function ask(
  { pool, priorityOf }: Machine,
  request: Request,
): { readonly solver: Solver; readonly jobs: readonly Job[] } {
  const solver = pool.createSolver();
  for (const [flag, value] of solverFlags(request)) solver.setFlag(flag, value);
  return { solver, jobs: jobsOf(pool, request, priorityOf) };
}

/**
 * The same solve as a libsolv testcase, which native `testsolv` and `kmplab testcase` replay: files by name, the result that came out
 * here among them.
 */
export function exportTestcase(
  libsolv: Libsolv,
  input: MachineInput,
  request: Request,
): ReadonlyMap<string, Uint8Array> {
  const machine = setUp(libsolv, input);
  try {
    const { solver, jobs } = ask(machine, request);
    solver.run(jobs);
    return solver.writeTestcase(['transaction', 'problems', 'order']);
  } finally {
    machine.pool.dispose();
  }
}

/** The work of a request is counted by phases, and by another instance: see `workClock`. */
function memory(libsolv: Libsolv): Pick<Counters, 'heapBytesMax' | 'work'> {
  const { heapBytesMax } = libsolv.counters();
  return { heapBytesMax, work: null };
}

function installedPackages({ pool }: Machine, ids: readonly SolvableId[]): InstalledPackage[] {
  return pool.packages(ids).map(({ nevra, repo }) => ({ nevra, repository: repo.name }));
}
