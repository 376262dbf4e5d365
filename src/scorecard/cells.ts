import { stringify } from 'yaml';
import type { Challenged, Find } from '#challenge';
import { promiseOver } from '#promise';
import {
  type Counterexample,
  type Ground,
  grounds,
  type PromiseId,
  type PromiseStatus,
  promiseIds,
  type ScoreCell,
} from '#run-document';
import { requestText, scenarioSchema } from '#scenario';
import type { PutToTest } from './put-to-test.js';

/** What random histories came to under a design. */
export interface Histories {
  readonly challenged: Challenged;
  readonly seed: number;
}

/** Each promise under one design, by all that it was put to. */
export function cellsOf(tested: readonly PutToTest[], histories: Histories | null): ScoreCell[] {
  return promiseIds.map((promise) => {
    const tried = grounds.flatMap((ground) => triedOn(ground, promise, tested, histories) ?? []);
    const some = (status: 'kept' | 'broken' | 'notJudged'): boolean => tried.some((one) => one[status] > 0);
    const status: PromiseStatus =
      (['broken', 'kept', 'notJudged'] as const).find((one) => some(one)) ?? 'notApplicable';
    const examples = [
      ...tested.flatMap((trial) => counterexampleIn(trial, promise) ?? []),
      ...(histories?.challenged.finds ?? [])
        // What libsolv died of has no evidence to show.
        .filter(({ broken }) => broken.promise === promise && broken.evidence.length > 0)
        .map((find) => counterexampleOf(find, histories?.seed ?? 0)),
    ];
    const counterexample = status === 'broken' ? (examples.sort(bySize)[0] ?? null) : null;
    return { promise, status, tried, counterexample };
  });
}

function triedOn(
  ground: Ground,
  promise: PromiseId,
  tested: readonly PutToTest[],
  histories: Histories | null,
): ScoreCell['tried'][number] | null {
  const none = { ground, kept: 0, broken: 0, notJudged: 0, notApplicable: 0 };
  if (ground === 'histories') {
    if (histories === null) return null;
    const { finds, counts } = histories.challenged;
    const found = counts.promises[promise] ?? none;
    // What no answer could have avoided is no break of the design: only finds are.
    const broken = finds.some((find) => find.broken.promise === promise) ? found.broken : 0;
    return { ...none, ...found, ground, broken, notApplicable: found.notApplicable + found.broken - broken };
  }
  const own = tested.filter((trial) => trial.ground === ground);
  if (own.length === 0) return null;
  const statuses = own.map(({ steps }) => promiseOver(steps, promise));
  const count = (wanted: PromiseStatus): number => statuses.filter((status) => status === wanted).length;
  return {
    ground,
    kept: count('kept'),
    broken: count('broken'),
    notJudged: count('notJudged'),
    notApplicable: count('notApplicable'),
  };
}

/** The first step of a scenario that breaks a promise; null where none does. */
function counterexampleIn(
  { steps, ground, scenario, file, kernels, kernelModules, rerun }: PutToTest,
  promise: PromiseId,
): Counterexample | null {
  for (const [index, { name, request, promises }] of steps.entries()) {
    const found = promises.find((one) => one.promise === promise);
    if (found?.status !== 'broken') continue;
    const { total, evidence } = found;
    const size = { steps: index + 1, kernels, kernelModules };
    return { ground, scenario, step: name, file, request, ...size, total, evidence, rerun, text: null };
  }
  return null;
}

function counterexampleOf({ history, broken, document, size }: Find, seed: number): Counterexample {
  const step = scenarioSchema.parse(document).steps[broken.step];
  return {
    ground: 'histories',
    scenario: `history ${history} of seed ${seed} under ${String(document['scheme'])}`,
    step: step?.name ?? `request ${broken.step + 1}`,
    file: null,
    request: step === undefined ? broken.request : requestText(step.request),
    steps: size.requests,
    kernels: size.kernels,
    kernelModules: size.kernelModules,
    total: broken.evidence.length,
    evidence: [...broken.evidence],
    rerun: null,
    text: stringify(document, { lineWidth: 130 }),
  };
}

/** Fewest requests first, then the smallest kernels, fewest of these, and by name. */
function bySize(a: Counterexample, b: Counterexample): number {
  const modules = ({ kernelModules }: Counterexample): number => kernelModules ?? Number.MAX_SAFE_INTEGER;
  return (
    a.steps - b.steps ||
    modules(a) - modules(b) ||
    a.kernels - b.kernels ||
    (a.scenario < b.scenario ? -1 : Number(a.scenario > b.scenario))
  );
}
