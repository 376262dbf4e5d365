import { z } from 'zod';
import { environmentSchema } from './environment.js';
import { growthSeriesSchema } from './growth.js';
import { historyResultSchema } from './history.js';
import { churnSchema, graphFactsSchema, kernelSummarySchema, repositorySummarySchema } from './kernel-facts.js';
import { rootCausesSchema } from './root-cause.js';
import { scenarioResultSchema } from './scenario-result.js';
import { schemeComparisonSchema } from './scheme-comparison.js';
import { scorecardSchema } from './scorecard.js';
import { verdictSchema } from './verdict.js';

/** Moves whenever a key changes its meaning or goes: readers hold facts only, so that an older document is made again, not converted. */
export const runDocumentVersion = 2;

/**
 * Everything one run found: the one document that reports and gates read. Facts, which src/tell makes sentences from;
 * counters are exact, samples are raw, and what did not run is named in `notRun`.
 */
export const runDocumentSchema = z.strictObject({
  format: z.literal('kmplab/run'),
  version: z.literal(runDocumentVersion),
  name: z.string(),
  seed: z.int(),
  environment: environmentSchema,
  verdict: verdictSchema,
  kernels: z.array(kernelSummarySchema),
  churn: z.array(churnSchema),
  graph: graphFactsSchema.nullable(),
  repositories: z.array(repositorySummarySchema),
  scenarios: z.array(scenarioResultSchema),
  /** What the failures of all scenarios come down to, the widest cause first. */
  rootCauses: rootCausesSchema,
  growth: z.array(growthSeriesSchema),
  /** Schemes side by side, where a run was asked to compare them. */
  schemes: z.array(schemeComparisonSchema),
  histories: z.array(historyResultSchema).default([]),
  /** Designs by promises, where a run was asked for it. */
  scorecard: scorecardSchema.nullable().default(null),
  notRun: z.array(
    z.strictObject({
      what: z.string(),
      why: z.string(),
      /** Whether it is a fault of this program; `why` is then what to report. */
      bug: z.boolean().default(false),
    }),
  ),
});
export type RunDocument = z.infer<typeof runDocumentSchema>;
