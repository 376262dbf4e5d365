import type { Outcome, StepResult } from '#run-document';

/** A request that was written for another scheme and asks for what this one does not have: it says nothing of this one. */
export function isNotApplicable({ promises }: Pick<StepResult, 'promises'>): boolean {
  return promises.some((promise) => promise.status === 'notApplicable' && promise.why === 'otherScheme');
}

/** `not applicable` where another scheme's package was asked for; that is no failure to solve. */
export function outcomeWord(
  step: Pick<StepResult, 'outcome' | 'promises'>,
): 'not applicable' | (typeof statusWords)[Outcome['status']] {
  return isNotApplicable(step) ? 'not applicable' : statusWords[step.outcome.status];
}

const statusWords = { solved: 'solved', unsolvable: 'no solution', noAnswer: 'no answer' } as const;
