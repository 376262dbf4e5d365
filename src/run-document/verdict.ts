import { z } from 'zod';
import { phaseSchema } from './measurement.js';
import { promiseIds } from './promise.js';

/**
 * What became of one promise over scenarios of one scheme. A scenario breaks it where one of its steps does; else it is not judged where one
 * of them is not, kept where one keeps it, and not applicable where all are silent.
 */
export const promiseTallySchema = z.strictObject({
  promise: z.enum(promiseIds),
  kept: z.int().nonnegative(),
  /** Ids of the scenarios. */
  broken: z.array(z.string()),
  notJudged: z.int().nonnegative(),
  notApplicable: z.int().nonnegative(),
});
export type PromiseTally = z.infer<typeof promiseTallySchema>;

/** Scenarios under one scheme; of several schemes none is counted with another. */
export const schemeTallySchema = z.strictObject({
  scheme: z.string(),
  scenarios: z.int().positive(),
  /** Ids of those in which some promise is broken after some step. */
  broken: z.array(z.string()),
  promises: z.array(promiseTallySchema),
});
export type SchemeTally = z.infer<typeof schemeTallySchema>;

export const growthAnswers = [
  'inProportion', // as the packages do, or slower
  'faster',
  'uncertain', // the fit's exponent says nothing, or there is none
] as const;

/** How one phase grows over one series. */
export const growthAnswerSchema = z.strictObject({
  series: z.string(),
  phase: phaseSchema,
  by: z.enum(['time', 'work']),
  answer: z.enum(growthAnswers),
});
export type GrowthAnswer = z.infer<typeof growthAnswerSchema>;

export const verdictSchema = z.strictObject({
  /** `unknown` when something that was asked for did not run: that is never a pass. */
  status: z.enum(['passed', 'failed', 'unknown']),
  /** Machines and requests that one may meet. */
  schemes: z.array(schemeTallySchema),
  /** Scenarios that are traps by design, apart from the others. */
  traps: z.array(schemeTallySchema),
  growth: z.array(growthAnswerSchema),
});
export type Verdict = z.infer<typeof verdictSchema>;
