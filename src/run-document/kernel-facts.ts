import { z } from 'zod';

/** Five numbers that say how a count is spread over the kernel modules of a build. */
export const spreadSchema = z.strictObject({
  mean: z.number(),
  p50: z.number(),
  p90: z.number(),
  p99: z.number(),
  max: z.number(),
});
export type Spread = z.infer<typeof spreadSchema>;

export const namedCountSchema = z.strictObject({ name: z.string(), count: z.number() });
export type NamedCount = z.infer<typeof namedCountSchema>;

/** The graph of kernel modules: an edge from importer to exporter. Image exports are counted apart. */
export const graphFactsSchema = z.strictObject({
  release: z.string(),
  kernelModules: z.int(),
  edges: z.int(),
  imports: z.int(),
  importsFromImage: z.int(),
  exports: z.int(),
  exportsOfImage: z.int(),
  exportingModules: z.int(),
  leaves: z.int(),
  withoutDependency: z.int(),
  withoutHardwareAlias: z.int(),
  aliases: z.int(),
  cycles: z.int(),
  /** ksym requires of a kernel module. */
  importsPerModule: spreadSchema,
  exportsPerModule: spreadSchema,
  outDegree: spreadSchema,
  inDegree: spreadSchema,
  /** Kernel modules a kernel module needs, directly or not, without itself. */
  closure: spreadSchema,
  depth: spreadSchema,
  /** Importers of a symbol that somebody imports. */
  fanIn: spreadSchema,
  symbolsWithOneUser: z.int(),
  /** Most needed kernel modules: how many others need each, directly and in all. */
  hubs: z.array(z.strictObject({ name: z.string(), direct: z.int(), transitive: z.int() })),
  /** Symbols with the largest blast radius: kernel modules that stop loading, directly or through a dependency, when its CRC changes. */
  blastRadius: z.array(
    z.strictObject({ symbol: z.string(), exporter: z.string(), direct: z.int(), transitive: z.int() }),
  ),
  /**
   * All that the kernel module with the largest closure needs, itself on layer 0 and each other one below all that import from it. Null where
   * no kernel module needs another, or where there is no layering: with cycles.
   */
  deepest: z
    .strictObject({
      kernelModule: z.string(),
      nodes: z.array(z.strictObject({ name: z.string(), layer: z.int().nonnegative() })),
      edges: z.array(z.strictObject({ from: z.string(), to: z.string() })),
    })
    .nullable()
    .default(null),
  /** Histograms ready to draw: how many kernel modules have a value in [from, to). */
  histograms: z.array(
    z.strictObject({
      of: z.enum(['imports', 'inDegree', 'outDegree', 'closure', 'depth', 'fanIn']),
      bins: z.array(z.strictObject({ from: z.number(), to: z.number(), count: z.int() })),
    }),
  ),
});
export type GraphFacts = z.infer<typeof graphFactsSchema>;

/** What one update of the kernel changes in the kABI, and what that breaks. */
export const churnSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  symbols: z.int(),
  changed: z.int(),
  added: z.int(),
  lost: z.int(),
  /** Exports of the image of `from` of which an inferred list of `to` cannot tell whether they are still there. */
  unknown: z.int(),
  kernelModules: z.int(),
  /** Direct: kernel modules of `from` that the loader of `to` would refuse for themselves. */
  broken: z.int(),
  /** Of these, those whose vermagic is refused, whatever they import. */
  brokenByVermagic: z.int(),
  /** All: kernel modules of `from` that no longer load where only the image is new, because of what they import or of what they depend on. */
  brokenInAll: z.int(),
  /** Kernel modules that load as far as is known, and import symbols of which it is not known. */
  undecided: z.int(),
  brokenBySubsystem: z.array(namedCountSchema),
  /** Changed or lost symbols in order of how many kernel modules import them. */
  responsible: z.array(namedCountSchema),
});
export type Churn = z.infer<typeof churnSchema>;

export const kernelSummarySchema = z.strictObject({
  release: z.string(),
  version: z.string(),
  arch: z.string(),
  flavor: z.string(),
  kernelModules: z.int(),
  kernelModuleBytes: z.number(),
  exports: z.int(),
  imports: z.int(),
  warnings: z.int(),
  /** When the distribution built it; left out where nobody said. */
  date: z.iso.date().optional(),
});
export type KernelSummary = z.infer<typeof kernelSummarySchema>;

export const repositorySummarySchema = z.strictObject({
  name: z.string(),
  scheme: z.string(),
  kernels: z.array(z.string()),
  packages: z.int(),
  dependencies: z.int(),
  primaryBytes: z.int(),
  primaryGzipBytes: z.int(),
  primaryZstdBytes: z.int().nullable(),
  solvBytes: z.int().nullable(),
  /** SHA-256 of repomd.xml: one number for "same repository". */
  repomdSha256: z.string(),
  phases: z.array(z.strictObject({ phase: z.string(), samplesMs: z.array(z.number()) })),
});
export type RepositorySummary = z.infer<typeof repositorySummarySchema>;
