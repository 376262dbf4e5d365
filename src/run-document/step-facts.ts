import { z } from 'zod';
import { outcomeStatuses } from './outcome.js';

/** Of a list that may be long: how many there are, and the first ones by name. */
function firstOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ total: z.int().nonnegative(), first: z.array(item) });
}

/** What a name of a request means to the repositories in reach and to what is installed. */
export const askedMeanings = [
  'kernel', // a package with a kernel's image
  'kernelModules', // packages with kernel modules and no image
  'other', // packages that carry nothing of a kernel
  'nothing', // nobody in reach has it
  'otherScheme', // nobody in reach has it, and it was written for another scheme
] as const;

export const askedNameSchema = z.strictObject({
  name: z.string(),
  means: z.enum(askedMeanings),
  /** A package that it means was installed before. */
  installed: z.boolean(),
  /** Release of the newest kernel that it means, or whose version is in the name of a package of kernel modules; null where it means none. */
  kernel: z.string().nullable(),
});
export type AskedName = z.infer<typeof askedNameSchema>;

export const unaskedReasons = [
  'otherKernel', // a kernel beside the one that was asked for, or a kernel module of such a one
  'second', // brings a kernel module that the machine already has, in another package and for the same kernel
  'nobody', // has kernel modules that no device matches, and nothing that somebody asked for needs it
] as const;

export const unaskedSchema = z.strictObject({ package: z.string(), why: z.enum(unaskedReasons) });

/**
 * What a request met and what it changed, as far as a promise asks: with it a promise is judged without the packages. Kernels go by release,
 * packages by NEVRA.
 */
export const stepFactsSchema = z.strictObject({
  /** Whether the kernel's packages are those of the scheme `monolithic`, which others are held against. */
  isMonolithic: z.boolean(),
  verb: z.string(),
  names: z.array(askedNameSchema),
  /** The machine that the request met, its devices already swapped. */
  before: z.strictObject({
    nextBoot: z.string().nullable(),
    kernels: z.array(z.string()),
    /** Devices that the kernel of the next boot would have driven. */
    driven: z.array(z.string()),
  }),
  came: z.strictObject({
    kernels: z.array(z.string()),
    /** Those of them beside the one that was asked for, or beside the newest where everything newer was. */
    otherKernels: z.array(z.string()),
    /** Packages with kernel modules and no kernel. */
    drivers: z.int().nonnegative(),
    /** Those of them whose kernel modules are not all loaded by the kernel of the next boot, nor by the installed kernel they were built for. */
    unused: firstOf(z.strictObject({ package: z.string(), builtFor: z.string() })),
    unasked: firstOf(unaskedSchema),
  }),
  went: z.strictObject({
    kernels: z.array(z.string()),
    /** Packages whose kernel modules are for one of these, and that no installed kernel loads. */
    left: firstOf(z.string()),
  }),
  /** Kernel modules of another vendor than the kernel's, where the kernel's own packages have one of that name. */
  vendors: z.array(
    z.strictObject({
      kernelModule: z.string(),
      package: z.string(),
      change: z.enum(['came', 'went']),
      /** Whether the kernel of the next boot loads what it should now: the vendor's, or after that went the kernel's own. */
      used: z.boolean(),
    }),
  ),
  /** The same request once more, on the machine as it is then; null where nobody tried. */
  again: z.strictObject({ status: z.enum(outcomeStatuses), steps: z.int().nonnegative() }).nullable(),
  /**
   * Packages and metadata that the machine has fetched so far, this request included, and the same machine with a monolithic kernel; null where
   * nobody compares.
   */
  monolithic: z.strictObject({ bytes: z.number().nonnegative(), monolithicBytes: z.number().nonnegative() }).nullable(),
  /** Metadata of the repositories in reach, as gzip. */
  metadataBytes: z.number().nonnegative(),
});
export type StepFacts = z.infer<typeof stepFactsSchema>;
