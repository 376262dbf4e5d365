import { z } from 'zod';
import { kabiConflictSchema, solutionSchema } from './explanation.js';
import { phaseSchema } from './measurement.js';
import { rootCausesSchema } from './root-cause.js';
import { reasonSchema, statementSchema } from './statement.js';
import { transactionStepSchema } from './step.js';

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
  /** The gap or the clash that all follows from. */
  cause: statementSchema,
  /** Who asked, what that needs, what stands against it: libsolv's proof of the contradiction, turned so that it begins with who asked. */
  reasons: z.array(reasonSchema).min(1),
  /** Packages tied to the kABI of another kernel than the one they would meet. */
  kabi: z.array(kabiConflictSchema),
  /** Each way out that libsolv offers. */
  solutions: z.array(solutionSchema),
});
export type Problem = z.infer<typeof problemSchema>;

export const outcomeStatuses = ['solved', 'unsolvable', 'noAnswer'] as const;

/** What a request may take, and took without coming to an end. */
export const boundReachedSchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('time'), limitMs: z.int().positive() }),
  z.strictObject({ of: z.literal('memory'), limitBytes: z.int().positive() }),
]);
export type BoundReached = z.infer<typeof boundReachedSchema>;

/** What the solver said. No solution is a result like any other, and so is no answer. */
export const outcomeSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('solved'),
    /** In the order rpm would run them. */
    steps: z.array(transactionStepSchema),
    /** Available, recommended by what is installed in the end, and not taken. */
    recommendedNotInstalled: z.array(z.string()),
    orphaned: z.array(z.string()),
    /** What was asked for and no package answers to, by name or capability, so that it was left out: zypper exits with 104. */
    unknown: z.array(z.string()),
  }),
  z.strictObject({
    status: z.literal('unsolvable'),
    problems: z.array(problemSchema).min(1),
    /** What the problems come down to, the widest first. */
    causes: rootCausesSchema,
  }),
  /**
   * It was ended: solving dependencies is NP-complete, and some requests take longer than anybody waits. The machine is as it was, and all counters of
   * the request are 0. Where time ran out, another machine may have come to an answer.
   */
  z.strictObject({
    status: z.literal('noAnswer'),
    within: boundReachedSchema,
    /** What it was ended in; null: in telling a result that libsolv had found. */
    phase: phaseSchema.nullable(),
  }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;
export type NoAnswer = Extract<Outcome, { status: 'noAnswer' }>;

/** What a request came to; `notApplicable` where nothing came of it because nothing here has these names. That is no failure to solve. */
export type RequestOutcome = Outcome | { readonly status: 'notApplicable'; readonly unknown: readonly string[] };
