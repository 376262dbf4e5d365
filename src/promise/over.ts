import type { PromiseId, PromiseStatus, StepResult } from '#run-document';

/** The worst word of all steps: what one step breaks no other one mends. */
const worstFirst = ['broken', 'notJudged', 'kept', 'notApplicable'] as const;

/** What became of a promise over the steps of a scenario. */
export function promiseOver(steps: readonly Pick<StepResult, 'promises'>[], promise: PromiseId): PromiseStatus {
  const found = new Set(
    steps.flatMap(({ promises }) => promises.filter((one) => one.promise === promise)).map(({ status }) => status),
  );
  return worstFirst.find((status) => found.has(status)) ?? 'notApplicable';
}
