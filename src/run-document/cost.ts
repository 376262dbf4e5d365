import { z } from 'zod';

/** From the fewest to the most that today's scripts would do; equal where nothing is left open. */
const countRangeSchema = z.strictObject({ least: z.int().nonnegative(), most: z.int().nonnegative() });
export type CountRange = z.infer<typeof countRangeSchema>;

/** What every cost says of itself. Which one a number is, is stated here and nowhere derived. */
const figure = {
  /** `low` with kernel modules that are not compressed and where the scripts find the least to do, `high` with zstd and the most. */
  seconds: z.strictObject({ low: z.number().nonnegative(), high: z.number().nonnegative() }),
  /** `exact`: counted in this step. `simulated`: by a model of the packages' scripts, run in the order of the transaction. */
  counted: z.enum(['exact', 'simulated']),
  /** Where the time of one comes from: the real tool measured, a figure that somebody published, or an assumption. */
  timed: z.enum(['measured', 'published', 'assumed']),
  /** The costs document that was measured, or who published or assumed the figure. */
  source: z.string(),
};

const depmod = {
  ...figure,
  runs: countRangeSchema,
  /** Kernel modules that one run looks at, from the smallest run to the largest. */
  kernelModules: countRangeSchema,
};

/** What a transaction costs a machine besides solving, one part of it each. Parts of one `part` are alternatives. */
export const stepCostSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('metadataRefresh'), bytes: z.int().nonnegative(), ...figure }),
  z.strictObject({ kind: z.literal('download'), bytes: z.int().nonnegative(), ...figure }),
  z.strictObject({ kind: z.literal('rpmOneTransaction'), packages: z.int().nonnegative(), ...figure }),
  /** As zypper commits unless it is told otherwise. */
  z.strictObject({ kind: z.literal('rpmEachPackage'), packages: z.int().nonnegative(), ...figure }),
  /** The more of it where each package has a file of one common name. */
  z.strictObject({ kind: z.literal('fileConflicts'), packages: z.int().nonnegative(), ...figure }),
  /** As the packages' scripts run it today. */
  z.strictObject({ kind: z.literal('depmodByScripts'), ...depmod }),
  /** The same runs, if depmod could add to what it has. */
  z.strictObject({ kind: z.literal('depmodByScriptsIncremental'), ...depmod }),
  /** One run for each kernel whose kernel modules changed. */
  z.strictObject({ kind: z.literal('depmodOncePerTransaction'), ...depmod }),
  z.strictObject({ kind: z.literal('depmodOnceIncremental'), ...depmod }),
  /** What else the scripts start for each kernel module package: queries of rpm, and a link for each file of a copied tree. */
  z.strictObject({
    kind: z.literal('scriptProcesses'),
    rpmQueries: countRangeSchema,
    links: countRangeSchema,
    ...figure,
  }),
  z.strictObject({ kind: z.literal('initrds'), runs: countRangeSchema, ...figure }),
]);
export type StepCost = z.infer<typeof stepCostSchema>;
export type StepCostKind = StepCost['kind'];

/** The parts of an update's wall time, each with the kinds that are alternatives of each other, today's first. */
export const costParts = {
  transfer: ['metadataRefresh', 'download'],
  rpm: ['rpmEachPackage', 'rpmOneTransaction', 'fileConflicts'],
  depmod: ['depmodByScripts', 'depmodByScriptsIncremental', 'depmodOncePerTransaction', 'depmodOnceIncremental'],
  scripts: ['scriptProcesses'],
  initrd: ['initrds'],
} as const satisfies Readonly<Record<string, readonly StepCostKind[]>>;
