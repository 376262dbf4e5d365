import type { Counters, Evidence } from '#run-document';
import {
  asksOfNobody,
  type JudgedStep,
  type Judgement,
  keptUnless,
  notApplicable,
  notJudged,
  refused,
} from './result.js';

/**
 * What solving and ordering one request may take: executed code edges of libsolv, about a second on a machine of today, and the memory of
 * its module. `zypper up` of all 4,023 kernel modules of a kernel, each in its own RPM, is within it.
 */
export const solverBudget = { work: 500_000_000, heapBytes: 1_000_000_000 } as const;

/** The same request again does nothing. */
export function againNothing(step: JudgedStep): Judgement {
  const done = refused(step);
  if (done !== null) return done;
  const { again } = step.facts;
  if (again === null) return notJudged('notTriedAgain');
  if (again.status === 'noAnswer') return notJudged('noAnswer');
  if (again.status === 'unsolvable') return keptUnless([{ kind: 'unsolvable' }]);
  return keptUnless(again.steps === 0 ? [] : [{ kind: 'again', steps: again.steps }]);
}

/** Solver and ordering stay within a budget, whatever the answer is. */
export function withinBudget(step: JudgedStep): Judgement {
  const nobodys = asksOfNobody(step);
  if (nobodys !== null) return nobodys;
  const { outcome } = step;
  if (outcome.status === 'noAnswer') return keptUnless([{ kind: 'noAnswer', within: outcome.within }]);
  const { work, heapBytesMax } = step.counters;
  if (work === null) return notJudged('workNotCounted');
  const edges = solverEdges(work);
  const { work: edgesMax, heapBytes } = solverBudget;
  return keptUnless([
    ...(edges > edgesMax ? [{ kind: 'budget', of: 'work', found: edges, budget: edgesMax } satisfies Evidence] : []),
    ...(heapBytesMax > heapBytes
      ? [{ kind: 'budget', of: 'heapBytes', found: heapBytesMax, budget: heapBytes } satisfies Evidence]
      : []),
  ]);
}

/** Not more to download than with a monolithic kernel, from the installation on, packages and metadata together. */
export function noMoreDownload(step: JudgedStep): Judgement {
  const { facts } = step;
  if (facts.isMonolithic) return notApplicable('monolithic');
  const done = refused(step);
  if (done !== null) return done;
  if (facts.monolithic === null) return notApplicable('notCompared');
  const { bytes, monolithicBytes } = facts.monolithic;
  return keptUnless(bytes > monolithicBytes ? [{ kind: 'download', bytes, monolithicBytes }] : []);
}

function solverEdges(work: NonNullable<Counters['work']>): number {
  return (work.solve ?? 0) + (work.order ?? 0);
}
