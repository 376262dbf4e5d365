import { z } from 'zod';
import { InputError } from '#errors';
import type { KernelBuild, KernelModule } from '#kernel';
import { type Evr, formatEvr } from '#rpm';

const versionOverrideSchema = z.strictObject({
  version: z.string().optional(),
  release: z.string().optional(),
});

/** Options that say nothing of how packages depend on kernels, and that every design has. */
export const commonOptionsSchema = z.strictObject({
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
  /** Bytes of each of its ten entries; docs/schemes.md has Debian's. Default: one line. */
  changelogEntryBytes: z.int().min(1).max(1_000_000).optional(),
  /** A licence text in every package, or one package that holds it and that all require. Default: neither. */
  licences: z.enum(['duplicated', 'shared']).optional(),
});

export type CommonOptions = z.infer<typeof commonOptionsSchema>;

/** The version that the whole kernel build was published under. */
export function buildEvr({ upstreamVersion, revision }: KernelBuild): Evr {
  return { epoch: 0, version: upstreamVersion, release: revision };
}

/** Names that the default flavor has to itself: `kernel-network-driver-all`, and `kernel-network-driver-all-rt` beside it. */
export function ofFlavor(name: string, { flavor }: KernelBuild): string {
  return flavor === 'default' ? name : `${name}-${flavor}`;
}

/** `6.1.187-1` */
export function evrText(build: KernelBuild): string {
  return formatEvr(buildEvr(build));
}

/** A package's version: the build's, or that of the one kernel module in it that was built anew. */
export function evrOf(build: KernelBuild, kernelModules: readonly KernelModule[], { rebuilt }: CommonOptions): Evr {
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
