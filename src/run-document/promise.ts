import { z } from 'zod';
import { deviceStates, loadRefusals, neededStates } from './audit.js';
import { boundReachedSchema } from './outcome.js';
import { unaskedReasons } from './step-facts.js';

/** What a machine must keep, whatever it is asked for. `src/promise` judges each; docs/promises.md tells them. */
export const promiseIds = [
  'drivenStaysDriven',
  'rootMounted',
  'nothingRefused',
  'kernelComplete',
  'driverAlone',
  'vendorReplaces',
  'oneOwner',
  'kernelLeavesNothing',
  'nothingUnasked',
  'againNothing',
  'withinBudget',
  'noMoreDownload',
] as const;
export type PromiseId = (typeof promiseIds)[number];

/** What breaks a promise. */
export const evidenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('device'), device: z.string(), kernel: z.string(), state: z.enum(deviceStates) }),
  z.strictObject({ kind: z.literal('rootNeed'), need: z.string(), kernel: z.string(), state: z.enum(neededStates) }),
  /** No kernel is installed any more. */
  z.strictObject({ kind: z.literal('noKernel') }),
  z.strictObject({
    kind: z.literal('refused'),
    kernel: z.string(),
    kernelModule: z.string(),
    package: z.string(),
    reason: z.enum(loadRefusals),
  }),
  z.strictObject({ kind: z.literal('unsolvable') }),
  z.strictObject({ kind: z.literal('noAnswer'), within: boundReachedSchema }),
  /** A kernel that was asked for and did not come. */
  z.strictObject({ kind: z.literal('kernelMissing'), kernel: z.string() }),
  /** A kernel that came beside the one that was asked for, or with a driver. */
  z.strictObject({ kind: z.literal('kernelCame'), kernel: z.string() }),
  z.strictObject({ kind: z.literal('kernelWent'), kernel: z.string() }),
  z.strictObject({ kind: z.literal('unused'), package: z.string(), builtFor: z.string() }),
  /** A vendor's kernel module came or went, and the kernel of the next boot does not load what it should now. */
  z.strictObject({
    kind: z.literal('vendor'),
    kernelModule: z.string(),
    package: z.string(),
    change: z.enum(['came', 'went']),
  }),
  z.strictObject({ kind: z.literal('file'), path: z.string(), packages: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('left'), package: z.string() }),
  z.strictObject({ kind: z.literal('unasked'), package: z.string(), why: z.enum(unaskedReasons) }),
  z.strictObject({ kind: z.literal('again'), steps: z.int().nonnegative() }),
  z.strictObject({
    kind: z.literal('budget'),
    of: z.enum(['work', 'heapBytes']),
    found: z.number(),
    budget: z.number(),
  }),
  z.strictObject({ kind: z.literal('download'), bytes: z.number(), monolithicBytes: z.number() }),
]);
export type Evidence = z.infer<typeof evidenceSchema>;

/** Why a promise says nothing of a step. */
export const notApplicableReasons = [
  'otherScheme', // the request was written for another scheme, and asks for what this one does not have
  'unknownName', // nobody in reach has what was asked for
  'unsolvable', // the request was refused and the machine is as it was
  'nothingDriven', // no device had a driver before
  'noKernel', // none was installed before, or the last one was removed on request
  'removalAsked', // the drivers themselves were to be removed
  'noKernelAsked',
  'noDriverAsked',
  'noVendor', // no vendor's kernel module came or went
  'noKernelWent',
  'nothingCame',
  'monolithic', // it is the monolithic kernel
  'notCompared', // nobody ran the same with the monolithic kernel
  'notBuilt', // nobody in reach has built the driver for that kernel: no design could have kept it
  'locked', // the person said that packages stay as they are
  'vendor', // a vendor's package, which nobody who packages a kernel writes, is refused or unused, or brought its kernel
] as const;

/** Why nobody knows whether a promise was kept. That never counts as kept. */
export const notJudgedReasons = [
  'noAnswer', // the request was ended before the solver had one
  'rootUnknown', // no hardware profile says what mounting the root file system takes
  'notTriedAgain',
  'workNotCounted',
] as const;

const promise = z.enum(promiseIds);

export const promiseResultSchema = z.discriminatedUnion('status', [
  z.strictObject({ promise, status: z.literal('kept') }),
  z.strictObject({
    promise,
    status: z.literal('broken'),
    /** All of it is counted, the first ones are listed. */
    total: z.int().positive(),
    evidence: z.array(evidenceSchema).min(1),
  }),
  z.strictObject({ promise, status: z.literal('notApplicable'), why: z.enum(notApplicableReasons) }),
  z.strictObject({ promise, status: z.literal('notJudged'), why: z.enum(notJudgedReasons) }),
]);
export type PromiseResult = z.infer<typeof promiseResultSchema>;
export const promiseStatuses = [
  'kept',
  'broken',
  'notApplicable',
  'notJudged',
] as const satisfies PromiseResult['status'][];
export type PromiseStatus = PromiseResult['status'];
