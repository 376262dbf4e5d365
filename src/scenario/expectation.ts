import { z } from 'zod';
import { promiseIds } from '#run-document';
import { refuseContradictions } from './contradiction.js';

const deviceState = z.enum(['driven', 'refused', 'notInstalled', 'noDriver']);
const names = z.array(z.string().min(1));

const boundSchema = z.union([
  z.int().describe('exactly this'),
  z
    .strictObject({ min: z.int().optional(), max: z.int().optional() })
    .refine(({ min, max }) => min !== undefined || max !== undefined, { message: 'needs `min` or `max`' })
    .refine(({ min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }) => min <= max, {
      message: '`min` is above `max`, so nothing can meet it',
    }),
]);
export type Bound = z.infer<typeof boundSchema>;

const count = boundSchema.optional();

/** What is expected of one kernel's kernel modules. */
const kernelAudit = z.strictObject({
  loadable: count.describe('kernel modules it sees and would load'),
  refused: count.describe('kernel modules it sees and does not load'),
  refusals: z
    .strictObject({
      unsupported: count.describe('not supported, on a machine that refuses such'),
      signature: count.describe('not signed with a trusted key, on a machine that enforces signatures'),
      vermagic: count.describe('built for another version or configuration'),
      symbols: count.describe('a symbol is missing, or has another checksum'),
    })
    .optional()
    .describe('the refused ones by what stops them'),
  weakUpdates: count.describe('kernel modules it sees through weak-updates'),
  shadowed: count.describe("files that another one of the same name hides, by depmod's search order"),
  taints: z
    .strictObject({
      proprietary: count.describe('P: a licence that is not compatible'),
      outOfTree: count.describe('O: built outside of the kernel tree'),
      unsigned: count.describe('E: not signed with a trusted key'),
      unsupported: count.describe('N: not supported'),
      externalSupport: count.describe('X: supported by somebody else'),
    })
    .optional()
    .describe('loadable kernel modules that would taint it'),
  initrd: z
    .strictObject({
      kernelModules: count.describe('kernel modules that it holds'),
      made: z.boolean().optional().describe('whether this step made it anew'),
      lacks: names.optional().describe('kernel modules that one made now would hold, and this one does not'),
      keeps: names.optional().describe('kernel modules it holds that are not installed any more, or not the same'),
    })
    .optional()
    .describe('its initrd; `lacks: []` and `keeps: []`: none at all'),
  root: z
    .enum(['mounted', 'notMounted'])
    .optional()
    .describe('whether everything is there to mount the root file system, where the hardware profile has `root`'),
  devices: z
    .record(z.string(), deviceState)
    .optional()
    .describe('state of every device of a class (`network`), of one device by its name, or of all (`*`)'),
});
export type KernelAuditExpectation = z.infer<typeof kernelAudit>;

/** Counters of the run document that a scenario can hold to. */
export const expectableCounters = [
  'solvables',
  'installed',
  'jobs',
  'rulesTotal',
  'learnt',
  'decisions',
  'problems',
  'steps',
  'solves',
] as const;

/** What a step must lead to; each key that is given is checked, and each was first seen in libsolv's or zypper's own behaviour. */
export const expectationFields = z.strictObject({
  status: z.enum(['solved', 'unsolvable']).optional().describe('what the solver says; both are results'),
  transaction: z
    .strictObject({
      installs: names.optional().describe('names (or NEVRAs) that must be installed or upgraded to'),
      doesNotInstall: names.optional().describe('names (or NEVRAs) that must not'),
      erases: names.optional().describe('names (or NEVRAs) that must go, also those that are upgraded from'),
      doesNotErase: names.optional().describe('names (or NEVRAs) that must stay'),
      steps: z.int().nonnegative().optional().describe('exact number of steps'),
    })
    .optional()
    .describe('what comes and goes'),
  problems: z
    .strictObject({
      types: names.optional().describe("libsolv's rule types that must occur"),
      mention: names.optional().describe('texts that must occur in a dependency or package of a problem'),
    })
    .optional()
    .describe('of an unsolvable request'),
  counters: z
    .partialRecord(z.enum(expectableCounters), boundSchema)
    .optional()
    .describe('exact counts of the solve, by the names they have in the run document'),
  sizes: z
    .strictObject({
      downloadBytes: boundSchema.optional().describe('of all packages that come'),
      installedBytesChange: boundSchema.optional().describe('installed minus removed'),
    })
    .optional()
    .describe('of the transaction'),
  audit: kernelAudit
    .extend({
      nextBoot: z.string().optional().describe('release of the kernel that the next boot takes'),
      kernels: z.record(z.string(), kernelAudit).optional().describe('the same for installed kernels by release'),
    })
    .optional()
    .describe('of the kernel of the next boot'),
  promises: z
    .partialRecord(z.enum(promiseIds), z.enum(['kept', 'broken', 'notApplicable']))
    .optional()
    .describe('what becomes of what a machine must keep, by the names that [promises](promises.md) have'),
  violations: z.int().nonnegative().optional().describe('what the independent verifier finds wrong; 0 unless given'),
});
export const expectationSchema = expectationFields.superRefine((claims, context) =>
  refuseContradictions(claims, context),
);
export type Expectation = z.infer<typeof expectationSchema>;
