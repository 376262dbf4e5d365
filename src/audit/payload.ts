import type { KernelBuild, KernelImage, KernelModule } from '#kernel';
import type { RpmPackage } from '#rpm';

/** One kernel module file that a package puts on disk. */
export interface InstalledModule {
  /** Directory below /lib/modules that holds it: the kernel it was built for. */
  readonly release: string;
  readonly kernelModule: KernelModule;
}

/** What of a kernel a package carries. Most packages of a real system carry nothing. */
export interface Payload {
  readonly package: RpmPackage;
  /** Set when the package carries the kernel image itself. */
  readonly image: { readonly release: string; readonly image: KernelImage } | null;
  readonly modules: readonly InstalledModule[];
}

const moduleFile = /^(?:\/usr)?\/lib\/modules\/([^/]+)\/(.+\.ko)(?:\.(?:xz|zst|gz))?$/;

/**
 * Looks a package's files up in the build it was made from. The image is carried by whoever provides `kernel-uname-r`,
 * the rule of SUSE's find-provides.ksyms and of Fedora's kernel-core alike.
 */
export function payloadFinder(build: KernelBuild): (pkg: RpmPackage) => Payload {
  const byPath = new Map(
    build.modules.map((kernelModule) => [kernelModule.path.replace(/\.(xz|zst|gz)$/, ''), kernelModule]),
  );
  return (pkg) => {
    const modules: InstalledModule[] = [];
    for (const { path } of pkg.files) {
      const [, release, below] = moduleFile.exec(path) ?? [];
      const kernelModule = release === build.release && below !== undefined ? byPath.get(below) : undefined;
      if (kernelModule !== undefined) modules.push({ release: build.release, kernelModule });
    }
    return {
      package: pkg,
      image: carriesImage(pkg, build.release) ? { release: build.release, image: build.image } : null,
      modules,
    };
  };
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
