import { type JudgedStep, judgePromises } from '#promise';
import type { Audit, PromiseResult, StepFacts } from '#run-document';
import type { ChangeInput } from '../facts/change.js';
import { changeFacts } from '../facts/facts.js';

/** What takes more than the machine before and after to know. */
export type FactsBesides = Pick<StepFacts, 'isMonolithic' | 'again' | 'metadataBytes'>;

/** One answered request on one machine, for any solver and any audit. */
export interface AnsweredRequest extends Omit<JudgedStep, 'facts'> {
  readonly change: Omit<ChangeInput, 'nextBoot'>;
  readonly auditBefore: Audit;
  readonly besides: FactsBesides;
}

/** What a request met and changed, and which promises that keeps. */
export function factsAndPromises({ change, auditBefore, besides, ...found }: AnsweredRequest): {
  readonly facts: StepFacts;
  readonly promises: PromiseResult[];
} {
  const facts = stepFacts({ ...change, nextBoot: found.audit.nextBoot }, auditBefore, besides);
  return { facts, promises: judgePromises({ ...found, facts }) };
}

/** What the monolithic kernel would have come to is added where somebody compares. */
export function stepFacts(
  change: ChangeInput,
  auditBefore: Pick<Audit, 'devices' | 'nextBoot'>,
  { isMonolithic, again, metadataBytes }: FactsBesides,
): StepFacts {
  return { ...changeFacts(change, auditBefore), isMonolithic, again, monolithic: null, metadataBytes };
}
