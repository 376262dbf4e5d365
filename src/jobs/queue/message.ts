import { z } from 'zod';
import { InputError, inputErrorCodes } from '#errors';

/** What a worker is sent. */
export const messageSchema = z.strictObject({ kind: z.string(), input: z.unknown() });

/** What it answers: an error of the input is an answer too, and doing the work again would not change it. */
export const answerSchema = z.union([
  z.strictObject({ value: z.unknown() }),
  z.strictObject({ refused: z.strictObject({ code: z.enum(inputErrorCodes), message: z.string() }) }),
]);
export type JobAnswer = z.infer<typeof answerSchema>;

/** The answer of what does a job, or why it is refused. */
export async function answerOf(work: () => Promise<unknown>): Promise<JobAnswer> {
  try {
    return { value: await work() };
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    return { refused: { code: cause.code, message: cause.message } };
  }
}

/** @throws InputError where the work was refused */
export function acceptedValue(answer: JobAnswer): unknown {
  if ('refused' in answer) throw new InputError(answer.refused.code, answer.refused.message);
  return answer.value;
}

/**
 * Labs of another identity have a queue to themselves: a worker never sees a job whose answer it would not know. The name has no colon,
 * which BullMQ keeps for itself.
 */
export function queueOf(identity: string): string {
  return `kmplab-${identity.slice(0, 16)}`;
}
