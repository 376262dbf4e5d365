import { z } from 'zod';
import { crcSchema, deviceStates } from './audit.js';
import { askerSchema } from './statement.js';
import { transactionStepSchema } from './step.js';

/** A symbol's CRC, or the hash of a set of symbols as its packages write it: hexadecimal digits, more than eight. */
export const checksumSchema = z.union([crcSchema, z.string()]);
export type Checksum = z.infer<typeof checksumSchema>;

/** A symbol that a kernel exports otherwise than a package was compiled for; `found` null: not at all. */
export const changedSymbolSchema = z.strictObject({
  symbol: z.string(),
  wanted: checksumSchema,
  found: checksumSchema.nullable(),
});
export type ChangedSymbol = z.infer<typeof changedSymbolSchema>;

/** How the symbols that a package imports fare with one kernel, its image and its packages in reach taken together. */
export const kabiJudgementSchema = z.strictObject({
  kernel: z.string(),
  /** What that kernel is to the one the package was built for; unknown where that is. */
  relation: z.enum(['same', 'older', 'newer', 'unknown']),
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
  notFor: z.array(kabiJudgementSchema).min(1),
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

/** One thing that a solution gives up. */
export const solutionElementSchema = z.discriminatedUnion('kind', [
  /** A job of the queue, by libsolv's name of its action; `what`: a capability or packages that would do, null for everything. */
  z.strictObject({
    kind: z.literal('job'),
    asker: askerSchema,
    action: z.string(),
    what: z.array(z.string()).nullable(),
  }),
  /** An installed package. */
  z.strictObject({ kind: z.literal('erase'), package: z.string() }),
  /** A policy that keeps an installed package from being replaced: downgrades, changes of architecture, vendor or name. */
  z.strictObject({
    kind: z.literal('replace'),
    package: z.string(),
    replacement: z.string(),
    reasons: z.array(z.enum(['downgrade', 'archChange', 'vendorChange', 'nameChange'])),
  }),
  /** One of libsolv's rules that speak against a package, by libsolv's name: it stays, or comes, all the same. */
  z.strictObject({ kind: z.literal('rule'), rule: z.string(), package: z.string(), installed: z.boolean() }),
  /** An element that a newer libsolv added, by its number. */
  z.strictObject({ kind: z.literal('other'), raw: z.int() }),
]);
export type SolutionElement = z.infer<typeof solutionElementSchema>;

/** What taking a way out would do, from a second solve with it taken. */
export const solutionEffectSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('solved'),
    /** Ways out of the other problems that had to be taken with it. */
    together: z.array(z.array(solutionElementSchema)),
    /** The first steps of `stepsTotal`. */
    steps: z.array(transactionStepSchema),
    stepsTotal: z.int().nonnegative(),
    /** Null where nobody looked at the machine. */
    devices: solutionDevicesSchema.nullable(),
  }),
  z.strictObject({
    status: z.literal('notTried'),
    /** There are more than `number` problems to be solved together, more than `number` ways out of one, or `number` problems remain. */
    why: z.enum(['manyProblems', 'manySolutions', 'problemsRemain']),
    number: z.int().nonnegative(),
  }),
]);
export type SolutionEffect = z.infer<typeof solutionEffectSchema>;

export const solutionSchema = z.strictObject({
  elements: z.array(solutionElementSchema),
  effect: solutionEffectSchema,
});
export type Solution = z.infer<typeof solutionSchema>;
