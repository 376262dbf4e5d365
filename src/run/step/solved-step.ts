import type { PhaseSamples, StepFacts } from '#run-document';
import type { InstalledPackage, Request, Solved } from '#solve';
import { machineInput, type RepositoryInReach } from '../machine/machine-input.js';
import type { MachineState } from '../machine/machine-state.js';
import { nextState, type SystemState } from '../machine/system-state.js';
import type { Solves } from '../solve-cache.js';

/** What is asked of a machine, with the repositories that are in its reach then. */
export interface StepRequest {
  readonly request: Request;
  readonly reachable: readonly RepositoryInReach[];
}

/** One request on one machine, answered. */
export interface SolvedStep {
  readonly solved: Solved;
  /** Empty where no time is measured. */
  readonly phases: readonly PhaseSamples[];
  /** Afterwards. */
  readonly installed: SystemState;
  /** What would be installed with another result of the solver. */
  readonly installedWith: (result: readonly InstalledPackage[] | null) => SystemState;
}

export async function solveStep(
  before: MachineState,
  { request, reachable }: StepRequest,
  solves: Solves,
): Promise<SolvedStep> {
  const { solved, phases } = await solves.solve(await machineInput(before, reachable, solves.installedData), request);
  const payloads = new Map(reachable.map(({ name, payloads: offered }) => [name, offered]));
  const installedWith = (result: readonly InstalledPackage[] | null): SystemState =>
    nextState(before.installed, result, (pkg) => payloads.get(pkg.repository)?.get(pkg.nevra));
  return { solved, phases, installed: installedWith(solved.result), installedWith };
}

/**
 * What the same request comes to on the machine afterwards. One that was refused or ended is not repeated, and one that changed nothing would be the
 * same again.
 */
export async function solveAgain(
  after: MachineState,
  { request, reachable }: StepRequest,
  { solved: { outcome } }: Pick<SolvedStep, 'solved'>,
  solves: Solves,
): Promise<StepFacts['again']> {
  if (outcome.status !== 'solved') return null;
  if (outcome.steps.length === 0) return { status: 'solved', steps: 0 };
  return solves.again(await machineInput(after, reachable, solves.installedData), request);
}
