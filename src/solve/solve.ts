import type { Job, Libsolv, SolvableId, Solver } from '@opensuse/libsolv-wasm';
import type { Counters, NoAnswer, Outcome, Why } from '#run-document';
import { type Bound, defaultBound, within } from './bound.js';
import { type PhaseClock, untimed } from './clock.js';
import { tellWhy } from './explain/why.js';
import { jobsOf, unknownNames } from './jobs.js';
import { solverFlags } from './libzypp.js';
import { type Machine, type MachineInput, seenBy, setUp } from './machine.js';
import { solvedOutcome, unsolvableOutcome } from './outcome.js';
import { isPatch } from './patches.js';
import { purgeJobs } from './purge-kernels.js';
import type { Request } from './request.js';
import { understood } from './understood.js';

/** A package of the resulting system: which repository it came from, `@System` if it was there before. */
export interface InstalledPackage {
  readonly nevra: string;
  readonly repository: string;
}

export interface Solved {
  readonly outcome: Outcome;
  readonly counters: Counters;
  /** The whole system afterwards, in the order of libsolv's ids: unchanged when there was no solution. Null when there was no answer: unchanged too. */
  readonly result: readonly InstalledPackage[] | null;
  /** The whole system as each solution of each problem would leave it; null for one that was not tried. */
  readonly solutionResults: readonly (readonly (readonly InstalledPackage[] | null)[])[];
  /** Names of what nobody asked for, now or before: what libzypp writes to /var/lib/zypp/AutoInstalled. Sorted. */
  readonly autoInstalled: readonly string[];
  /** Names of the request that nothing in sight has: with them it says nothing of the packages that are there. */
  readonly unknownNames: readonly string[];
}

/**
 * One request on one machine, from .solv files to the outcome, on a fresh instance if `libsolv` is one (then
 * `heapBytesMax` is exact). Phases: loadSolv, whatprovides, solve, order. After a request without answer the instance is dead.
 */
export function solve(
  libsolv: Libsolv,
  input: MachineInput,
  request: Request,
  clock: PhaseClock = untimed,
  bound: Bound = defaultBound,
): Solved {
  const answered = within(bound, clock, (watched) => {
    const machine = setUp(libsolv, seenBy(request, input), watched);
    try {
      return solveOn(libsolv, machine, request, watched);
    } finally {
      machine.pool.dispose();
    }
  });
  return 'result' in answered ? answered.result : unanswered(input, answered.noAnswer);
}

/** What a request comes to that was ended. */
export function unanswered({ autoInstalled = [] }: Pick<MachineInput, 'autoInstalled'>, outcome: NoAnswer): Solved {
  const nothing = { solvables: 0, installed: 0, jobs: 0, rules: {}, rulesTotal: 0, learnt: 0, decisions: 0 };
  const none = { problems: 0, solves: 1, steps: 0, downloadBytes: 0, installedBytesChange: 0, heapBytesMax: 0 };
  return {
    outcome,
    counters: { ...nothing, ...none, work: null },
    result: null,
    solutionResults: [],
    unknownNames: [],
    autoInstalled: [...autoInstalled],
  };
}

/**
 * The timed phases of `solve` and nothing else: a measuring caller knows the outcome, and telling it takes longer than finding it.
 * What it leaves goes with the instance.
 */
export function runPhases(libsolv: Libsolv, input: MachineInput, request: Request, clock: PhaseClock): void {
  const { solver, problems } = timedAnswer(setUp(libsolv, seenBy(request, input), clock), request, clock);
  if (problems > 0) return;
  const transaction = solver.transaction();
  clock('order', () => transaction.order());
}

function timedAnswer(machine: Machine, request: Request, clock: PhaseClock): Answered {
  const queue = understood(() => jobsOf(machine, request));
  return clock('solve', () => understood(() => answer(machine, request, queue)));
}

/** One request on a machine whose pool is set up. Phases: solve, order. */
export function solveOn(libsolv: Libsolv, machine: Machine, request: Request, clock: PhaseClock): Solved {
  const { solver, jobs, problems, solves } = timedAnswer(machine, request, clock);
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
    solves,
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
      autoInstalled: [...(machine.input.autoInstalled ?? [])],
      unknownNames: unknownNames(machine, request),
    };
  }
  const transaction = solver.transaction();
  clock('order', () => transaction.order());
  const memoryUsed = memory(libsolv);
  const outcome = solvedOutcome(machine, request, solver, transaction);
  const steps = outcome.status === 'solved' ? outcome.steps : [];
  const counters = {
    ...base,
    steps: steps.length,
    downloadBytes: steps.reduce((sum, step) => sum + step.downloadBytes, 0),
    installedBytesChange: transaction.installSizeChange(),
    ...memoryUsed,
  };
  const resulting = transaction.installedResult();
  return {
    outcome,
    counters,
    result: installedPackages(machine, resulting),
    solutionResults: [],
    autoInstalled: autoInstalled(machine, solver, resulting),
    unknownNames: unknownNames(machine, request),
  };
}

interface Answered {
  readonly solver: Solver;
  readonly jobs: readonly Job[];
  readonly problems: number;
  readonly solves: number;
}

/** The jobs that the request comes to, solved with libzypp's flags. */
function answer(machine: Machine, request: Request, queue: readonly Job[]): Answered {
  const solveWith = (more: readonly Job[]): { readonly solver: Solver; readonly problems: number } => {
    const solver = machine.pool.createSolver();
    for (const [flag, value] of solverFlags(request, machine.input.zyppConf ?? {})) solver.setFlag(flag, value);
    return { solver, problems: solver.run([...queue, ...more]) };
  };
  const purge = request.verb === 'purge-kernels' ? purgeJobs(machine, request, solveWith) : { jobs: [], solves: 0 };
  return { ...solveWith(purge.jobs), jobs: [...queue, ...purge.jobs], solves: purge.solves + 1 };
}

export interface SolvedWhy {
  readonly solved: boolean;
  readonly why: Why;
}

/** The request's outcome, and why what `name` means is there in the end or is not. */
export function solveAndTellWhy(
  libsolv: Libsolv,
  input: MachineInput,
  request: Request,
  name: string,
  bound: Bound = defaultBound,
): SolvedWhy | NoAnswer {
  return answerOrNone(bound, (clock) => {
    const machine = setUp(libsolv, seenBy(request, input), clock);
    const { solver, jobs, problems } = timedAnswer(machine, request, clock);
    const solved = problems === 0;
    const result = new Set(solved ? solver.transaction().installedResult() : machine.installed);
    const why = understood(() => tellWhy({ machine, solver, jobs, request }, { solved, result }, name));
    return { solved, why };
  });
}

/**
 * The same solve as a libsolv testcase, which native `testsolv` and `kmplab testcase` replay: files by name, the result that came out
 * here among them.
 */
export function exportTestcase(
  libsolv: Libsolv,
  input: MachineInput,
  request: Request,
  bound: Bound = defaultBound,
): ReadonlyMap<string, Uint8Array> | NoAnswer {
  return answerOrNone(bound, (clock) => {
    const machine = setUp(libsolv, seenBy(request, input), clock);
    const { solver } = timedAnswer(machine, request, clock);
    return solver.writeTestcase(['transaction', 'problems', 'order']);
  });
}

/** For what is asked once: the instance goes with its pool. */
function answerOrNone<Result>(bound: Bound, work: (clock: PhaseClock) => Result): Result | NoAnswer {
  const answered = within(bound, untimed, work);
  return 'result' in answered ? answered.result : answered.noAnswer;
}

/** libzypp's SATResolver::autoInstalled: every resulting name that libsolv does not trace to a request. */
function autoInstalled({ pool }: Machine, solver: Solver, resulting: readonly SolvableId[]): string[] {
  const byUser = new Set(pool.packages(solver.userinstalled()).map(({ name }) => name));
  const packages = pool.packages(resulting).filter((pkg) => !isPatch(pkg));
  const names = new Set(packages.map(({ name }) => name));
  return [...names].filter((name) => !byUser.has(name)).sort();
}

/** The work of a request is counted by phases, and by another instance: see `workClock`. */
function memory(libsolv: Libsolv): Pick<Counters, 'heapBytesMax' | 'work'> {
  const { heapBytesMax } = libsolv.counters();
  return { heapBytesMax, work: null };
}

function installedPackages({ pool }: Machine, ids: readonly SolvableId[]): InstalledPackage[] {
  return pool
    .packages(ids)
    .filter((pkg) => !isPatch(pkg))
    .map(({ nevra, repo }) => ({ nevra, repository: repo.name }));
}
