import { z } from 'zod';
import { InputError } from '#errors';
import type { KernelBuild, KernelModule } from '#kernel';
import { compareEvr, type Evr, formatEvr } from '#rpm';
import type { PackageSet } from './package-set.js';

const versionOverrideSchema = z.strictObject({
  version: z.string().optional(),
  release: z.string().optional(),
});

/** Every option of every scheme. A scheme lists those it knows; the others are refused, so that no option is ignored in silence. */
export const schemeOptionsSchema = z.strictObject({
  /** Versions of packages whose kernel modules were built anew without the rest, by kernel module name. */
  rebuilt: z.record(z.string(), versionOverrideSchema).optional(),
  /** Whether `kernel-network-driver-all` and its like are made. Default: yes. */
  patterns: z.boolean().optional(),
  /** Firmware as packages: one per vendor directory, or one per driver. Default: none. */
  firmware: z.enum(['vendor', 'driver']).optional(),
  /** How drivers ask for firmware. Default: recommends. */
  firmwareStrength: z.enum(['requires', 'recommends']).optional(),
  /** A changelog in every package, or one package that holds it. Default: neither. */
  changelog: z.enum(['duplicated', 'shared']).optional(),
  /** A licence text in every package, or one package that holds it and that all require. Default: neither. */
  licences: z.enum(['duplicated', 'shared']).optional(),
  /** What the kernel package of `modular` holds beside the image. Default: image. */
  contents: z.enum(['image', 'boot', 'base']).optional(),
  /** Whether packages also require by name and version what depmod says. */
  hardRequires: z.boolean().optional(),
  /** Whether soft dependencies become weak dependencies, and which. Default: neither. */
  softdeps: z.enum(['supplements', 'recommends']).optional(),
  /** Whose packages `split` makes. Default: suse. */
  layout: z.enum(['suse', 'fedora']).optional(),
  /** How `grouped` puts kernel modules together. Default: subsystem. */
  grouping: z.enum(['directory', 'subsystem', 'installer', 'community', 'custom']).optional(),
  /** For `custom`: patterns of paths below the kernel's source tree, by group; `*` and `?` as in file names, `**` across directories. */
  groups: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  /** Seed of `community`. */
  seed: z.int().min(0).optional(),
  /** Kernel modules that come from outside the kernel package, as patterns of names. Default: all. */
  external: z.array(z.string()).min(1).optional(),
  /** Who provides external packages: `suse` in suse-hello-kmp-default. */
  prefix: z.string().optional(),
  /** Version and release of external packages whose kernel modules state none. Default: 1.0 and 0. */
  moduleVersion: z.string().optional(),
  moduleRelease: z.string().optional(),
  /** Where `kabi-in-name` puts the kernel's version. Default: proposal. */
  naming: z.enum(['proposal', 'hackweek25']).optional(),
  /** What `symset` makes one hash of. Default: directory. */
  sets: z.enum(['directory', 'module']).optional(),
  /** Symbols that `rhel-kmod` promises to keep; others that a package needs are noted. */
  stablelist: z.array(z.string()).optional(),
});

/** Options that say nothing of how packages depend on kernels, and that every scheme has. */
export const commonOptions = ['rebuilt', 'patterns', 'firmware', 'firmwareStrength', 'changelog', 'licences'] as const;

export type SchemeOptions = z.infer<typeof schemeOptionsSchema>;

/** A way to make packages of kernel builds. */
export interface Scheme {
  readonly name: string;
  readonly description: string;
  /** Where the scheme is laid down or in use. */
  readonly source: string;
  /** The installer whose rules the packages are made for; `none` where the scheme comes from another package format. */
  readonly client: 'zypper' | 'dnf' | 'none';
  /**
   * The script that makes kernel modules of one kernel visible to another: SUSE's as released, which looks at KMPs outside of kernel/; as
   * in Martin Wilck's branch, which the proposal needs, because its KMPs lie in kernel/; Red Hat's; or none.
   */
  readonly weakModules: 'weak-modules2' | 'weak-modules2-any-directory' | 'weak-modules' | 'none';
  readonly options: readonly (keyof SchemeOptions)[];
  /** What is asked of a package manager to have this kernel, as a user or an image recipe would; names or capabilities. */
  readonly kernelPackages: (flavor: string, options: SchemeOptions) => readonly string[];
  /** Whether packages of a build also say something of the builds published before it. */
  readonly looksBack?: true;
  /**
   * Pure: the same builds and options give the same value.
   * @param earlier builds published before, for a scheme that looks back; no packages are made of them
   * @throws InputError where the builds or options cannot be packaged this way
   */
  package(builds: readonly KernelBuild[], options: SchemeOptions, earlier: readonly KernelBuild[]): PackageSet;
}

/** The version that the whole kernel build was published under. */
export function buildEvr({ upstreamVersion, revision }: KernelBuild): Evr {
  return { epoch: 0, version: upstreamVersion, release: revision };
}

/** SUSE's kernel package, `kernel-default`. */
export function suseKernelPackage(flavor: string): readonly string[] {
  return [`kernel-${flavor}`];
}

/** Names that the default flavor has to itself: `kernel-network-driver-all`, and `kernel-network-driver-all-rt` beside it. */
export function ofFlavor(name: string, { flavor }: KernelBuild): string {
  return flavor === 'default' ? name : `${name}-${flavor}`;
}

/** Oldest first, by version and revision. */
export function byAge(a: KernelBuild, b: KernelBuild): number {
  return compareEvr(buildEvr(a), buildEvr(b));
}

/** `6.1.187-1` */
export function evrText(build: KernelBuild): string {
  return formatEvr(buildEvr(build));
}

/** A package's version: the build's, or that of the one kernel module in it that was built anew. */
export function evrOf(build: KernelBuild, kernelModules: readonly KernelModule[], { rebuilt }: SchemeOptions): Evr {
  const evr = buildEvr(build);
  if (rebuilt === undefined) return evr;
  const overrides = kernelModules.flatMap(({ name }) => rebuilt[name] ?? []);
  const [override] = overrides;
  if (override === undefined) return evr;
  const unlike = overrides.find(({ version, release }) => version !== override.version || release !== override.release);
  if (unlike !== undefined) {
    throw new InputError('invalid', 'two kernel modules of one package were rebuilt with different versions', {
      expected: 'one version per package',
    });
  }
  return { ...evr, version: override.version ?? evr.version, release: override.release ?? evr.release };
}

/** Refuses a build without symbol checksums for a scheme that is made of them. */
export function requireModversions(scheme: string, build: KernelBuild): void {
  if (build.modversions) return;
  throw new InputError(
    'unsupported',
    `kernel build ${build.release} has no symbol checksums, and scheme ${scheme} needs them`,
    {
      expected: 'a kernel built with CONFIG_MODVERSIONS',
      hint: 'take another build, or a scheme that ties packages to the kernel release',
    },
  );
}
