import type { KernelBuild, KernelModule } from '#kernel';
import type { Dependency, Evr } from '#rpm';
import type { PackageDraft } from './assemble.js';
import { capability, crcHex8, fileBaseName, kmodCapability, SymbolCapabilities, versioned } from './capability.js';
import { divide, kernelVersionTag, moduleEvr } from './external.js';
import { packageWith } from './frame.js';
import { symbolProvides, unameRelease } from './kernel-image.js';
import { mergeNeighbours } from './modalias-supplements.js';
import { commonOptions, requireModversions, type Scheme, type SchemeOptions } from './scheme.js';
import { fedoraCore, fedoraName, kernelSymbols } from './split.js';

const name = 'rhel-kmod';

/**
 * Red Hat's driver packages: `kmod-foo` requires `kernel(sym) = 0x0000abcd` for symbols of the kernel packages, `ksym(sym) = …` for
 * those of other drivers, and provides its hardware, `modalias(pci:…) = 1.2`, which dnf does not act on. weak-modules links
 * a driver into later kernels whose symbols are the same: the file stays in the directory it was built for.
 *
 * Sources: kernel-srpm-macros (find-provides.ksyms, find-requires.ksyms, modalias.prov, kmodtool); kmod's weak-modules.
 */
export const rhelKmod: Scheme = {
  name,
  description: 'kmod-* driver packages: kernel(sym) and ksym(sym) = 0xcrc, modalias() as provides',
  source: 'Fedora and CentOS Stream kernel-srpm-macros, kmod',
  client: 'dnf',
  weakModules: 'weak-modules',
  options: [...commonOptions, 'external', 'moduleVersion', 'moduleRelease', 'stablelist'],
  kernelPackages: (flavor) => [fedoraName({ flavor }, 'core')],
  package(builds, options) {
    const made = packageWith(name, builds, options, (build) => buildDrafts(build, options));
    const notes = builds.flatMap((build) => offStablelist(build, options)).sort();
    return notes.length === 0 ? made : { ...made, notes };
  },
};

function buildDrafts(build: KernelBuild, options: SchemeOptions): PackageDraft[] {
  requireModversions(name, build);
  const { external, inKernel } = divide(build, options);
  const ofKernel = kernelSymbols();
  const ofDrivers = new SymbolCapabilities((symbol, crc) => versioned(`ksym(${symbol})`, crcHex8(crc)));
  const core = fedoraCore(build, ofKernel, options, []);
  const kernelExports = [build.image, ...inKernel].flatMap(({ exports }) => exports);
  const inSymvers = new Set(kernelExports.map((symbol) => symbol.name));
  const requirement = ({ name: symbol, crc }: { name: string; crc: number }): Dependency =>
    (inSymvers.has(symbol) ? ofKernel : ofDrivers).of(symbol, crc);
  return [
    {
      ...core,
      kernelModules: inKernel,
      provides: [
        ...(core.provides ?? []),
        ...inKernel.map(({ path }) => kmodCapability(path)),
        ...inKernel.flatMap(({ exports }) => symbolProvides(ofKernel, exports)),
      ],
    },
    ...external.map((kernelModule): PackageDraft => {
      const base = fileBaseName(kernelModule.path);
      const evr = driverEvr(build, kernelModule, options);
      return {
        name: build.flavor === 'default' ? `kmod-${base}` : `kmod-${base}-${build.flavor}`,
        evr,
        build,
        summary: `${base} kernel module`,
        description: `Kernel module ${kernelModule.name}, built for Linux ${build.release}.`,
        kernelModules: [kernelModule],
        // Where kmodtool's specs install to, and all that weak-modules looks at.
        moduleDirectory: 'extra',
        provides: [
          unameRelease(build, 'kernel-modules', 'GE'),
          versioned(`${base}-kmod`, evr.version, evr.release),
          kmodCapability(kernelModule.path),
          ...symbolProvides(ofDrivers, kernelModule.exports),
          ...modaliasProvides(kernelModule),
        ],
        requires: kernelModule.imports.map(requirement),
      };
    }),
  ];
}

/** Drivers carry no kernel in their version; the release tells the builds for one kernel and the next apart, as dist tags do. */
function driverEvr(build: KernelBuild, kernelModule: KernelModule, options: SchemeOptions): Evr & { release: string } {
  const evr = moduleEvr(kernelModule, options);
  return { ...evr, release: `${evr.release}.${kernelVersionTag(build)}` };
}

/** modalias.prov: any character that a dependency name should not have becomes `_`; the version is the driver's, where it has one. */
function modaliasProvides({ aliases, driverVersion }: KernelModule): Dependency[] {
  const texts = new Set(
    aliases.filter((alias) => /.:./.test(alias)).map((alias) => alias.replace(/[^\][0-9a-zA-Z._:*?/-]/g, '_')),
  );
  const version = (driverVersion ?? '').trim().replace(/[^A-Za-z0-9.+~^]+/g, '_');
  return mergeNeighbours([...texts].sort()).map((text) =>
    version === '' ? capability(`modalias(${text})`) : versioned(`modalias(${text})`, version),
  );
}

/** What the build would warn of: symbols of the kernel that nobody promised to keep. */
function offStablelist(build: KernelBuild, { stablelist, ...options }: SchemeOptions): string[] {
  if (stablelist === undefined) return [];
  const promised = new Set(stablelist);
  const { external, inKernel } = divide(build, options);
  const ofKernel = new Set([build.image, ...inKernel].flatMap(({ exports }) => exports.map((symbol) => symbol.name)));
  return external.flatMap((kernelModule) => {
    const off = kernelModule.imports.filter((symbol) => ofKernel.has(symbol.name) && !promised.has(symbol.name));
    return off.length === 0
      ? []
      : [`kmod-${fileBaseName(kernelModule.path)}: symbols not on the stablelist: ${off.length}`];
  });
}
