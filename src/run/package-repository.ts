import { type Payload, payloadFinder } from '#audit';
import type { KernelBuild } from '#kernel';
import { packageBuilds, packageDriverUpdate, withDriverUpdate } from '#packaging';
import { nevra, type RpmPackage, rpmvercmp } from '#rpm';
import type { RepositorySpec } from '#scenario';

/** The content of a repository before it is written: its packages, and by NEVRA what of a kernel each carries. */
export interface RepositoryContent {
  readonly packages: readonly RpmPackage[];
  readonly payloads: ReadonlyMap<string, Payload>;
}

export interface ContentSpec extends Pick<RepositorySpec, 'kernels' | 'drivers' | 'patterns'> {
  /** Kernel builds published before, in other repositories or none: some schemes provide again what those had. */
  readonly earlier?: readonly string[];
}

/** Packages every kernel build and driver of a repository under a scheme. `builds` has each kernel that the spec names. */
export function packageRepository(
  scheme: string,
  spec: ContentSpec,
  builds: ReadonlyMap<string, KernelBuild>,
): RepositoryContent {
  const payloads = new Map<string, Payload>();
  const add = (packages: readonly RpmPackage[], build: KernelBuild): void => {
    const payloadOf = payloadFinder(build);
    for (const pkg of packages) payloads.set(nevra(pkg), payloadOf(pkg));
  };
  const earlier = (spec.earlier ?? []).map((name) => kernelOf(builds, name));
  const kernels = spec.kernels.map((name) => kernelOf(builds, name)).sort(byAge);
  const { packages } = packageBuilds(scheme, kernels, { patterns: spec.patterns }, earlier);
  const finders = kernels.map(payloadFinder);
  for (const pkg of packages) {
    const found = finders.map((payloadOf) => payloadOf(pkg));
    const carrying = found.find(({ kernel, modules }) => kernel !== null || modules.length > 0);
    payloads.set(nevra(pkg), carrying ?? { package: pkg, kernel: null, modules: [] });
  }
  for (const { kernel, kernelModule, version, revision } of spec.drivers) {
    const build = kernelOf(builds, kernel);
    const update = { kernelModule, version, release: revision, driverVersion: version, earlier };
    add(packageDriverUpdate(scheme, build, update, { patterns: false }).packages, withDriverUpdate(build, update));
  }
  return { packages: [...payloads.values()].map((payload) => payload.package), payloads };
}

function kernelOf(builds: ReadonlyMap<string, KernelBuild>, name: string): KernelBuild {
  const build = builds.get(name);
  if (build === undefined) throw new Error(`kmplab bug: kernel ${name} was not loaded`);
  return build;
}

function byAge(a: KernelBuild, b: KernelBuild): number {
  return rpmvercmp(a.upstreamVersion, b.upstreamVersion) || rpmvercmp(a.revision, b.revision);
}
