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

/** One rule that takes part in a conflict, in libsolv's words (`pkgRequires`, `pkgConflicts`, `job`, …). */
export const problemRuleSchema = z.strictObject({
  type: z.string(),
  source: z.string().nullable(),
  target: z.string().nullable(),
  dependency: z.string().nullable(),
});
export type ProblemRule = z.infer<typeof problemRuleSchema>;

export const problemSchema = z.strictObject({
  rules: z.array(problemRuleSchema),
  /** Sentences for an engineer: who asked, what stands against it, what changed between the builds. */
  explanation: z.array(z.string()),
  /** Each way out as libsolv offers it, an element a line. */
  solutions: z.array(z.array(z.string())),
});
export type Problem = z.infer<typeof problemSchema>;

/** What the solver said. No solution is a result like any other. */
export const outcomeSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('solved'),
    /** In the order rpm would run them. */
    steps: z.array(transactionStepSchema),
    /** Available, recommended by what is installed in the end, and not taken. */
    recommendedNotInstalled: z.array(z.string()),
    orphaned: z.array(z.string()),
  }),
  z.strictObject({ status: z.literal('unsolvable'), problems: z.array(problemSchema).min(1) }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;
