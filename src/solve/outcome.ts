import type { Pool, SolvableId, Solver, Step, StepType, Transaction } from '@opensuse/libsolv-wasm';
import type { Outcome, TransactionStep } from '#run-document';
import { explain } from './explain.js';

/** libsolv's step types in the words that a person uses for them; what is not here is `other` and fails a test. */
const stepWords: Partial<Record<StepType, TransactionStep['type']>> = {
  install: 'install',
  multiinstall: 'multiversion',
  erase: 'erase',
  upgrade: 'upgrade',
  downgrade: 'downgrade',
  change: 'change',
  reinstall: 'reinstall',
  multireinstall: 'reinstall',
  obsoletes: 'install',
  obsoleted: 'obsoleted',
};

export function solvedOutcome(pool: Pool, solver: Solver, transaction: Transaction): Outcome {
  const steps = transaction.steps().filter((step) => step.type !== 'ignore');
  const info = new Map(
    pool.packages([...new Set(steps.flatMap(({ id, replaces }) => [id, ...replaces]))]).map((pkg) => [pkg.id, pkg]),
  );
  const nevraOf = (id: SolvableId): string => info.get(id)?.nevra ?? '';
  return {
    status: 'solved',
    steps: steps.filter(isOwnStep).map(({ id, type, replaces }) => ({
      type: stepWords[type] ?? 'other',
      nevra: nevraOf(id),
      replaces: replaces.map(nevraOf),
      downloadBytes: type === 'erase' || type === 'obsoleted' ? 0 : (info.get(id)?.downloadBytes ?? 0),
    })),
    recommendedNotInstalled: pool.packages(solver.recommended()).map(({ nevra }) => nevra),
    orphaned: pool.packages(solver.orphaned()).map(({ nevra }) => nevra),
  };
}

/** The other half of an upgrade, the package that goes, is told by the step of the one that comes. */
function isOwnStep({ type }: Step): boolean {
  return !['upgraded', 'downgraded', 'changed', 'reinstalled', 'obsoleted'].includes(type);
}

export function unsolvableOutcome(pool: Pool, solver: Solver): Outcome {
  return { status: 'unsolvable', problems: solver.problems().map((problem) => explain(pool, problem)) };
}
