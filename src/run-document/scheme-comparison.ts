import { z } from 'zod';
import { outcomeStatuses } from './outcome.js';

/** What a build service has to do under a scheme for one kernel update. */
export const schemeUpdateSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** All packages of the newer build, patterns left out. */
  packages: z.int().nonnegative(),
  /** Those that must be built and published, by why: see docs/methods.md, "Packages rebuilt per update". */
  rebuilt: z.strictObject({
    image: z.int().nonnegative(),
    new: z.int().nonnegative(),
    changed: z.int().nonnegative(),
    tied: z.int().nonnegative(),
  }),
});
export type SchemeUpdate = z.infer<typeof schemeUpdateSchema>;

/** One request on one machine, in the numbers by which schemes compare. */
export const machineStepSchema = z.strictObject({
  name: z.enum(['install', 'update']),
  request: z.string(),
  status: z.enum(outcomeStatuses),
  /** Packages that come. */
  packages: z.int().nonnegative(),
  downloadBytes: z.number().nonnegative(),
  installedBytesChange: z.number(),
  /** Devices that need a driver, and those that the next boot's kernel drives. */
  devices: z.int().nonnegative(),
  driven: z.int().nonnegative(),
  /** Kernel modules that the next boot's loader refuses. */
  refused: z.int().nonnegative(),
});
export type MachineStep = z.infer<typeof machineStepSchema>;

/** What one scheme costs and does, on the kernel builds of the run and on every ready hardware profile. */
export const schemeComparisonSchema = z.strictObject({
  /** Name and options: `grouped grouping=installer`. */
  scheme: z.string(),
  /** Name of the repository of the newest build, whose size stands for the scheme's. */
  repository: z.string(),
  /** Each update between successive builds, oldest first. */
  updates: z.array(schemeUpdateSchema),
  machines: z.array(z.strictObject({ hardware: z.string(), steps: z.array(machineStepSchema) })),
});
export type SchemeComparison = z.infer<typeof schemeComparisonSchema>;
