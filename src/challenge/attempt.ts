import type { Payload } from '#audit';
import type { TrialRun, Trials } from '#run';
import type { Evidence, PromiseId, PromiseResult, StepResult } from '#run-document';
import type { Scenario } from '#scenario';
import { type Excuse, promisesOfDesign, situationOf } from './excuse.js';
import type { Plan } from './plan.js';
import { type ScenarioDocument, scenarioOf } from './scenario-of.js';

/** A promise that a step broke. */
export interface Break {
  /** Which request, from 0 on. */
  readonly step: number;
  readonly promise: PromiseId;
  /** What was asked, without names: `in kernel`, `everything newer`. */
  readonly request: string;
  /** At least one, except where libsolv died; what nobody could have kept is left out. */
  readonly evidence: readonly Evidence[];
  /** What libsolv died of; null where it answered. */
  readonly died: string | null;
}

/** One history under one design. */
export interface Attempt {
  readonly document: ScenarioDocument;
  readonly breaks: readonly Break[];
  /** Broken promises that no answer could have kept. */
  readonly excused: readonly { readonly promise: PromiseId; readonly excuse: Excuse }[];
  /** Promises of all steps, as they speak of the design. */
  readonly judged: readonly PromiseResult[];
  readonly steps: number;
  readonly unsolvable: number;
  /** Requests that were ended before they had an answer, or that libsolv died of. */
  readonly noAnswer: number;
  /** What was in reach of the last step. */
  readonly reachable: readonly Payload[];
  readonly last: StepResult | null;
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
  if (trial.status === 'died') {
    const died = diedIn(scenario, trial);
    const none = { excused: [], judged: [], unsolvable: 0, reachable: [], last: null };
    return { document, ...none, breaks: [died], steps: trial.step, noAnswer: 1 };
  }
  const { steps } = trial;
  const judged = steps.map((step, index) => {
    const own = promisesOfDesign(situationOf(scenario, index, step, repositories));
    return own.filter(({ promise }) => promises.has(promise));
  });
  const asSuch = steps.flatMap((step) => step.promises.filter(({ promise }) => promises.has(promise)));
  return {
    document,
    breaks: news(steps, judged),
    excused: judged.flat().flatMap((one, at) => {
      if (asSuch[at]?.status !== 'broken' || one.status !== 'notApplicable') return [];
      return isExcuse(one.why) ? [{ promise: one.promise, excuse: one.why }] : [];
    }),
    judged: judged.flat(),
    steps: steps.length,
    unsolvable: steps.filter(({ outcome }) => outcome.status === 'unsolvable').length,
    noAnswer: steps.filter(({ outcome }) => outcome.status === 'noAnswer').length,
    reachable: reachableIn(scenario, steps.length - 1, repositories),
    last: steps.at(-1) ?? null,
  };
}

/** What each step breaks that the one before did not: what lasts is news once, and what one promise says of a step needs no second one. */
function news(steps: readonly StepResult[], judged: readonly (readonly PromiseResult[])[]): Break[] {
  let before: ReadonlySet<string> = new Set();
  return steps.flatMap((step, index) => {
    const told = new Set(before);
    const now = new Set<string>();
    const breaks: Break[] = [];
    for (const result of judged[index] ?? []) {
      if (result.status !== 'broken') continue;
      const { promise } = result;
      const evidence = result.evidence.filter((evidence) => !told.has(sameAs(evidence)));
      for (const one of result.evidence) {
        told.add(sameAs(one));
        now.add(sameAs(one));
      }
      if (evidence.length > 0) breaks.push({ step: index, promise, request: requestWords(step), evidence, died: null });
    }
    before = now;
    return breaks;
  });
}

function isExcuse(why: Extract<PromiseResult, { status: 'notApplicable' }>['why']): why is Excuse {
  return why === 'notBuilt' || why === 'locked' || why === 'vendor';
}

function reachableIn(scenario: Scenario, index: number, repositories: TrialRun['repositories']): Payload[] {
  const names = scenario.steps[index]?.repositories ?? [];
  return names.flatMap((name) => [...(repositories.get(name)?.payloads.values() ?? [])]);
}

/** `up`, `dup` and `patch` ask for the same thing, each in its way. */
function requestWords({ facts: { verb, names } }: StepResult): string {
  const means = ['kernel', 'kernelModules', 'other', 'nothing'].find((one) => names.some((name) => name.means === one));
  if (means !== undefined) return `${verb} ${means}`;
  return verb === 'up' || verb === 'dup' || verb === 'patch' ? 'everything newer' : verb;
}

function diedIn({ steps }: Scenario, { step, message }: { readonly step: number; readonly message: string }): Break {
  const request = steps[step]?.request.verb ?? '';
  return { step, promise: 'withinBudget', request, evidence: [], died: message };
}

/** Equal for what is one thing to a reader: a kernel that came, and the drivers that came for it. */
function sameAs(evidence: Evidence): string {
  if (evidence.kind === 'kernelCame' || (evidence.kind === 'unasked' && evidence.why === 'otherKernel'))
    return 'another kernel';
  return JSON.stringify(evidence);
}
