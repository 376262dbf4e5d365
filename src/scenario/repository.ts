import { z } from 'zod';

export const kernelName = z
  .string()
  .min(1)
  .describe('a ready kernel build (`kmplab kernel show` lists them), or the path of one');

const packagePatterns = z.array(z.string().min(1)).min(1);

const driverSchema = z.strictObject({
  kernelModule: z.string().min(1).describe('the kernel module of the build that was rebuilt'),
  kernel: kernelName.describe('the build it was compiled for'),
  version: z.string().min(1).describe('version of its package'),
  revision: z.string().min(1).describe('release of its package'),
});

export const externalSchemes = ['suse-kmp', 'kabi-in-name', 'rhel-kmod', 'fedora-kmod'] as const;

const externalDriverSchema = z.strictObject({
  kernelModule: z.string().min(1).describe('name of the kernel module; one that the kernel has too is a replacement'),
  like: z
    .string()
    .min(1)
    .optional()
    .describe(
      'kernel module of the build that it imports, drives and weighs the same as; unless given, the one of its own name',
    ),
  kernel: kernelName.describe('the build it was compiled for'),
  version: z.string().min(1).describe('version of the driver'),
  revision: z.string().min(1).default('1').describe('release of its package'),
  scheme: z
    .string()
    .default('suse-kmp')
    .describe(`how its maker packages it: ${externalSchemes.join(', ')}, with options as in \`suse-kmp prefix=acme\``),
  directory: z
    .enum(['updates', 'extra'])
    .default('updates')
    .describe('directory below /lib/modules/<release>; depmod prefers both to the kernel package’s own'),
  signer: z.string().min(1).optional().describe('name of the key that signed it; unsigned unless given'),
});
export type ExternalDriver = z.infer<typeof externalDriverSchema>;

const dependencies = z.array(z.string().min(1)).optional();

const packageSchema = z.strictObject({
  arch: z
    .string()
    .regex(/^[a-z0-9_]+$/)
    .optional()
    .describe('`noarch`, `aarch64`; that of the kernel builds beside it unless given, x86_64 where there are none'),
  requires: dependencies.describe('as `rpm -q --requires` prints them: `kmod(ext4.ko)`, `(kmod(tun.ko) if kernel)`'),
  provides: dependencies.describe('besides itself'),
  conflicts: dependencies.describe('what it excludes'),
  obsoletes: dependencies.describe('names that it takes the place of'),
  recommends: dependencies.describe('what it would like'),
  supplements: dependencies.describe('what it goes along with'),
});
export type PlainPackage = z.infer<typeof packageSchema>;

/** What an update is for, as updateinfo.xml has it. */
export const advisoryTypes = ['security', 'recommended', 'optional', 'feature'] as const;

const patchSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/, 'a name such as kernel-2026-1')
    .describe('what zypper calls it'),
  category: z.enum(advisoryTypes).describe('what it is for'),
  packages: packagePatterns.describe(
    'packages of this repository that it brings, by name or NEVRA, `*` as in file names',
  ),
});

/** What a repository offers; everything in it is packaged under the scenario's scheme, external drivers under their own. */
export const repositorySchema = z
  .strictObject({
    kernels: z.array(kernelName).default([]).describe('kernel builds, each packaged whole'),
    drivers: z
      .array(driverSchema)
      .default([])
      .describe('single drivers rebuilt on their own: same kernel, newer package'),
    externalDrivers: z
      .array(externalDriverSchema)
      .default([])
      .describe('drivers from outside the kernel package, each compiled for one build'),
    packages: z
      .record(
        z.string().regex(/^[^-\s].*-[^-\s]+-[^-\s]+$/, 'a name-version-release such as dracut-059-1'),
        packageSchema,
      )
      .default({})
      .describe('packages that carry nothing of a kernel, user space say, by name-version-release'),
    patterns: z
      .boolean()
      .default(false)
      .describe('also the patterns such as `kernel-network-driver-all`, for each kernel'),
    userspace: z
      .boolean()
      .default(false)
      .describe(
        'also the user space of a plain machine, which asks for what it needs of a kernel; `base-system` requires all of it',
      ),
    only: packagePatterns
      .optional()
      .describe(
        'of all these packages only those of such a name (or NEVRA), `*` as in file names: a repository refreshed halfway',
      ),
    without: packagePatterns.optional().describe('and not those of such a name (or NEVRA)'),
    changedChecksums: z
      .array(z.string().min(1))
      .default([])
      .describe('symbols that have another checksum in these kernel builds, as if types behind them had changed'),
    patches: z.array(patchSchema).default([]).describe('updates that the repository publishes, for `patch`'),
    vendor: z.string().min(1).optional().describe('vendor of the packages; zypper does not change it unless allowed'),
    priority: z.int().min(0).max(200).default(99).describe("zypper's priority: lower wins"),
  })
  .refine(
    ({ kernels, drivers, externalDrivers, packages }) =>
      [...kernels, ...drivers, ...externalDrivers, ...Object.keys(packages)].length > 0,
    {
      message: 'a repository needs `kernels`, `drivers`, `externalDrivers` or `packages`',
    },
  );
/** What a repository of a channel is made of besides; nobody writes it: `channel` comes to it. */
export interface ChannelParts {
  /** Kernel builds are published one after the other, instead of packaged side by side. */
  readonly publication?: Publication | undefined;
  /** Ordinary packages of a distribution. */
  readonly ordinary?: { readonly packages: number; readonly seed: number } | undefined;
}

export interface Publication {
  /** Of an update all packages, or those alone that must be built again. */
  readonly publish: 'all' | 'changed';
  /** Whether a package without a kernel image stays when a newer one of its name is published. */
  readonly retention: boolean;
}

export type RepositorySpec = z.infer<typeof repositorySchema> & ChannelParts;
