import { z } from 'zod';
import { environmentSchema } from './environment.js';
import { phaseSchema } from './measurement.js';
import { outcomeStatuses } from './outcome.js';

/** Moves whenever a key changes its meaning or goes. */
export const comparisonVersion = 1;

/** One of the two that are compared. */
const sideSchema = z.strictObject({
  /** As it was asked for: `0.7.32+order-index`, a design, a directory, a commit. */
  name: z.string(),
  libsolv: environmentSchema.shape.libsolv,
  kmplab: environmentSchema.shape.kmplab,
});
export type ComparedSide = z.infer<typeof sideSchema>;

/** The first names of a list that only one side has, and how many there are in all. */
const namesSchema = z.strictObject({ first: z.array(z.string()), total: z.int().nonnegative() });

/** What of an answer differs. */
const differenceSchema = z.discriminatedUnion('aspect', [
  z.strictObject({
    aspect: z.literal('outcome'),
    a: z.enum(outcomeStatuses),
    b: z.enum(outcomeStatuses),
  }),
  /** Other steps of the transaction, whatever their order: `install a-1-1.noarch`. */
  z.strictObject({ aspect: z.literal('transaction'), onlyA: namesSchema, onlyB: namesSchema }),
  /** The same steps, in another order from this index on. */
  z.strictObject({ aspect: z.literal('order'), from: z.int().nonnegative(), a: z.string(), b: z.string() }),
  /** Problems by the types of their rules. */
  z.strictObject({ aspect: z.literal('problems'), onlyA: namesSchema, onlyB: namesSchema }),
  z.strictObject({
    aspect: z.enum(['recommendedNotInstalled', 'orphaned', 'unknown']),
    onlyA: namesSchema,
    onlyB: namesSchema,
  }),
  /** How many decisions the solver took on the way to the same. */
  z.strictObject({ aspect: z.literal('decisions'), a: z.int().nonnegative(), b: z.int().nonnegative() }),
]);
export type AnswerDifference = z.infer<typeof differenceSchema>;

const answerSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('same') }),
  z.strictObject({ state: z.literal('differs'), differences: z.array(differenceSchema).min(1) }),
  /** Why a side has none; null for the side that has one. */
  z.strictObject({ state: z.literal('missing'), a: z.string().nullable(), b: z.string().nullable() }),
]);
export type ComparedAnswer = z.infer<typeof answerSchema>;

/** An exact count on both sides: `work.solve`, `rulesTotal`, `rules.pkg`, `heapBytesMax`. */
const movedSchema = z.strictObject({ metric: z.string(), a: z.number(), b: z.number() });
export type MovedCount = z.infer<typeof movedSchema>;

/**
 * What was made of a ratio of times, b to a. `same`: its whole interval lies within the margin. `faster`, `slower`: beyond it. Anything
 * else is `unknown`: it cannot be told.
 */
const judgementSchema = z.enum(['same', 'faster', 'slower', 'unknown']);
export type TimeJudgement = z.infer<typeof judgementSchema>;

const judgedTimeSchema = z.strictObject({
  phase: phaseSchema,
  /** Median milliseconds; of all requests together: the sum of their medians. */
  aMs: z.number().nonnegative(),
  bMs: z.number().nonnegative(),
  ratio: z.number().positive(),
  low: z.number().nonnegative(),
  high: z.number().positive(),
  judgement: judgementSchema,
  /** Pairs of samples that would tell, as far as those taken show; null where it is told, or where no number would help. */
  pairsToTell: z.int().positive().nullable(),
});
export type JudgedTime = z.infer<typeof judgedTimeSchema>;

const comparedStepSchema = z.strictObject({
  scenario: z.string(),
  step: z.string(),
  /** The request in zypper's words. */
  request: z.string(),
  file: z.string().nullable(),
  rerun: z.string().nullable(),
  answer: answerSchema,
  /** Only what differs. */
  moved: z.array(movedSchema),
  /** Raw samples of both sides in milliseconds, pair by pair. Empty where no time was taken. */
  samples: z.array(
    z.strictObject({
      phase: phaseSchema,
      aMs: z.array(z.number().nonnegative()),
      bMs: z.array(z.number().nonnegative()),
    }),
  ),
  /** Phases that are long enough for the clock. */
  times: z.array(judgedTimeSchema),
});
export type ComparedStep = z.infer<typeof comparedStepSchema>;

/** Two of something, compared on the same requests: answers, then exact counts, then time taken in turns. Facts only. */
export const comparisonSchema = z.strictObject({
  format: z.literal('kmplab/comparison'),
  version: z.literal(comparisonVersion),
  /** What the two sides are. */
  of: z.enum(['libsolv', 'commit', 'design', 'repository']),
  a: sideSchema,
  b: sideSchema,
  seed: z.int(),
  host: environmentSchema.omit({ libsolv: true, kmplab: true }),
  steps: z.array(comparedStepSchema),
  /** Sums over all requests that both sides answered. */
  totals: z.array(movedSchema),
  /** How time was taken and judged; null where none was. */
  timing: z
    .strictObject({
      /** Processor time of the thread or of the whole process, which other programs do not lengthen. */
      clock: z.enum(['threadCpu', 'processCpu']),
      pairs: z.int().positive(),
      /** 0.02: a ratio between 1/1.02 and 1.02 is the same. */
      margin: z.number().positive(),
      confidence: z.number(),
      /** Of the phases of single requests that are called different, the share that may be so by chance. */
      falseDiscoveryRate: z.number(),
      /** Each phase over all requests. */
      phases: z.array(judgedTimeSchema),
    })
    .nullable(),
  /** What could not be compared, and why. */
  notCompared: z.array(z.strictObject({ what: z.string(), why: z.string() })),
});
export type Comparison = z.infer<typeof comparisonSchema>;
