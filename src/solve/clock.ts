import type { Phase } from '#run-document';

/** Runs the work of one phase; whoever measures keeps the time, everybody else just runs it. */
export type PhaseClock = <Result>(phase: Phase, work: () => Result) => Result;

export const untimed: PhaseClock = (_phase, work) => work();
