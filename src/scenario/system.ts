import { z } from 'zod';

const names = z.array(z.string().min(1));

/** Settings of /etc/zypp/zypp.conf under their own names; what is left out has the value that libzypp has built in. */
export const zyppConfSchema = z.strictObject({
  multiversion: z
    .string()
    .optional()
    .describe(
      'packages that may be installed in several versions, `provides:multiversion(kernel)` unless given; empty: none',
    ),
  'multiversion.kernels': z
    .string()
    .max(4096)
    .optional()
    .describe('kernels that `purge-kernels` keeps, `latest,latest-1,running` unless given; empty: it removes none'),
  'solver.onlyRequires': z.boolean().optional().describe('as if every request had `--no-recommends`'),
  'solver.allowVendorChange': z.boolean().optional().describe('for `in` and `up`; false unless given'),
  'solver.cleandepsOnRemove': z.boolean().optional().describe('as if every `rm` had `--clean-deps`'),
  'solver.dupAllowDowngrade': z.boolean().optional().describe('for `dup`; true unless given'),
  'solver.dupAllowNameChange': z.boolean().optional().describe('for `dup`; true unless given'),
  'solver.dupAllowArchChange': z.boolean().optional().describe('for `dup`; true unless given'),
  'solver.dupAllowVendorChange': z.boolean().optional().describe('for `dup`; false unless given'),
});

/** How the machine is set up. In a step only what changes is stated; a list that is stated replaces the one before. */
export const systemSchema = z.strictObject({
  locks: names.optional().describe('`zypper addlock`: names of packages, `*` as in file names'),
  running: z
    .string()
    .min(1)
    .optional()
    .describe(
      'release of the running kernel; unless given, the one that was booted last (`reboot`), or the first one installed',
    ),
  zyppConf: zyppConfSchema.optional().describe('settings of zypp.conf'),
});
export type SystemSettings = z.infer<typeof systemSchema>;
