import { type Payload, payloadFinder } from '#audit';
import { ordinaryPackages, publishedOverTime } from '#channel';
import { grouped } from '#collections';
import { InputError, invariant } from '#errors';
import { globPattern } from '#files';
import { type KernelBuild, parseDerivedName, withChangedChecksums } from '#kernel';
import { packageBuilds, packageDriverUpdate, withDriverUpdate } from '#packaging';
import type { Advisory } from '#repomd';
import { nevra, type RpmPackage, rpmvercmp } from '#rpm';
import { type ContentSpec, kernelsOf } from './content-spec.js';
import { packageExternalDriver } from './external-driver.js';
import { partOf } from './kernel-part.js';
import { plainPackages } from './plain-packages.js';

/** The content of a repository before it is written: its packages, and by NEVRA what of a kernel each carries. */
export interface RepositoryContent {
  readonly packages: readonly RpmPackage[];
  readonly payloads: ReadonlyMap<string, Payload>;
  /** Updates it publishes. */
  readonly advisories: readonly Advisory[];
}

/** Packages every kernel build and driver of a repository under a scheme. `builds` has each kernel that the spec names. @throws InputError */
export function packageRepository(
  scheme: string,
  spec: ContentSpec,
  builds: ReadonlyMap<string, KernelBuild>,
): RepositoryContent {
  return offeredOf(allPackaged(scheme, spec, builds), spec);
}

/** All that is packaged for a repository, whatever of it the repository then holds. @throws InputError */
export function allPackaged(
  scheme: string,
  spec: ContentSpec,
  builds: ReadonlyMap<string, KernelBuild>,
): readonly Payload[] {
  const payloads = new Map<string, Payload>();
  const add = (packages: readonly RpmPackage[], build: KernelBuild): void => {
    const payloadOf = payloadFinder(build);
    for (const pkg of packages) payloads.set(nevra(pkg), payloadOf(pkg));
  };
  const buildNamed = (name: string): KernelBuild => {
    const build = builds.get(name);
    invariant(build !== undefined, `kernel ${name} was not loaded`);
    return build;
  };
  // A derived build was made of the part.
  const partNamed = (name: string): KernelBuild =>
    spec.kernelModules === undefined || parseDerivedName(name) !== null
      ? buildNamed(name)
      : partOf(buildNamed(name), spec.kernelModules);
  const earlier = (spec.earlier ?? []).map(partNamed);
  const changed = spec.changedChecksums ?? [];
  const kernels = spec.kernels.map((name) => withChangedChecksums(partNamed(name), changed)).sort(byAge);
  if (spec.publication === undefined) {
    const { packages } = packageBuilds(scheme, kernels, { patterns: spec.patterns }, earlier);
    const finders = kernels.map(payloadFinder);
    for (const pkg of packages) {
      const found = finders.map((payloadOf) => payloadOf(pkg));
      const carrying = found.find(({ kernel, modules }) => kernel !== null || modules.length > 0);
      payloads.set(nevra(pkg), carrying ?? { package: pkg, kernel: null, modules: [] });
    }
  } else {
    const lines = [...grouped(kernels, ({ flavor, arch }) => `${flavor}.${arch}`).values()];
    for (const { packages, build } of publishedOverTime(scheme, lines, spec.publication)) add(packages, build);
  }
  for (const { kernel, kernelModule, version, revision } of spec.drivers) {
    const build = partNamed(kernel);
    const update = { kernelModule, version, release: revision, driverVersion: version, earlier };
    add(packageDriverUpdate(scheme, build, update, { patterns: false }).packages, withDriverUpdate(build, update));
  }
  for (const driver of spec.externalDrivers ?? []) {
    const external = packageExternalDriver(buildNamed(driver.kernel), driver);
    add(external.packages, external.build);
  }
  const [arch = 'x86_64'] = kernelsOf(spec).map((name) => buildNamed(name).arch);
  const ordinary = spec.ordinary === undefined ? [] : ordinaryPackages(spec.ordinary, arch);
  for (const pkg of [...plainPackages(spec.packages ?? {}, arch), ...ordinary])
    payloads.set(nevra(pkg), { package: pkg, kernel: null, modules: [] });
  return [...payloads.values()];
}

/** Of all that was packaged what the repository holds, under its vendor. @throws InputError where a name of the spec is not there */
export function offeredOf(
  all: readonly Payload[],
  { only, without = [], patches = [], vendor }: ContentSpec,
): RepositoryContent {
  const wanted = matcher(only ?? ['**'], all);
  const unwanted = matcher(without, all);
  const payloads = all
    .filter(({ package: pkg }) => wanted(pkg) && !unwanted(pkg))
    .map((payload) => (vendor === undefined ? payload : { ...payload, package: { ...payload.package, vendor } }));
  return {
    packages: payloads.map((payload) => payload.package),
    payloads: new Map(payloads.map((payload) => [nevra(payload.package), payload])),
    advisories: patches.map(({ name, category, packages }) => {
      const chosen = matcher(packages, payloads);
      const brought = payloads.map((payload) => payload.package).filter(chosen);
      return { id: name, type: category, title: name, packages: brought };
    }),
  };
}

function matcher(patterns: readonly string[], all: readonly Payload[]): (pkg: RpmPackage) => boolean {
  const tests = patterns.map((pattern) => {
    const test = globPattern(pattern);
    const matches = (pkg: RpmPackage): boolean => test.test(pkg.name) || test.test(nevra(pkg));
    if (all.some((payload) => matches(payload.package))) return matches;
    throw new InputError('missing', `no package here is called like "${pattern}"`, {
      hint: 'leave the pattern out, or look the names up with kmplab generate',
    });
  });
  return (pkg) => tests.some((matches) => matches(pkg));
}

function byAge(a: KernelBuild, b: KernelBuild): number {
  return rpmvercmp(a.upstreamVersion, b.upstreamVersion) || rpmvercmp(a.revision, b.revision);
}
