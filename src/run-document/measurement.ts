import { z } from 'zod';

/** The phases that are timed apart; `solve` is rule creation and search together, libsolv offers no seam between them. */
export const phases = [
  'package', // kernel build -> package set
  'writeRepomd', // package set -> repository on disk
  'readRepomd', // files from disk, verified and decompressed
  'parseRpmmd', // primary.xml -> solvables
  'writeSolv', // solvables -> .solv
  'loadSolv', // .solv -> solvables
  'whatprovides', // the index of provides over the whole pool
  'solve',
  'order', // transaction_order
  'verify', // our own check, outside any comparison with a package manager
  'audit',
] as const;
export const phaseSchema = z.enum(phases);
export type Phase = z.infer<typeof phaseSchema>;

/** Raw samples of one phase; statistics are always derived from them, never stored beside them. */
export const phaseSamplesSchema = z.strictObject({
  phase: phaseSchema,
  /** Milliseconds, in the order taken. */
  samplesMs: z.array(z.number().nonnegative()).min(1),
});
export type PhaseSamples = z.infer<typeof phaseSamplesSchema>;

/**
 * Exact counts: the same on every machine for the same input and the same libsolv. A gate may fail on any change of one.
 * `rules` is by libsolv's class of rule.
 */
export const countersSchema = z.strictObject({
  solvables: z.int().nonnegative(),
  installed: z.int().nonnegative(),
  jobs: z.int().nonnegative(),
  rules: z.record(z.string(), z.int().nonnegative()),
  rulesTotal: z.int().nonnegative(),
  learnt: z.int().nonnegative(),
  decisions: z.int().nonnegative(),
  problems: z.int().nonnegative(),
  /** How often the pool was solved for this request: once, but for `purge-kernels`, which tries package by package. */
  solves: z.int().positive().default(1),
  steps: z.int().nonnegative(),
  downloadBytes: z.number().nonnegative(),
  /** Installed minus removed. */
  installedBytesChange: z.number(),
  /** Size of the module's linear memory after the solve. */
  heapBytesMax: z.int().nonnegative(),
  /** Executed code edges of each phase, as the counting build of the module counts them; null where only the release build ran. */
  work: z.partialRecord(phaseSchema, z.int().nonnegative()).nullable(),
});
export type Counters = z.infer<typeof countersSchema>;
