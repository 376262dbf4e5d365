import type { KernelBuild } from '../build.js';
import { evolve } from '../evolve/evolve.js';
import { hashOf } from '../evolve/hash.js';
import { loadObservedReach, type ObservedReach } from '../evolve/observed.js';
import { regimeNamed } from '../evolve/regime.js';
import type { Derivation } from './name.js';

/** Makes builds from others. */
export type Deriver = (build: KernelBuild, derivation: Derivation) => KernelBuild;

/** @throws InputError by what it returns: `missing` for an unknown regime */
export async function kernelDeriver(): Promise<Deriver> {
  const observed = await loadObservedReach();
  return (build, derivation) => derive(build, derivation, observed);
}

function derive(build: KernelBuild, derivation: Derivation, observed: ObservedReach): KernelBuild {
  switch (derivation.kind) {
    case 'flavor':
      return sibling(build, { flavor: derivation.flavor }, observed);
    case 'arch':
      return sibling(build, { arch: derivation.arch }, observed);
    case 'evolved': {
      const regime = regimeNamed(derivation.regime);
      let next = build;
      // The seeds of a history's evolved builds.
      for (let step = 1; step <= derivation.builds; step++)
        next = evolve(next, regime, derivation.seed + step, observed);
      return next;
    }
  }
}

/**
 * The same sources compiled with another configuration: every checksum that reaches a type of the base differs, as between Debian's flavors,
 * and versions do not.
 */
function sibling(
  build: KernelBuild,
  other: { readonly flavor?: string; readonly arch?: string },
  observed: ObservedReach,
): KernelBuild {
  const { flavor = build.flavor, arch = build.arch } = other;
  if (flavor === build.flavor && arch === build.arch) return build;
  const seed = Math.floor(hashOf(`${flavor} ${arch}`, 'sibling') * 2 ** 32);
  const changed = evolve(build, regimeNamed('core-struct'), seed, observed);
  const release = siblingRelease(build, flavor, arch);
  return {
    ...changed,
    release,
    upstreamVersion: build.upstreamVersion,
    revision: build.revision,
    flavor,
    arch,
    modules: changed.modules.map((kernelModule) => ({
      ...kernelModule,
      vermagic: kernelModule.vermagic?.replace(changed.release, release) ?? null,
    })),
    source: { kind: 'evolved', files: [{ name: `${build.release}, ${flavor} for ${arch}`, sha256: null }] },
  };
}

/** How Debian's releases end, which alone tell builds of one version and two architectures apart. */
const debianNames: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
  ppc64le: 'powerpc64le',
  s390x: 's390x',
};

/** `6.1.0-56-amd64` to `6.1.0-56-rt-amd64` and to `6.1.0-56-arm64`; `6.4.0-150600.23-default` to `6.4.0-150600.23-rt`. */
function siblingRelease(build: KernelBuild, flavor: string, arch: string): string {
  const [before, after] = [debianNames[build.arch] ?? build.arch, debianNames[arch] ?? arch];
  const isDebians = build.release.endsWith(`-${before}`);
  const stem = isDebians ? build.release.slice(0, -before.length - 1) : build.release;
  const named =
    flavor === build.flavor ? stem : `${stem.replace(new RegExp(`-${escaped(build.flavor)}$`), '')}-${flavor}`;
  return isDebians ? `${named}-${after}` : named;
}

function escaped(text: string): string {
  return text.replace(/[^\w-]/g, '\\$&');
}
