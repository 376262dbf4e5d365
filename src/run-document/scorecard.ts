import { z } from 'zod';
import { neededStates } from './audit.js';
import { stepCostSchema } from './cost.js';
import { outcomeStatuses } from './outcome.js';
import { evidenceSchema, promiseIds, promiseStatuses } from './promise.js';
import { schemeUpdateSchema } from './scheme-comparison.js';

const count = z.int().nonnegative();

/** What a design is put to. A channel is how many kernels a machine has in reach. */
export const grounds = [
  'catalogue', // scenarios that were written for another scheme, or for this one
  'machines', // every ready hardware profile, installed, updated, given the next kernel by name, given a driver
  'channels2',
  'channels4',
  'channels10',
  'histories', // random ones
] as const;
const groundSchema = z.enum(grounds);
export type Ground = z.infer<typeof groundSchema>;

/** One step of one scenario under one design: `scenario` is its id, which names machine and design where there are several. */
const placeSchema = z.strictObject({ scenario: z.string(), step: z.string() });
export type ScorePlace = z.infer<typeof placeSchema>;

/** The smallest scenario that is known to break a promise under a design. */
export const counterexampleSchema = placeSchema.extend({
  ground: groundSchema,
  /** The scenario's file; of a random history the one that it was written to, null where it was not. */
  file: z.string().nullable(),
  request: z.string(),
  /** How large it is: steps up to and with the broken one, kernels, and kernel modules of the largest of these; null where these are whole. */
  steps: z.int().positive(),
  kernels: count,
  kernelModules: count.nullable(),
  /** What breaks the promise: all of it is counted, the first ones are listed. */
  total: z.int().positive(),
  evidence: z.array(evidenceSchema).min(1),
  /** The command that runs it alone under this design; null where no file has it. */
  rerun: z.string().nullable(),
  /** The scenario itself as YAML, where no file has it. */
  text: z.string().nullable(),
});
export type Counterexample = z.infer<typeof counterexampleSchema>;

/** How often a promise was put to the test on one ground: scenarios on machines, each of the worst word of its steps; requests of histories. */
const triedSchema = z.strictObject({
  ground: groundSchema,
  kept: count,
  broken: count,
  notJudged: count,
  notApplicable: count,
});

/** One design and one promise. `broken` where any ground breaks it, else `kept` where one keeps it, else `notJudged` where one cannot say. */
export const scoreCellSchema = z.strictObject({
  promise: z.enum(promiseIds),
  status: z.enum(promiseStatuses),
  /** One for each ground that the design was put to. */
  tried: z.array(triedSchema),
  /** Null unless it is broken. */
  counterexample: counterexampleSchema.nullable(),
});
export type ScoreCell = z.infer<typeof scoreCellSchema>;

export const trialSteps = ['install', 'update', 'kernelByName', 'driver'] as const;

/** The parts of wall time, in their order. */
export const wallParts = ['solver', 'transfer', 'rpm', 'depmod', 'scripts', 'initrd'] as const;

/** One request on one ready machine under one design: where every figure of a row comes from. */
export const trialSchema = placeSchema.extend({
  hardware: z.string(),
  of: z.enum(trialSteps),
  request: z.string(),
  status: z.enum(outcomeStatuses),
  /** What was asked for is a package of another scheme: it says nothing of this one, and is not `unsolvable`. */
  notApplicable: z.boolean(),
  nextBoot: z.string().nullable(),
  /** Whether the kernel of the next boot mounts the root file system; null where nobody says what that takes. */
  boots: z.boolean().nullable(),
  /** What keeps it from that. */
  missing: z.array(z.strictObject({ need: z.string(), state: z.enum(neededStates) })),
  /** Devices that have a driver somewhere in reach, those that the next boot drives, and the others by name. */
  devices: count,
  driven: count,
  undriven: z.array(z.string()),
  /** Packages that come, and those that go. */
  packages: count,
  erased: count,
  downloadBytes: z.number().nonnegative(),
  /** Metadata of the repositories in reach, as gzip: what a refresh fetches where all of it is new. */
  metadataBytes: z.number().nonnegative(),
  installedBytesChange: z.number(),
  /** Executed code edges of libsolv for solving and ordering; null where they were not counted. */
  work: count.nullable(),
  heapBytes: count,
  /** Milliseconds of loading, indexing, solving and ordering together, each sample of this run; empty where no time was measured. */
  solverMs: z.array(z.number().nonnegative()),
  /** What it costs outside of the solver: estimates, each with what it was counted and timed by. */
  costs: z.array(stepCostSchema),
  /** Promises that it breaks. */
  broken: z.array(z.enum(promiseIds)),
  rerun: z.string(),
});
export type Trial = z.infer<typeof trialSchema>;

/** One figure over machines: the lower median and the most, each with the trial that it is of. Null where nothing was tried. */
const figureSchema = z
  .strictObject({
    median: z.strictObject({ value: z.number(), at: placeSchema }),
    most: z.strictObject({ value: z.number(), at: placeSchema }),
  })
  .nullable();
export type ScoreFigure = z.infer<typeof figureSchema>;

/** On how many machines something holds, and the first one on which it does not. `of` leaves out what nobody can judge. */
const shareSchema = z.strictObject({ holds: count, of: count, not: placeSchema.nullable() });
export type ScoreShare = z.infer<typeof shareSchema>;

/** Low and high estimate in seconds of one part of an update's wall time, on the machine where that part is the median one. */
const wallPartSchema = z.strictObject({
  part: z.enum(wallParts),
  seconds: z.strictObject({ low: z.number().nonnegative(), high: z.number().nonnegative() }),
  /** `measured`: samples of this run. `modelled`: counts of the step times what one was measured, published or assumed to take. */
  basis: z.enum(['measured', 'modelled']),
  at: placeSchema,
});
export type WallPart = z.infer<typeof wallPartSchema>;

/** What decides beside the promises, over the ready machines. */
export const scoreFiguresSchema = z.strictObject({
  /** Machines that boot after each of these. */
  boots: z.strictObject({ install: shareSchema, update: shareSchema, kernelByName: shareSchema }),
  /** Machines all of whose devices the next boot drives after every step. */
  devices: shareSchema,
  /** Machines on which a new build of an installed driver comes alone, is used and breaks nothing. */
  driverAlone: shareSchema,
  /** Of the fresh install. */
  installBytes: figureSchema,
  diskBytes: figureSchema,
  /** Of the update to the next kernel. */
  updateBytes: figureSchema,
  updatePackages: figureSchema,
  updateWork: figureSchema,
  updateHeapBytes: figureSchema,
  /** Runs of depmod that the packages' scripts start in the update, the most that today's scripts would. */
  depmodRuns: figureSchema,
  wall: z.array(wallPartSchema),
});
export type ScoreFigures = z.infer<typeof scoreFiguresSchema>;

const scoredSchema = z.strictObject({
  status: z.literal('scored'),
  /** One for each promise, in their order. */
  cells: z.array(scoreCellSchema),
  figures: scoreFiguresSchema,
  /** The repository of the newest whole build: what a refresh fetches. */
  repository: z.strictObject({
    kernel: z.string(),
    packages: count,
    dependencies: count,
    primaryGzipBytes: count,
  }),
  /** Each update between successive whole builds, oldest first. */
  updates: z.array(schemeUpdateSchema),
  /** The update with the median number of rebuilt packages, by its index in `updates`; null where there is none. */
  medianUpdate: count.nullable(),
  trials: z.array(trialSchema),
  /** What could not be run under this design, and why. */
  notRun: z.array(z.strictObject({ what: z.string(), why: z.string() })),
});

const design = {
  /** As it was asked for: a name or a file, with options. */
  design: z.string(),
  about: z.string(),
};

/** A design by what it keeps and what it costs; one that cannot be read or is refused leaves the others as they are. */
export const scoredDesignSchema = z.discriminatedUnion('status', [
  scoredSchema.extend(design),
  z.strictObject({ ...design, status: z.literal('refused'), error: z.string() }),
]);
export type ScoredDesign = z.infer<typeof scoredDesignSchema>;

export const scorecardSchema = z.strictObject({
  /** What all designs were put to. */
  over: z.strictObject({
    /** Scenarios of the catalogue, traps left out. */
    catalogue: count,
    /** Names of hardware profiles. */
    machines: z.array(z.string()),
    /** Kernel builds, oldest first, whose newest ones the channels have. */
    kernels: z.array(z.string()),
    /** Random histories for each design, requests in each, and their seed; null where none were tried. */
    histories: z.strictObject({ histories: count, requests: count, seed: z.int() }).nullable(),
  }),
  designs: z.array(scoredDesignSchema),
});
export type Scorecard = z.infer<typeof scorecardSchema>;
