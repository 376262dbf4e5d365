import type { Comparison } from '#run-document';

/** What makes a comparison fail, as its caller wants it. */
export const failures = ['answers', 'work', 'slower', 'nothing'] as const;
export type Failure = (typeof failures)[number];

export type Status = 'passed' | 'failed' | 'unknown';

/**
 * `answers`: a request ends differently, or has no answer on one side. `work`: the sum of a phase's work grew by more than the margin. `slower`: a phase
 * is slower over all requests; where none is but one cannot be told, nobody knows. What could not be compared at all is not known either, unless
 * nothing is to fail.
 */
export function statusOf(comparison: Comparison, policy: readonly Failure[]): Status {
  if (policy.includes('nothing')) return 'passed';
  if (policy.some((failure) => fails(comparison, failure))) return 'failed';
  const untold = comparison.timing?.phases.some(({ judgement }) => judgement === 'unknown') ?? true;
  const incomplete = comparison.notCompared.length > 0 || comparison.steps.length === 0;
  return incomplete || (policy.includes('slower') && untold) ? 'unknown' : 'passed';
}

function fails({ steps, totals, timing }: Comparison, failure: Failure): boolean {
  switch (failure) {
    case 'answers':
      return steps.some(({ answer }) => {
        if (answer.state === 'missing') return true;
        return answer.state === 'differs' && answer.differences.some(({ aspect }) => aspect !== 'decisions');
      });
    case 'work':
      return totals.some(({ metric, a, b }) => metric.startsWith('work.') && b > a * (1 + (timing?.margin ?? 0)));
    case 'slower':
      return timing?.phases.some(({ judgement }) => judgement === 'slower') ?? false;
    case 'nothing':
      return false;
  }
}
