import { z } from 'zod';

/** How the machine is set up, as far as loading kernel modules depends on it. What is not given follows from the scheme. */
export const loaderSchema = z.strictObject({
  weakModules: z
    .enum(['weak-modules2', 'weak-modules2-any-directory', 'weak-modules', 'none'])
    .optional()
    .describe(
      'the script that links kernel modules into another kernel: weak-modules2 as released, or for any directory; or that of Red Hat',
    ),
  searchOrder: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('depmod.d(5) `search`: directories below /lib/modules/<release>, first wins'),
  unsupportedModules: z
    .enum(['allow', 'refuse'])
    .optional()
    .describe("modprobe's `allow_unsupported_modules`; `allow` unless given"),
  signatures: z
    .enum(['enforce', 'taint'])
    .optional()
    .describe(
      'whether kernel modules not signed by a trusted key are refused, as under secure boot; `taint` unless given',
    ),
  enrolledKeys: z
    .array(z.string().min(1))
    .default([])
    .describe("keys enrolled besides the kernel's own, by the name in the certificate, as a ueficert package does"),
});
export type LoaderSpec = z.infer<typeof loaderSchema>;
