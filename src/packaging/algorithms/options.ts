import { z } from 'zod';
import { commonOptionsSchema } from '../parts/common-options.js';

/** Options that algorithms take. A design has those it declares. */
export const algorithmOptions = {
  /** For grouping `custom`: patterns of paths below the kernel's source tree, by group; `*` and `?` as in file names, `**` across directories. */
  groups: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  /** Of grouping `community`. */
  seed: z.int().min(0).optional(),
  /** Kernel modules that come from outside the kernel package, as patterns of names. Default: all. */
  external: z.array(z.string()).min(1).optional(),
  /** Version and release of packages whose kernel modules state none. Default: 1.0 and 0. */
  moduleVersion: z.string().optional(),
  moduleRelease: z.string().optional(),
  /** Symbols that are promised to be kept; others that a package needs are noted. */
  stablelist: z.array(z.string()).optional(),
} as const;

export const designOptionsSchema = commonOptionsSchema.extend(algorithmOptions);
export type DesignOptions = z.infer<typeof designOptionsSchema>;
