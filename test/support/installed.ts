import {
  type AuditInput,
  audit,
  bootableKernel,
  defaultLoaderPolicy,
  type InstalledModule,
  type Payload,
} from '#audit';
import type { KernelBuild, KernelModule } from '#kernel';
import type { Audit, LoaderPolicy } from '#run-document';
import { type PackageSpec, packages } from './packages.js';

/** The image of a build as a package, and each of its kernel modules as another: `nic-kmp-default-6.1.0-1`. */
export function payloads(
  build: KernelBuild,
  only: readonly string[] = build.modules.map(({ name }) => name),
): Payload[] {
  const evr = `${build.upstreamVersion}-${build.revision}`;
  return [
    image(build),
    ...build.modules
      .filter(({ name }) => only.includes(name))
      .map((one) => kmp(build, `${one.name}-kmp-default-${evr}`, [one.name])),
  ];
}

export function image(build: KernelBuild): Payload {
  return {
    package: onePackage(`kernel-default-${build.upstreamVersion}-${build.revision}`, {}),
    kernel: bootableKernel(build),
    modules: [],
  };
}

export interface KmpPlace extends PackageSpec {
  /** Instead of `kernel/`. */
  readonly directory?: string;
}

/** A package `name-version-release` with kernel modules of a build. */
export function kmp(build: KernelBuild, nvr: string, names: readonly string[], place: KmpPlace = {}): Payload {
  const { directory, ...spec } = place;
  const pkg = onePackage(nvr, spec);
  const modules = names.map((name): InstalledModule => {
    const kernelModule = moduleOf(build, name);
    const path = directory === undefined ? kernelModule.path : kernelModule.path.replace('kernel', directory);
    return { release: build.release, flavor: build.flavor, path, package: pkg, kernelModule };
  });
  return { package: pkg, kernel: null, modules };
}

export function moduleOf(build: KernelBuild, name: string): KernelModule {
  const found = build.modules.find((one) => one.name === name);
  if (found === undefined) throw new Error(`this test kernel has no ${name}`);
  return found;
}

function onePackage(nvr: string, spec: PackageSpec): Payload['package'] {
  const [pkg] = packages({ [nvr]: spec });
  if (pkg === undefined) throw new Error('no package');
  return pkg;
}

/** The audit of a machine that is set up as the proposal needs it, but for what is given. */
export function audited(
  installed: readonly Payload[],
  { policy = {}, ...more }: Partial<Omit<AuditInput, 'policy'>> & { readonly policy?: Partial<LoaderPolicy> } = {},
): Audit {
  return audit({
    installed,
    offered: [],
    devices: [],
    root: null,
    ...more,
    policy: { ...defaultLoaderPolicy, ...policy },
  });
}
