import { InputError } from '#errors';
import type { ImportedSymbol, KernelBuild, KernelModule } from '#kernel';
import { nevra } from '#rpm';
import type { CommonOptions } from '../parts/common-options.js';
import type { PackageSet } from '../parts/package-set.js';
import { packageBuilds, refuseDowngrades } from './package-builds.js';

/** A newer driver for a kernel that stays as it is. */
export interface DriverUpdate {
  /** Name of the kernel module, as modprobe knows it. */
  readonly kernelModule: string;
  /** Version and release of the package that brings it; what is left out stays the kernel build's. */
  readonly version?: string;
  readonly release?: string;
  readonly driverVersion?: string;
  /** The kernel it was compiled against, where that is another: the checksums of its imports are then those of this build. */
  readonly builtAgainst?: KernelBuild;
  /** Builds published before the kernel, for a scheme that looks back. */
  readonly earlier?: readonly KernelBuild[];
  /** New checksums of symbols that it exports itself. */
  readonly exportCrcs?: Readonly<Record<string, number>>;
}

/**
 * The kernel build with one kernel module replaced by its newer self. Imports keep their names, as a driver's newer version mostly
 * needs what the old one needed; their checksums are those of the kernel it was compiled against.
 *
 * @throws InputError where the kernel module, or a symbol it needs, does not exist
 */
export function withDriverUpdate(build: KernelBuild, update: DriverUpdate): KernelBuild {
  const old = build.modules.find(({ name }) => name === update.kernelModule);
  if (old === undefined) {
    throw new InputError('missing', `kernel build ${build.release} has no kernel module "${update.kernelModule}"`);
  }
  const imports = update.builtAgainst === undefined ? old.imports : importsAgainst(old, update.builtAgainst);
  const exports = old.exports.map((symbol) => ({ ...symbol, crc: update.exportCrcs?.[symbol.name] ?? symbol.crc }));
  const renewed: KernelModule = {
    ...old,
    imports,
    exports,
    driverVersion: update.driverVersion ?? old.driverVersion,
  };
  return { ...build, modules: build.modules.map((kernelModule) => (kernelModule === old ? renewed : kernelModule)) };
}

function importsAgainst(kernelModule: KernelModule, target: KernelBuild): ImportedSymbol[] {
  const crcs = new Map(
    [target.image, ...target.modules].flatMap(({ exports }) => exports.map(({ name, crc }) => [name, crc])),
  );
  return kernelModule.imports.map(({ name }) => {
    const crc = crcs.get(name);
    if (crc !== undefined && crc !== null) return { name, crc };
    throw new InputError(
      'missing',
      `${kernelModule.name} needs symbol ${name}, which kernel build ${target.release} does not export`,
      {
        hint: 'build the driver against another kernel',
      },
    );
  });
}

/**
 * What an update channel would carry for a driver update: the packages that differ from those of the build before. Under a scheme
 * with one package per kernel module it is one package, under a monolithic one the whole kernel.
 */
export function packageDriverUpdate(
  scheme: string,
  build: KernelBuild,
  update: DriverUpdate,
  options: CommonOptions = {},
): PackageSet {
  const { kernelModule, version, release } = update;
  if (version === undefined && release === undefined) {
    throw new InputError('invalid', `the update of ${kernelModule} has neither a new version nor a new release`, {
      expected: 'a version or release by which a package manager can tell it from the old one',
    });
  }
  const override = { ...(version === undefined ? {} : { version }), ...(release === undefined ? {} : { release }) };
  const original = packageBuilds(scheme, [build], options, update.earlier).packages;
  const rebuilt = { ...options.rebuilt, [kernelModule]: override };
  const after = packageBuilds(scheme, [withDriverUpdate(build, update)], { ...options, rebuilt }, update.earlier);
  const before = new Set(original.map(nevra));
  const packages = after.packages.filter((pkg) => !before.has(nevra(pkg)));
  refuseDowngrades(original, packages);
  return { ...after, packages };
}
