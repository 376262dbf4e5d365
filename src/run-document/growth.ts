import { z } from 'zod';
import { countersSchema, phaseSamplesSchema, phaseSchema } from './measurement.js';

export const growthPointSchema = z.strictObject({
  /** Of whatever the series grows by. */
  size: z.int().positive(),
  /** What synthetic builds were made from; null where builds are real. */
  seed: z.int().nonnegative().nullable(),
  solvables: z.int().positive(),
  counters: countersSchema,
  phases: z.array(phaseSamplesSchema),
});
export type GrowthPoint = z.infer<typeof growthPointSchema>;

/** `y = factor * size^exponent` by least squares over logarithms; how far to trust it is `rSquared`. */
export const growthFitSchema = z.strictObject({
  of: z.union([phaseSchema, z.literal('rulesTotal')]),
  /** What was fitted: medians of samples; code edges of the phase, which are exact; or the number of rules, exact too. */
  by: z.enum(['time', 'work', 'count']),
  exponent: z.number(),
  factor: z.number(),
  rSquared: z.number(),
  /**
   * The exponent from each size to the next one, ascending: where they climb, no single power describes the series. Of several points of one
   * size the median; nothing where a value is not above zero.
   */
  slopes: z.array(z.strictObject({ from: z.number(), to: z.number(), exponent: z.number() })),
});
export type GrowthFit = z.infer<typeof growthFitSchema>;

/** What a series grows by. `installedPercent`: of the older build's kernel modules. `flavors`: of each build in reach. */
export const growthDirections = ['kernelModules', 'buildsSideBySide', 'installedPercent', 'flavors'] as const;
export type GrowthDirection = (typeof growthDirections)[number];

export const growthSeriesSchema = z.strictObject({
  /** Unique within a run. */
  name: z.string().min(1),
  over: z.enum(growthDirections),
  scheme: z.string(),
  /** How synthetic builds become their successors; null where builds are real. */
  regime: z.string().nullable(),
  question: z.string(),
  /** Ascending by size; with several seeds, several of one size. */
  points: z.array(growthPointSchema).min(1),
  fits: z.array(growthFitSchema),
});
export type GrowthSeries = z.infer<typeof growthSeriesSchema>;

/** The size at which a series passes a budget. */
export interface PassedBudget {
  readonly of: 'solverSeconds' | 'memoryBytes';
  readonly budget: number;
  /** Null where it is not passed at ten times the largest size either. */
  readonly size: number | null;
  /** `modelled`: beyond the largest size that was measured. */
  readonly basis: 'measured' | 'modelled';
  readonly largest: number;
}
