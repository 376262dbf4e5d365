import type { StepResult } from '#run-document';

/** Names of a request that nobody has, where nothing came of it for that: it says nothing of the scheme it was made under. */
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
