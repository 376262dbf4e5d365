import { z } from 'zod';
import { auditSchema } from './audit.js';

const count = z.int().nonnegative();

export const driverStates = [
  'compatible', // its every symbol is there with the same checksum, or it requires this kernel exactly
  'replaced', // it does not fit, and packages that fit have all of its kernel modules
  'incompatible',
] as const;

export const supportLevels = ['supported', 'external', 'unsupported', 'unknown'] as const;

/** A capability that a package requires and a kernel does not have like this, with the values as the packages write them. */
export const unmetSymbolSchema = z.strictObject({
  /** `ksym(default:printk)` */
  symbol: z.string(),
  /** Null where any will do. */
  wanted: z.string().nullable(),
  /** Null where nobody provides the symbol to this kernel. */
  found: z.string().nullable(),
});
export type UnmetSymbol = z.infer<typeof unmetSymbolSchema>;

export const checkedDriverSchema = z.strictObject({
  package: z.string(),
  vendor: z.string().nullable(),
  kernelModules: z.array(z.string()),
  /** The least that one of its kernel modules has; `unknown` where no kernel build says. */
  support: z.enum(supportLevels),
  kernels: z.array(
    z.strictObject({
      release: z.string(),
      state: z.enum(driverStates),
      unmetTotal: count,
      /** The first of them. */
      unmet: z.array(unmetSymbolSchema),
    }),
  ),
});
export type CheckedDriver = z.infer<typeof checkedDriverSchema>;

/** One thing that is wrong with a system's drivers. */
export const supportFaultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('noKernel') }),
  /** A driver package that a kernel of its flavor cannot use; `unmet` is null where it is for another kernel altogether. */
  z.strictObject({
    kind: z.literal('misfit'),
    package: z.string(),
    kernel: z.string(),
    unmet: unmetSymbolSchema.nullable(),
    unmetTotal: count,
  }),
  z.strictObject({ kind: z.literal('unsupported'), package: z.string() }),
  /** Named like a driver, and no repository says what it requires. */
  z.strictObject({ kind: z.literal('unstated'), package: z.string() }),
  /** Of kernel modules that a kernel sees its loader refuses this many; one of them is named. */
  z.strictObject({ kind: z.literal('refused'), kernel: z.string(), refused: count, first: z.string() }),
  z.strictObject({ kind: z.literal('notDriven'), device: z.string(), kernel: z.string() }),
  z.strictObject({ kind: z.literal('rootNotMounted'), kernel: z.string() }),
]);
export type SupportFault = z.infer<typeof supportFaultSchema>;

/** Whether the drivers of a described or real system fit its kernels and are supported: what `kmplab audit --json` prints. */
export const supportResultSchema = z.strictObject({
  kernels: z.array(z.strictObject({ release: z.string(), package: z.string(), vendor: z.string().nullable() })),
  drivers: z.array(checkedDriverSchema),
  /** Empty when all is well. */
  faults: z.array(supportFaultSchema),
  /** Packages named like drivers whose dependencies no repository states. */
  unknown: z.array(z.string()),
  /** What the loader would say, where the kernel modules themselves are known. */
  audit: auditSchema.nullable(),
});
export type SupportResult = z.infer<typeof supportResultSchema>;
