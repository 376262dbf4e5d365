import type { Libsolv } from '@opensuse/libsolv-wasm';
import { invariant } from '#errors';
import type { Phase } from '#run-document';

/** Runs the work of one phase. A measuring caller keeps the time, every other just runs it. */
export type PhaseClock = <Result>(phase: Phase, work: () => Result) => Result;

export const untimed: PhaseClock = (_phase, work) => work();

export type Work = Partial<Record<Phase, number>>;

/**
 * Counts the code edges that an instance of the counting build executes in each phase: the same on every machine, where a time is not.
 * A phase that runs several times is added up.
 */
export function workClock(libsolv: Libsolv): { readonly clock: PhaseClock; readonly work: Work } {
  const edges = (): number => {
    const { work } = libsolv.counters();
    invariant(work !== null, 'work is counted by the counting build of the module only');
    return work;
  };
  const work: Work = {};
  const clock: PhaseClock = (phase, run) => {
    const before = edges();
    const result = run();
    work[phase] = (work[phase] ?? 0) + edges() - before;
    return result;
  };
  return { clock, work };
}
