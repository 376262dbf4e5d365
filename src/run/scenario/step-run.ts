import { invariant } from '#errors';
import type { StepResult } from '#run-document';
import { requestText, type ScenarioStep } from '#scenario';
import type { ConfiguredRepository } from '../machine/machine-input.js';
import type { MachineState } from '../machine/machine-state.js';
import { judgeStep, type StepContext } from '../step/judged-step.js';
import { judgeExpectations } from './expectations.js';
import { stepCosts } from './step-costs.js';

export interface ScenarioStepContext extends Omit<StepContext, 'dracut'> {
  /** All of the scenario, under the names that it gives them. */
  readonly repositories: ReadonlyMap<string, ConfiguredRepository>;
}

/** A step of a scenario: its request, judged, with what it costs and held against what the scenario expects. */
export async function runStep(
  step: ScenarioStep,
  before: MachineState,
  context: ScenarioStepContext,
): Promise<{ result: StepResult; after: MachineState }> {
  const { name, request, dracut, expect } = step;
  const reachable = step.repositories.map((repository) => {
    const prepared = context.repositories.get(repository);
    invariant(prepared !== undefined, `repository ${repository} was not prepared`);
    return { name: repository, ...prepared };
  });
  const { found, judged, after } = await judgeStep(before, { request, reachable }, { ...context, dracut });
  const costs = await stepCosts({
    before: before.installed,
    after: after.installed,
    outcome: found.outcome,
    audit: found.audit,
    downloadBytes: found.counters.downloadBytes,
    repositories: reachable.map(({ summary }) => summary),
  });
  const observed = { name, request: requestText(request), ...found, costs, promises: judged.promises };
  return { result: { ...observed, expectations: judgeExpectations(expect, observed), ...judged }, after };
}
