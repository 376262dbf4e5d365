import type { Device } from '#hardware';
import { installedModuleFile, type KernelBuild, type KernelImage, type KernelModule, vermagicOf } from '#kernel';
import type { RpmPackage } from '#rpm';
import { keyOf } from './signing.js';

/** One kernel module file that a package puts on disk. */
export interface InstalledModule {
  /** Directory below /lib/modules that holds it: the kernel it was built for. */
  readonly release: string;
  /** Below that directory. A KMP may put into `updates/` or `extra/` what the kernel's own build has in `kernel/`. */
  readonly path: string;
  readonly flavor: string;
  readonly package: RpmPackage;
  readonly kernelModule: KernelModule;
}

/** A kernel image, and what of its build decides which kernel modules it lets in. */
export interface BootableKernel {
  readonly release: string;
  readonly flavor: string;
  readonly image: KernelImage;
  /** What the image was built with, read off its own kernel modules; null where none says. */
  readonly vermagic: string | null;
  /** Keys the image was built to trust: those its own kernel modules are signed with. */
  readonly keys: ReadonlySet<string>;
  /** Built with CONFIG_SUSE_KERNEL_SUPPORTED: its kernel modules say whether they are supported. */
  readonly knowsSupport: boolean;
}

/** A device, and where a profile knows them the kernel modules that drive it. */
export type AuditableDevice = Device & { readonly drivers?: readonly string[] };

/** What of a kernel a package carries. Most packages of a real system carry nothing. */
export interface Payload {
  readonly package: RpmPackage;
  /** Set when the package carries the kernel image itself. */
  readonly kernel: BootableKernel | null;
  readonly modules: readonly InstalledModule[];
}

/**
 * Looks a package's files up in the build it was made from. The package that provides `kernel-uname-r` carries the image,
 * the rule of SUSE's find-provides.ksyms and of Fedora's kernel-core alike.
 */
export function payloadFinder(build: KernelBuild): (pkg: RpmPackage) => Payload {
  const byPath = new Map(build.modules.map((kernelModule) => [withoutSuffix(kernelModule.path), kernelModule]));
  const byInnerPath = new Map(
    build.modules.map((kernelModule) => [innerPath(withoutSuffix(kernelModule.path)), kernelModule]),
  );
  const kernel = bootableKernel(build);
  return (pkg) => {
    const modules: InstalledModule[] = [];
    for (const { path } of pkg.files) {
      const file = installedModuleFile(path);
      if (file === null || file.release !== build.release) continue;
      const { release } = file;
      const below = withoutSuffix(file.path);
      const kernelModule = byPath.get(below) ?? byInnerPath.get(innerPath(below));
      if (kernelModule !== undefined) {
        modules.push({ release, path: below, flavor: build.flavor, package: pkg, kernelModule });
      }
    }
    return { package: pkg, kernel: carriesImage(pkg, build.release) ? kernel : null, modules };
  };
}

export function bootableKernel({ release, flavor, image, modules }: KernelBuild): BootableKernel {
  const keys = modules.flatMap((kernelModule) => (kernelModule.inTree ? (keyOf(kernelModule, release) ?? []) : []));
  return {
    release,
    flavor,
    image,
    vermagic: vermagicOf({ modules }),
    keys: new Set(keys),
    knowsSupport: modules.some(({ support }) => support !== undefined),
  };
}

function withoutSuffix(path: string): string {
  return path.replace(/\.(xz|zst|gz)$/, '');
}

/** `drivers/net/…` of `kernel/drivers/net/…` and of `updates/drivers/net/…`. */
function innerPath(path: string): string {
  return path.replace(/^(?:kernel|updates|extra)\//, '');
}

function carriesImage(pkg: RpmPackage, release: string): boolean {
  return pkg.provides.some(
    ({ name, range }) => name === 'kernel-uname-r' && range?.evr !== undefined && unameR(range.evr) === release,
  );
}

/** `kernel-uname-r = 6.1.0-53-amd64` is read by rpm as version 6.1.0-53 and release amd64; put together again it is the uname. */
function unameR(evr: { readonly version: string; readonly release: string | null }): string {
  return evr.release === null ? evr.version : `${evr.version}-${evr.release}`;
}
