import { AsyncLocalStorage } from 'node:async_hooks';
import { isDeepStrictEqual } from 'node:util';
import { invariant } from '#errors';
import { samplePhases } from '#measure';
import type { PhaseSamples } from '#run-document';
import {
  type Bound,
  type Libsolv,
  type LibsolvModules,
  type LibsolvOptions,
  loadLibsolv,
  type MachineInput,
  type Request,
  runPhases,
  type Solved,
  solve,
  untimed,
  workClock,
} from '#solve';
import { currentBound } from './bound.js';

const chosen = new AsyncLocalStorage<LibsolvModules>();

/**
 * Does work in which every instance is of these modules; null: of the lab's own. Work begun in there stays so while other work in this
 * process has other modules; threads are told by their workshop's options.
 */
export function withLibsolv<Result>(modules: LibsolvModules | null, work: () => Result): Result {
  return modules === null ? work() : chosen.run(modules, work);
}

/** An instance of the libsolv that was chosen for this work. */
export function freshInstance(options: Omit<LibsolvOptions, 'modules'> = {}): Promise<Libsolv> {
  return loadLibsolv({ ...options, modules: chosen.getStore() });
}

/** Work on a fresh libsolv instance: nothing left over from before, and an exact high-water mark of its heap. */
export async function inFreshInstance<Result>(
  work: (libsolv: Libsolv) => Result,
  build: keyof LibsolvModules = 'release',
): Promise<Result> {
  return inInstance(await freshInstance({ build }), work);
}

/** The same for a request, which gets what it may take. */
export async function inBoundedInstance<Result>(
  work: (libsolv: Libsolv, bound: Bound) => Result,
  build: keyof LibsolvModules = 'release',
): Promise<Result> {
  const bound = currentBound();
  const { memoryMaxBytes } = bound;
  return inInstance(await freshInstance({ build, memoryMaxBytes }), (libsolv) => work(libsolv, bound));
}

function inInstance<Result>(libsolv: Libsolv, work: (libsolv: Libsolv) => Result): Result {
  try {
    return work(libsolv);
  } finally {
    libsolv.dispose();
  }
}

/** What a request comes to within the bound of this work, by the release build. */
export function solveInBound(input: MachineInput, request: Request): Promise<Solved> {
  return inBoundedInstance((libsolv, bound) => solve(libsolv, input, request, untimed, bound));
}

/**
 * What a request comes to, with all its exact counts: solved by the release build, whose heap and times are reported, and once more by
 * the counting build, which must come to the same and adds the work of each phase.
 */
export async function solveExactly(input: MachineInput, request: Request): Promise<Solved> {
  const solved = await solveInBound(input, request);
  if (solved.outcome.status === 'noAnswer') return solved;
  return inBoundedInstance((libsolv, bound) => {
    const { clock, work } = workClock(libsolv);
    const counted = solve(libsolv, input, request, clock, bound);
    // It is slower by an eighth, and its bound is the same.
    if (counted.outcome.status === 'noAnswer') return counted;
    const same = isDeepStrictEqual(counted.outcome, solved.outcome);
    invariant(same, 'the counting build answers as the release build does');
    return { ...solved, counters: { ...solved.counters, work } };
  }, 'counting');
}

/**
 * Samples of the phases of a solve, each from a fresh instance and pool that are made outside the clock. No warm-up: the same input was
 * solved before, for its result, and V8's lazy compilation is off.
 */
export async function sampleSolve(
  name: string,
  input: MachineInput,
  request: Request,
  iterations: number,
): Promise<PhaseSamples[]> {
  if (iterations === 0) return [];
  let libsolv: Libsolv | null = null;
  try {
    return await samplePhases(name, (record) => libsolv !== null && runPhases(libsolv, input, request, record), {
      iterations,
      warmup: 0,
      beforeEach: async () => {
        libsolv?.dispose();
        libsolv = await freshInstance({ newMemory: true });
      },
    });
  } finally {
    // Assigned in a callback, which the compiler's flow analysis does not see.
    (libsolv as Libsolv | null)?.dispose();
  }
}
