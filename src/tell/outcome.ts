import type { StepResult } from '#run-document';

/** A request that was written for another scheme and asks for what this one does not have: it says nothing of this one. */
export function isNotApplicable({ promises }: Pick<StepResult, 'promises'>): boolean {
  return promises.some((one) => one.status === 'notApplicable' && one.why === 'otherScheme');
}

/** `not applicable` where another scheme's package was asked for; that is no failure to solve. */
export function outcomeWord(
  step: Pick<StepResult, 'outcome' | 'promises'>,
): 'solved' | 'no solution' | 'not applicable' {
  if (isNotApplicable(step)) return 'not applicable';
  return step.outcome.status === 'solved' ? 'solved' : 'no solution';
}
