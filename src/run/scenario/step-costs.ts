import type { Payload } from '#audit';
import { type Costs, estimateCosts, type LinkedPackages, loadBuiltinCosts, simulateScripts } from '#cost';
import { nevra } from '#rpm';
import type { Audit, Outcome, RepositorySummary, StepCost } from '#run-document';
import type { SystemState } from '../machine/system-state.js';
import { scriptedTransaction } from './scripted-transaction.js';

export interface PricedStep {
  readonly before: SystemState;
  readonly after: SystemState;
  readonly outcome: Outcome;
  readonly audit: Audit;
  /** What was in reach, and so refreshed. */
  readonly repositories: readonly Pick<RepositorySummary, 'primaryGzipBytes'>[];
  readonly downloadBytes: number;
}

let builtin: Promise<Costs> | undefined;

/** What the scripts of earlier steps left linked, of each state that a step led to: links stay when what they hide comes. */
const linkedIn = new WeakMap<SystemState, LinkedPackages>();

/** What a step costs outside of the solver, by the costs document that comes along. */
export async function stepCosts(step: PricedStep): Promise<StepCost[]> {
  builtin ??= loadBuiltinCosts();
  const { before, after, repositories, downloadBytes } = step;
  const scripts = simulateScripts(scriptedTransaction(step, linkedIn.get(before) ?? null));
  linkedIn.set(after, scripts.linked);
  return estimateCosts(await builtin, {
    installedBefore: before.length,
    packagesComing: without(after, before),
    packagesGoing: without(before, after),
    scripts,
    metadataBytes: repositories.reduce((sum, { primaryGzipBytes }) => sum + primaryGzipBytes, 0),
    downloadBytes,
  });
}

function without(state: SystemState, other: SystemState): number {
  const there = new Set(other.map(({ package: pkg }: Payload) => nevra(pkg)));
  return state.filter(({ package: pkg }) => !there.has(nevra(pkg))).length;
}
