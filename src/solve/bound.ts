import { isNativeError } from 'node:util/types';
import { createContext, Script } from 'node:vm';
import type { NoAnswer, Phase } from '#run-document';
import type { PhaseClock } from './clock.js';
import { memoryRanOut } from './deaths.js';

/** What one request may take. */
export interface Bound {
  /** Of telling the result too: why something has no solution is asked by solving again. */
  readonly timeoutMs: number;
  /** Of libsolv's memory. Instances get it when they are loaded. */
  readonly memoryMaxBytes: number;
}

/** Generous: nothing that the lab ships comes near it, and yet nothing hangs for ever. */
export const defaultBound: Bound = { timeoutMs: 600_000, memoryMaxBytes: 2 * 2 ** 30 };

/**
 * Does work of one request, and ends it when it takes more than it may. What is ended leaves no trace but a libsolv instance that is dead from
 * then on: not even its `finally` runs. Costs a tenth of a millisecond.
 *
 * V8 asks at every turn of a loop, WebAssembly's too, whether to go on; `vm` has a thread that says no after a time, and ends only what
 * runs in its call. A worker for each request does the same for some tens of milliseconds, and its answer must travel.
 */
export function within<Result>(
  { timeoutMs, memoryMaxBytes }: Bound,
  clock: PhaseClock,
  work: (clock: PhaseClock) => Result,
): { readonly result: Result } | { readonly noAnswer: NoAnswer } {
  let phase: Phase | null = null;
  const watched: PhaseClock = (name, run) => {
    phase = name;
    const result = clock(name, run);
    phase = null;
    return result;
  };
  try {
    return { result: endedAfter(timeoutMs, () => work(watched)) };
  } catch (cause) {
    const status = 'noAnswer';
    if (isTimeout(cause)) return { noAnswer: { status, within: { of: 'time', limitMs: timeoutMs }, phase } };
    if (!memoryRanOut(cause)) throw cause;
    return { noAnswer: { status, within: { of: 'memory', limitBytes: memoryMaxBytes }, phase } };
  }
}

/** One for each thread. The script runs in it only to be ended; what it calls is this room's own code, in its own context. */
const box: { work: (() => unknown) | null } = { work: null };
const context = createContext(box);
const script = new Script('work()');

function endedAfter<Result>(timeoutMs: number, work: () => Result): Result {
  const outer = box.work;
  const results: Result[] = [];
  box.work = () => {
    results.push(work());
  };
  try {
    script.runInContext(context, { timeout: timeoutMs });
  } finally {
    box.work = outer;
  }
  for (const result of results) return result;
  throw new Error('kmplab bug: work that was not ended has a result');
}

/** An error of the script's context, whose class is another `Error` than ours. */
function isTimeout(cause: unknown): boolean {
  return isNativeError(cause) && 'code' in cause && cause.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
