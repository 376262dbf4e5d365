import type { Pool, SolvableId, Step, StepType, Transaction } from '@opensuse/libsolv-wasm';
import type { TransactionStep } from '#run-document';

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

/** What a transaction does to packages, in its order. */
export function transactionSteps(pool: Pool, transaction: Transaction): TransactionStep[] {
  const steps = transaction.steps().filter((step) => step.type !== 'ignore');
  const info = new Map(
    pool.packages([...new Set(steps.flatMap(({ id, replaces }) => [id, ...replaces]))]).map((pkg) => [pkg.id, pkg]),
  );
  const nevraOf = (id: SolvableId): string => info.get(id)?.nevra ?? '';
  return steps.filter(isOwnStep).map(({ id, type, replaces }) => ({
    type: stepWords[type] ?? 'other',
    nevra: nevraOf(id),
    replaces: replaces.map(nevraOf),
    downloadBytes: type === 'erase' || type === 'obsoleted' ? 0 : (info.get(id)?.downloadBytes ?? 0),
  }));
}

/** The other half of an upgrade, the package that goes, is told by the step of the one that comes. */
function isOwnStep({ type }: Step): boolean {
  return !['upgraded', 'downgraded', 'changed', 'reinstalled', 'obsoleted'].includes(type);
}
