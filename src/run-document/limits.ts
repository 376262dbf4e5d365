import { z } from 'zod';
import { environmentSchema } from './environment.js';
import { phaseSchema } from './measurement.js';

/** Moves whenever a key changes its meaning or goes. */
export const limitsVersion = 1;

const edges = z.int().nonnegative();

/** One size of a shape: executed code edges of libsolv by phase, which are the same on every machine, and its memory. */
const limitsPointSchema = z.strictObject({
  size: z.int().positive(),
  work: z.partialRecord(phaseSchema, edges),
  heapBytesMax: edges,
});
export type LimitsPoint = z.infer<typeof limitsPointSchema>;

/** Why a shape was not grown any further. */
const stopSchema = z.discriminatedUnion('by', [
  /** The next size would only confirm it: a phase took more than this. */
  z.strictObject({ by: z.literal('work'), limit: z.int().positive() }),
  z.strictObject({ by: z.literal('size'), limit: z.int().positive() }),
  /** The size that had no answer within the time or the memory that it may take. */
  z.strictObject({ by: z.enum(['time', 'memory']), size: z.int().positive(), limit: z.int().positive() }),
  /** The size at which libsolv's code trapped: out of C's stack, say. */
  z.strictObject({ by: z.literal('trap'), size: z.int().positive() }),
]);
export type LimitsStop = z.infer<typeof stopSchema>;

/** Something that grows faster than the packages. */
const limitsFindSchema = z.strictObject({
  of: z.union([phaseSchema, z.literal('memory')]),
  /** Between the two largest sizes. */
  exponent: z.number(),
  /** The smallest size from which every doubling shows it. */
  from: z.int().positive(),
  /** The smallest testcase that shows it, of twice that size; null where none was written. */
  testcase: z.string().nullable(),
  /** The same two sizes by native testsolv, processor seconds of the whole program; null where nobody tried. */
  native: z
    .strictObject({
      sizes: z.tuple([z.int(), z.int()]),
      seconds: z.tuple([z.number(), z.number()]),
      exponent: z.number(),
    })
    .nullable(),
});
export type LimitsFind = z.infer<typeof limitsFindSchema>;

export const limitsShapeSchema = z.strictObject({
  shape: z.string(),
  /** What grows. */
  question: z.string(),
  points: z.array(limitsPointSchema),
  /** The exponent of each phase from each size to the next. */
  slopes: z.array(
    z.strictObject({
      of: z.union([phaseSchema, z.literal('memory')]),
      from: z.int(),
      to: z.int(),
      exponent: z.number(),
    }),
  ),
  stop: stopSchema,
  finds: z.array(limitsFindSchema),
});
export type LimitsShape = z.infer<typeof limitsShapeSchema>;

/** Where libsolv breaks: graphs of dependencies, grown until a bound. */
export const limitsSchema = z.strictObject({
  format: z.literal('kmplab/limits'),
  version: z.literal(limitsVersion),
  libsolv: environmentSchema.shape.libsolv,
  /** An exponent above this is faster than the packages. */
  exponentMax: z.number(),
  shapes: z.array(limitsShapeSchema),
});
export type Limits = z.infer<typeof limitsSchema>;
