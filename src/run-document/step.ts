import { z } from 'zod';

export const stepTypes = [
  'install',
  'erase',
  'upgrade',
  'downgrade',
  'change',
  'reinstall',
  'obsoleted',
  'multiversion',
  'other',
] as const;

export const transactionStepSchema = z.strictObject({
  type: z.enum(stepTypes),
  /** `name-[epoch:]version-release.arch` of what is installed, or of what is erased. */
  nevra: z.string(),
  /** What it takes the place of. */
  replaces: z.array(z.string()),
  downloadBytes: z.number().nonnegative(),
});
export type TransactionStep = z.infer<typeof transactionStepSchema>;
