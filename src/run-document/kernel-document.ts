import { z } from 'zod';
import { churnSchema, graphFactsSchema, kernelSummarySchema, namedCountSchema } from './kernel-facts.js';

const subsystemSchema = z.strictObject({
  name: z.string(),
  kernelModules: z.int(),
  bytes: z.number(),
  exports: z.int(),
  imports: z.int(),
});

/** What one kernel build is: what `kmplab kernel show A --json` prints and its page shows. */
export const kernelFactsDocumentSchema = z.strictObject({
  format: z.literal('kmplab/kernel-facts'),
  version: z.literal(1),
  kernel: kernelSummarySchema,
  modversions: z.boolean(),
  /** Whether the list of the image's exports is complete, or only what kernel modules import. */
  exportsFrom: z.enum(['symvers', 'inferred']),
  builtin: z.int(),
  source: z.strictObject({
    kind: z.string(),
    files: z.array(z.strictObject({ name: z.string(), sha256: z.string().nullable() })),
  }),
  subsystems: z.array(subsystemSchema),
  /** Aliases by the bus they name; those that name none are `other`. */
  buses: z.array(namedCountSchema),
  softdeps: z.int(),
  weakdeps: z.int(),
  firmware: z.int(),
  signatures: z.array(
    z.strictObject({
      signer: z.string().nullable(),
      format: z.string().nullable(),
      keyId: z.string().nullable(),
      hashAlgorithm: z.string().nullable(),
      kernelModules: z.int(),
    }),
  ),
  /** Kernel modules by what the vendor promises; empty where nobody says. */
  support: z.array(namedCountSchema),
  licenses: z.array(namedCountSchema),
  warnings: z.array(z.strictObject({ code: z.string(), count: z.int(), examples: z.array(z.string()) })),
  graph: graphFactsSchema,
});
export type KernelFactsDocument = z.infer<typeof kernelFactsDocumentSchema>;

/**
 * What changed from one build to another: what `kmplab kernel show A B --json` prints and its page shows. `broken` is always of the older
 * build: kernel modules with another vermagic, or that import a symbol which is gone or has another CRC. `brokenInAll` is what no longer
 * loads where only the image is new: these, those that depend on one of these, but not an importer of another kernel module's symbol whose older
 * exporter still loads.
 */
export const kernelDiffDocumentSchema = z.strictObject({
  format: z.literal('kmplab/kernel-diff'),
  version: z.literal(1),
  from: kernelSummarySchema,
  to: kernelSummarySchema,
  /** Whether each build has CRCs at all. */
  modversions: z.strictObject({ from: z.boolean(), to: z.boolean() }),
  churn: churnSchema,
  /** Of the older build, those with the most broken kernel modules first. */
  subsystems: z.array(
    z.strictObject({ name: z.string(), kernelModules: z.int(), broken: z.int(), brokenInAll: z.int() }),
  ),
  /** Changed and lost symbols with the largest blast radius: kernel modules that import it, and all that depend on these. */
  symbols: z.array(
    z.strictObject({
      symbol: z.string(),
      exporter: z.string(),
      change: z.enum(['changed', 'lost']),
      direct: z.int(),
      transitive: z.int(),
    }),
  ),
  /** How many changed or lost symbols have how many importers: `count` have a number of them in [from, to). */
  importersOfChanged: z.array(z.strictObject({ from: z.number(), to: z.number(), count: z.int() })),
  /** Names by subsystem; `dependent` are those that only fall with what they depend on. */
  brokenModules: z.array(
    z.strictObject({ subsystem: z.string(), broken: z.array(z.string()), dependent: z.array(z.string()) }),
  ),
  modulesAdded: z.array(z.string()),
  modulesLost: z.array(z.string()),
});
export type KernelDiffDocument = z.infer<typeof kernelDiffDocumentSchema>;
