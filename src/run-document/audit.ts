import { z } from 'zod';

/** One import that the kernel's loader would refuse: the symbol, the checksum compiled in, and the one found (null: not found). */
export const refusedImportSchema = z.strictObject({
  symbol: z.string(),
  wanted: z.string(),
  found: z.string().nullable(),
});

export const refusedModuleSchema = z.strictObject({
  kernelModule: z.string(),
  package: z.string(),
  /** Every refused import is counted; the first ones are listed. */
  refusedImports: z.int().positive(),
  examples: z.array(refusedImportSchema).min(1),
});
export type RefusedModule = z.infer<typeof refusedModuleSchema>;

export const auditedKernelSchema = z.strictObject({
  release: z.string(),
  package: z.string(),
  /** Kernel modules whose file this kernel can see: its own directory, or a link in weak-updates. */
  visible: z.int().nonnegative(),
  loadable: z.int().nonnegative(),
  /** Of the visible ones, how many came through weak-updates. */
  weakUpdates: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  /** The first refused ones, by name; `refused` counts all. */
  refusedExamples: z.array(refusedModuleSchema),
});
export type AuditedKernel = z.infer<typeof auditedKernelSchema>;

export const deviceStates = [
  'driven', // an installed kernel module matches and this kernel loads it, or it is built in
  'refused', // one matches and is installed, and this kernel's loader refuses it
  'notInstalled', // a repository in reach has one, it is not installed
  'noDriver', // nobody has one
] as const;

export const auditedDeviceSchema = z.strictObject({
  device: z.string(),
  class: z.string(),
  modalias: z.string(),
  /** Release of the kernel this line is about. */
  kernel: z.string(),
  state: z.enum(deviceStates),
  /** Kernel modules that match, `(built-in)` after those in the image. */
  drivers: z.array(z.string()),
});
export type AuditedDevice = z.infer<typeof auditedDeviceSchema>;

/** What the machine would really have after the transaction: what each installed kernel loads, and which devices work. */
export const auditSchema = z.strictObject({
  kernels: z.array(auditedKernelSchema),
  devices: z.array(auditedDeviceSchema),
  /** Release of the newest installed kernel, the one that the next boot takes; null when none is installed. */
  nextBoot: z.string().nullable(),
});
export type Audit = z.infer<typeof auditSchema>;

/** What the independent verifier found wrong with the resulting set of packages, empty when all is well. */
export const violationSchema = z.strictObject({
  kind: z.enum(['requires', 'conflicts', 'obsoletes', 'same-name', 'file-conflict']),
  package: z.string(),
  /** The dependency, or the file path. */
  subject: z.string(),
  other: z.string().nullable(),
});
export type Violation = z.infer<typeof violationSchema>;
