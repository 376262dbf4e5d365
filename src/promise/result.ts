import type { Evidence, PromiseResult, StepFacts, StepResult } from '#run-document';

/** One step, as far as a promise looks at it: the machine before and the request are in `facts`, the machine after is `audit`. */
export interface JudgedStep
  extends Pick<StepResult, 'outcome' | 'violations' | 'violationsTotal' | 'audit'>,
    Readonly<{ counters: Pick<StepResult['counters'], 'downloadBytes' | 'heapBytesMax' | 'work'> }> {
  readonly facts: StepFacts;
}

/** What a promise comes to, before it has its name. */
export type Judgement =
  | { readonly status: 'kept' }
  | { readonly status: 'broken'; readonly total: number; readonly evidence: readonly Evidence[] }
  | Omit<Extract<PromiseResult, { status: 'notApplicable' }>, 'promise'>
  | Omit<Extract<PromiseResult, { status: 'notJudged' }>, 'promise'>;

export type Predicate = (step: JudgedStep) => Judgement;

/** Evidence that a document lists; all of it is counted. */
const evidenceMax = 5;

/** Kept where there is nothing to be said against it. `total`: where more is known than listed. */
export function keptUnless(evidence: readonly Evidence[], total = evidence.length): Judgement {
  if (evidence.length === 0) return { status: 'kept' };
  return { status: 'broken', total, evidence: evidence.slice(0, evidenceMax) };
}

export function notApplicable(why: Extract<Judgement, { status: 'notApplicable' }>['why']): Judgement {
  return { status: 'notApplicable', why };
}

export function notJudged(why: Extract<Judgement, { status: 'notJudged' }>['why']): Judgement {
  return { status: 'notJudged', why };
}

/** Why a request changed nothing that a promise could speak of; null where it was answered. */
export function refused({ outcome, facts }: Pick<JudgedStep, 'outcome' | 'facts'>): Judgement | null {
  const nobodys = asksOfNobody({ outcome, facts });
  if (nobodys !== null) return nobodys;
  switch (outcome.status) {
    case 'solved':
      return null;
    case 'unsolvable':
      return notApplicable('unsolvable');
    case 'noAnswer':
      return notJudged('noAnswer');
  }
}

/**
 * Not applicable where a request came to nothing because it names what nobody in reach has; else null. A request that was written for another
 * scheme, as `zypper in e1000e-kmp-default` with a monolithic kernel, says nothing of this one: it is neither solved nor unsolvable. In its own
 * scheme it has no solution, but then it asked for neither kernel nor driver.
 */
export function asksOfNobody({ outcome, facts }: Pick<JudgedStep, 'outcome' | 'facts'>): Judgement | null {
  if (outcome.status === 'noAnswer' || (outcome.status === 'solved' && outcome.steps.length > 0)) return null;
  if (facts.names.some(({ means }) => means === 'otherScheme')) return notApplicable('otherScheme');
  return facts.names.some(({ means }) => means === 'nothing') ? notApplicable('unknownName') : null;
}
