import { InputError } from '#errors';
import type { KernelBuild, KernelModule } from '#kernel';
import { packageBuilds, parseSchemeText } from '#packaging';
import { nevra, type RpmPackage } from '#rpm';
import { type ExternalDriver, externalSchemes } from '#scenario';

/**
 * The packages of a driver whose maker compiled it for one kernel build, outside of the kernel package, and the build as its maker saw it:
 * one image that exports everything, and this kernel module. It imports what a kernel module of the build imports, with the build's
 * checksums, and drives the same devices; real sources are not compiled here.
 *
 * @throws InputError
 */
export function packageExternalDriver(
  build: KernelBuild,
  driver: ExternalDriver,
): { readonly packages: readonly RpmPackage[]; readonly build: KernelBuild } {
  const { name, options } = parseSchemeText(driver.scheme);
  if (!(externalSchemes as readonly string[]).includes(name)) {
    throw new InputError('unsupported', `scheme ${name} does not package single drivers`, {
      expected: `one of ${externalSchemes.join(', ')}`,
    });
  }
  const exports = [build.image, ...build.modules].flatMap((part) => part.exports);
  const seen: KernelBuild = { ...build, image: { ...build.image, exports }, modules: [externalModule(build, driver)] };
  const common = { ...options, patterns: false, moduleRelease: driver.revision };
  const kernelPackages = new Set(packageBuilds(name, [{ ...seen, modules: [] }], common).packages.map(nevra));
  const packages = packageBuilds(name, [seen], common).packages.filter((pkg) => !kernelPackages.has(nevra(pkg)));
  return { packages, build: seen };
}

function externalModule(build: KernelBuild, driver: ExternalDriver): KernelModule {
  const model = (driver.like ?? driver.kernelModule).replaceAll('-', '_');
  const name = driver.kernelModule.replaceAll('-', '_');
  const like = build.modules.find((kernelModule) => kernelModule.name === model);
  if (like === undefined) {
    throw new InputError('missing', `kernel build ${build.release} has no kernel module "${model}"`, {
      hint: driver.like === undefined ? 'say with `like` which kernel module it resembles' : 'name another one',
    });
  }
  return {
    ...like,
    name,
    path: `${driver.directory}/${driver.kernelModule}.ko`,
    // A replacement exports what it replaces does; another kernel module that did would be a second exporter.
    exports: name === model ? like.exports : [],
    driverVersion: driver.version,
    inTree: false,
    signer: driver.signer ?? null,
  };
}
