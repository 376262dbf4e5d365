import type { Trials } from '#run';
import type { Evidence, PromiseId, PromiseResult, StepResult } from '#run-document';
import { type Excuse, excuseOf } from './excuse.js';
import type { Plan } from './plan.js';
import { type ScenarioDocument, scenarioOf } from './scenario-of.js';

/** A promise that a step broke. */
export interface Break {
  /** Which request, from 0 on. */
  readonly step: number;
  readonly promise: PromiseId;
  /** What was asked, without names: `in kernel`, `everything newer`. */
  readonly request: string;
  readonly total: number;
  /** At least one; what nobody could have kept is left out. */
  readonly evidence: readonly Evidence[];
}

/** One history under one design. */
export interface Attempt {
  readonly document: ScenarioDocument;
  readonly breaks: readonly Break[];
  /** Breaks that no answer could have avoided, by reason. */
  readonly excused: readonly Excuse[];
  /** Promises judged, of all steps. */
  readonly judged: readonly PromiseResult[];
  readonly steps: number;
  readonly unsolvable: number;
  /** The request that libsolv died of. */
  readonly noAnswer: { readonly step: number; readonly message: string } | null;
}

/** Runs a plan under a design. `promises`: those to hold it to. @throws InputError where the design cannot package the plan's kernels */
export async function attempt(
  design: string,
  plan: Plan,
  trials: Trials,
  promises: ReadonlySet<PromiseId>,
): Promise<Attempt> {
  const { document, scenario } = await scenarioOf(design, plan, trials);
  const { trial, repositories } = await trials.run(scenario, 'challenge');
  if (trial.status === 'noAnswer') {
    const { step, message } = trial;
    return { document, breaks: [], excused: [], judged: [], steps: step, unsolvable: 0, noAnswer: { step, message } };
  }
  const breaks: Break[] = [];
  const excused: Excuse[] = [];
  for (const [index, step] of trial.steps.entries()) {
    const reachable = (scenario.steps[index]?.repositories ?? []).flatMap((name) => [
      ...(repositories.get(name)?.payloads.values() ?? []),
    ]);
    for (const result of step.promises) {
      if (result.status !== 'broken' || !promises.has(result.promise)) continue;
      const situation = { plan, index, step, reachable };
      const open = result.evidence.filter((one) => {
        const excuse = excuseOf(one, situation);
        if (excuse !== null) excused.push(excuse);
        return excuse === null;
      });
      if (open.length === 0) continue;
      const { promise, total } = result;
      breaks.push({ step: index, promise, request: requestText(step), total, evidence: open });
    }
  }
  return {
    document,
    breaks,
    excused,
    judged: trial.steps.flatMap((step) => step.promises.filter(({ promise }) => promises.has(promise))),
    steps: trial.steps.length,
    unsolvable: trial.steps.filter(({ outcome }: StepResult) => outcome.status === 'unsolvable').length,
    noAnswer: null,
  };
}

/** `up`, `dup` and `patch` ask for the same thing, each in its way. */
function requestText({ facts: { verb, names } }: StepResult): string {
  const means = ['kernel', 'kernelModules', 'other', 'nothing'].find((one) => names.some((name) => name.means === one));
  if (means !== undefined) return `${verb} ${means}`;
  return verb === 'up' || verb === 'dup' || verb === 'patch' ? 'everything newer' : verb;
}
