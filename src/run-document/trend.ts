import { z } from 'zod';

export const trendVersion = 1;

const pointSchema = z.strictObject({
  file: z.string(),
  run: z.string(),
  commit: z.string().nullable(),
  /** First line of the commit's message; null where the history does not have it. */
  subject: z.string().nullable(),
  libsolv: z.string(),
});
export type TrendPoint = z.infer<typeof pointSchema>;

const lineSchema = z.strictObject({
  /** `work.solve`, `rulesTotal`, `time.order`, `growth kernelModules: order, work`. */
  metric: z.string(),
  /** The same on every machine; a time is not. */
  exact: z.boolean(),
  /** One a run; null where that run has none. */
  values: z.array(z.number().nullable()),
  /** Where it steps to another level: index of the first run there. */
  steps: z.array(z.strictObject({ at: z.int().positive(), before: z.number(), after: z.number() })),
});
export type TrendLine = z.infer<typeof lineSchema>;

/** The runs of many commits as lines. */
export const trendSchema = z.strictObject({
  format: z.literal('kmplab/trend'),
  version: z.literal(trendVersion),
  points: z.array(pointSchema).min(1),
  /** Requests that every run has: sums are of these, so that a new scenario is no step. */
  requests: z.int().nonnegative(),
  lines: z.array(lineSchema),
  /** Files that are no run document of this version, and why. */
  left: z.array(z.strictObject({ file: z.string(), why: z.string() })),
});
export type Trend = z.infer<typeof trendSchema>;
