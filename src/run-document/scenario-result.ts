import { z } from 'zod';
import { auditSchema, violationSchema } from './audit.js';
import { stepCostSchema } from './cost.js';
import { countersSchema, phaseSamplesSchema } from './measurement.js';
import { outcomeSchema } from './outcome.js';
import { promiseResultSchema } from './promise.js';
import { stepFactsSchema } from './step-facts.js';

const valueSchema = z.union([z.string(), z.number(), z.boolean()]);

/** What a scenario can expect of something. */
const expectedSchema = z.union([
  z.strictObject({ is: valueSchema }),
  /** One of both is a number. */
  z.strictObject({ min: z.number().nullable(), max: z.number().nullable() }),
  /** That a list has, or has not, one of this name. */
  z.strictObject({ has: z.string() }),
  z.strictObject({ hasNot: z.string() }),
  /** That a list has each of these; that it is empty where these are none. */
  z.strictObject({ all: z.array(z.string()) }),
]);

const foundSchema = z.union([
  z.strictObject({ is: valueSchema }),
  /** Those that matter to what was expected, `of` so many. */
  z.strictObject({ names: z.array(z.string()), of: z.int().nonnegative() }),
  /** What had to be there to be asked. */
  z.strictObject({ absent: z.enum(['kernel', 'initrd', 'rootNeeds', 'device']) }),
]);

export const expectationResultSchema = z.strictObject({
  /** What was expected on: `status`, `audit.devices.nic`, `transaction.install`, … */
  aspect: z.string(),
  expected: expectedSchema,
  found: foundSchema,
  passed: z.boolean(),
});
export type ExpectationResult = z.infer<typeof expectationResultSchema>;

export const stepResultSchema = z.strictObject({
  name: z.string(),
  /** The request in zypper's words: `zypper in kernel-default`. */
  request: z.string(),
  outcome: outcomeSchema,
  counters: countersSchema,
  phases: z.array(phaseSamplesSchema),
  violations: z.array(violationSchema),
  /** File conflicts found by the verifier are counted here in full; `violations` lists the first of each kind. */
  violationsTotal: z.int().nonnegative(),
  audit: auditSchema,
  /** What the step costs besides solving and downloading: estimates from counts of this step, which no gate holds to. */
  costs: z.array(stepCostSchema),
  expectations: z.array(expectationResultSchema),
  /** What the request met and changed, for judging promises. */
  facts: stepFactsSchema,
  /** What a machine must keep, each judged after this step: apart from what the scenario expects, which may be that one is broken. */
  promises: z.array(promiseResultSchema),
});
export type StepResult = z.infer<typeof stepResultSchema>;

export const scenarioResultSchema = z.strictObject({
  id: z.string(),
  file: z.string(),
  question: z.string(),
  /** Made to show what goes wrong: a machine or request that nobody should have. Verdicts count it apart. */
  trap: z.boolean(),
  /** The part of the catalogue that has it: what reports group by. Null where the file does not say. */
  topic: z.string().nullable().default(null),
  /** Whose answers a slow test compares, step by step, with those of this scenario; null where nobody else is asked. */
  comparedWith: z.literal('zypper').nullable().default(null),
  /** `failed`: an expectation was not met. `error`: it could not be run; `bug`: a fault of the lab ended it. Neither ever passes. */
  status: z.enum(['passed', 'failed', 'error', 'bug']),
  /** Of the last two: what is wrong, or what to report. */
  error: z.string().nullable(),
  hardware: z.string().nullable(),
  scheme: z.string(),
  kernels: z.array(z.string()),
  /** Where the scenario takes only a part of each kernel build: how many of its kernel modules. Empty where builds are whole. */
  kernelParts: z.array(
    z.strictObject({ kernel: z.string(), kernelModules: z.int().nonnegative(), ofAll: z.int().nonnegative() }),
  ),
  steps: z.array(stepResultSchema),
  /** The command that runs this scenario alone. */
  rerun: z.string(),
});
export type ScenarioResult = z.infer<typeof scenarioResultSchema>;
