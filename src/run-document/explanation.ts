import { z } from 'zod';
import { deviceStates } from './audit.js';
import { transactionStepSchema } from './step.js';

/** Why something is so. Each kind is one true relation of packages, jobs or hardware that a reader can look up. */
export const reasonKinds = [
  'asked', // the request names it, or means everything
  'locked', // a lock of the administrator
  'kept', // it is installed and must stay or be updated, or nothing speaks against its staying
  'requires', // `by` requires one of `dependencies`
  'recommends',
  'supplements', // the package wants to be where `dependencies` are
  'hardware', // a modalias of this machine
  'nothingProvides', // no package in reach provides one of `dependencies`, which the package requires
  'notInstallable', // another architecture, excluded, or a repository of lesser priority
  'conflicts',
  'sameName', // only one version of a name at a time
  'obsoletes',
  'policy', // one of libsolv's rules that are no dependency: best candidate, dist-upgrade, repository priority
  'learnt', // a consequence the solver found while it searched; what it follows from is below it
  'above', // told before in the same tree
  'absent', // the package is not there in the end; below it is why
  'gone', // it was there and the transaction takes it away
  'unneeded', // nothing that is there requires, recommends or is supplemented by it
  'noHardware', // it supplements hardware that this machine has not got
  'withheld', // what it supplements is there, and libsolv's rules for weak dependencies leave it out all the same
  'outranked', // another version was preferred, by priority, version or vendor
  'possible', // nothing stands against it: asked for by name it would come
  'chosen', // one of several that would do, or nothing forced it
] as const;
export type ReasonKind = (typeof reasonKinds)[number];

const statementSchema = z.strictObject({
  kind: z.enum(reasonKinds),
  /** The package whose coming, staying or absence is stated; null where two or none are. */
  package: z.string().nullable(),
  /** Whether that package is there in the end; null at a contradiction. */
  installed: z.boolean().nullable(),
  /** The package that brings the dependency. */
  by: z.string().nullable(),
  /** The first ones of `dependenciesTotal` with the same packages behind them. */
  dependencies: z.array(z.string()),
  dependenciesTotal: z.int().nonnegative(),
  /** The whole as a sentence without full stop. */
  text: z.string(),
});

/** One statement, and below it what it follows from: a tree whose leaves are requests, locks, installed packages, hardware and gaps. */
export type Reason = z.infer<typeof statementSchema> & { because: Reason[] };
export const reasonSchema: z.ZodType<Reason> = statementSchema.extend({
  because: z.lazy(() => z.array(reasonSchema)),
});

/** A symbol that a kernel exports otherwise than a package was compiled for; `found` null: not at all. */
export const changedSymbolSchema = z.strictObject({
  symbol: z.string(),
  wanted: z.string(),
  found: z.string().nullable(),
});
export type ChangedSymbol = z.infer<typeof changedSymbolSchema>;

/** How the symbols that a package imports fare with one kernel, its image and its packages in reach taken together. */
export const kabiJudgementSchema = z.strictObject({
  kernel: z.string(),
  /** Exported with another checksum. */
  changed: z.int().nonnegative(),
  /** Exported by nobody who belongs to that kernel. */
  missing: z.int().nonnegative(),
  /** The first three, changed ones before missing ones, by name. */
  examples: z.array(changedSymbolSchema),
});
export type KabiJudgement = z.infer<typeof kabiJudgementSchema>;

/** A package tied to the kABI of one kernel build and in need of another: it was not rebuilt. */
export const kabiConflictSchema = z.strictObject({
  package: z.string(),
  /** Symbols it imports, or sets of symbols under schemes that tie packages to those. */
  symbols: z.int().positive(),
  /** The kernel it was compiled for, as its version or its repository's kernel tells; null when that is not in reach. */
  builtFor: z.string().nullable(),
  /** The newest kernel in reach, installed ones included, that exports all of its symbols; null when none does. */
  lastCompatible: z.string().nullable(),
  /** Kernels that do not fit; those of the conflict before the others, newest first. */
  notFor: z.array(kabiJudgementSchema),
  /** The whole as a sentence without full stop. */
  text: z.string(),
});
export type KabiConflict = z.infer<typeof kabiConflictSchema>;

/** What the machine would have at its next boot. */
const solutionDevicesSchema = z.strictObject({
  nextBoot: z.string().nullable(),
  driven: z.int().nonnegative(),
  /** Driven at the next boot before, and no more after. */
  lost: z.array(z.strictObject({ device: z.string(), state: z.enum(deviceStates) })),
});
export type SolutionDevices = z.infer<typeof solutionDevicesSchema>;

/** What taking a way out would do, from a second solve with it taken. */
export const solutionEffectSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('solved'),
    /** Ways out of the other problems that had to be taken with it, in libsolv's words. */
    together: z.array(z.string()),
    /** The first steps of `stepsTotal`. */
    steps: z.array(transactionStepSchema),
    stepsTotal: z.int().nonnegative(),
    /** Null where nobody looked at the machine. */
    devices: solutionDevicesSchema.nullable(),
  }),
  z.strictObject({ status: z.literal('notTried'), why: z.string() }),
]);
export type SolutionEffect = z.infer<typeof solutionEffectSchema>;

export const solutionSchema = z.strictObject({
  /** What has to be given up, in libsolv's words, an element a line. */
  elements: z.array(z.string()),
  effect: solutionEffectSchema,
});
export type Solution = z.infer<typeof solutionSchema>;
