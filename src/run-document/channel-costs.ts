import { z } from 'zod';

/** Where a number comes from. */
const sourceSchema = z.enum([
  /** Sizes of the files that were written. */
  'writtenFiles',
  /** zchunk's own tools, on these files. */
  'zchunk',
  /** The packed pieces of the packages that came, as they lie in the cache. */
  'piecesOfPackages',
  /** libsolv in this process: times are of its processor. */
  'libsolvHere',
  /** The design, unfolded over two builds. */
  'design',
  /** Measured sizes, times what is assumed of the fleet. */
  'fleet',
  /** Counts of this channel, times the rates that are assumed, by list scheduling over workers. */
  'buildRates',
]);
export type ChannelCostSource = z.infer<typeof sourceSchema>;

const figure = {
  value: z.number().nonnegative(),
  unit: z.enum(['bytes', 'bytesPerDay', 'seconds', 'packages', 'rules']),
  basis: z.enum(['measured', 'modelled']),
  source: sourceSchema,
};

const machineCosts = [
  'refreshFull',
  'refreshUnchanged',
  'refreshAfterUpdate',
  'refreshZchunk',
  'refreshPieces',
  'parse',
  'freshLoad',
  'freshIndex',
  'freshSolve',
  'freshOrder',
  'freshRules',
  'freshMemory',
  'updateDownload',
] as const;
const mirrorCosts = ['metadataToday', 'metadataZchunk', 'packages'] as const;
const buildCosts = ['packagesBuilt', 'build', 'sign', 'publish', 'processor', 'elapsed'] as const;

const list = <What extends readonly [string, ...string[]]>(what: What) =>
  z.array(z.strictObject({ what: z.enum(what), ...figure }));

/** What a channel costs everybody: machines that have it in reach, mirrors, the build service. */
export const channelCostsSchema = z.strictObject({
  format: z.literal('kmplab/channel-costs'),
  version: z.literal(1),
  scheme: z.string(),
  kernels: z.int().positive(),
  packages: z.int().positive(),
  assumed: z.strictObject({
    machines: z.int().positive(),
    refreshesPerDay: z.number().positive(),
    daysBetweenUpdates: z.number().positive(),
    workers: z.int().positive(),
    /** Processor time of compiling one kernel, of writing one package, of signing one, and of publishing one that is kept. */
    compileSeconds: z.number().positive(),
    packageSeconds: z.number().positive(),
    signSeconds: z.number().positive(),
    publishSeconds: z.number().positive(),
  }),
  machine: list(machineCosts),
  mirror: list(mirrorCosts),
  buildService: list(buildCosts),
});
export type ChannelCosts = z.infer<typeof channelCostsSchema>;
/** One of its numbers. */
export type ChannelCost = Pick<ChannelCosts['machine'][number], 'value' | 'unit' | 'basis' | 'source'> & {
  readonly what: (typeof machineCosts)[number] | (typeof mirrorCosts)[number] | (typeof buildCosts)[number];
};
