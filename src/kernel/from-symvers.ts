import { InputError } from '#errors';
import type { ExportedSymbol, KernelBuild, KernelModule } from './build.js';
import { checkBuild } from './check.js';
import { cutRelease } from './cut-release.js';
import type { Findings, ImportOptions } from './findings.js';
import { moduleName } from './module-name.js';
import type { Symvers } from './read/symvers.js';
import { checkedRelease } from './release.js';

/**
 * A build of which only Module.symvers is there, such as the reference that a distribution keeps of its kABI: what the image and the
 * exporting kernel modules export, and nothing of imports, devices and sizes. Enough to see which CRCs change from one to the next.
 */
export function assembleFromSymvers(found: Findings, symvers: Symvers, options: ImportOptions): KernelBuild {
  const names = found.sources.map(({ name }) => name).join(', ');
  if (options.release === undefined) {
    throw new InputError('usage', 'a Module.symvers does not say which release it is of', {
      file: names,
      hint: 'add --release',
    });
  }
  const release = checkedRelease(options.release, names);
  const image = {
    bytes: 0,
    exports: inOrder(symvers.get('vmlinux') ?? []),
    exportsFrom: 'symvers',
    builtin: found.builtin,
  } as const;
  const modules = [...symvers].filter(([exporter]) => exporter !== 'vmlinux').map(exporterOnly);
  modules.sort((a, b) => (a.path < b.path ? -1 : 1));
  const flavor = options.flavor ?? release.slice(release.lastIndexOf('-') + 1);
  const detail =
    'read from Module.symvers alone: no imports, devices or sizes, and no kernel module that exports nothing';
  return {
    format: 'kmplab/kernel-build',
    version: 1,
    release,
    ...cutRelease(release, flavor),
    arch: 'unknown',
    flavor,
    modversions: [...symvers.values()].some((symbols) => symbols.some(({ crc }) => crc !== null)),
    image,
    modules,
    source: { kind: 'symvers', files: found.sources.map(({ name, sha256 }) => ({ name, sha256 })) },
    warnings: [...found.warnings, { code: 'skipped-file', subject: names, detail }, ...checkBuild({ image, modules })],
  };
}

/** Before 5.0 Module.symvers named the exporter by an absolute or odd path at times; below `kernel/` it is unique either way. */
function exporterOnly([exporter, exports]: readonly [string, readonly ExportedSymbol[]]): KernelModule {
  const below = exporter.split('/').filter((part) => !['', '.', '..'].includes(part));
  const path = `kernel/${below.join('/').replace(/\.ko$/, '')}.ko`;
  return {
    name: moduleName(path),
    path,
    bytes: 0,
    compressedBytes: null,
    exports: inOrder(exports),
    imports: [],
    depends: [],
    aliases: [],
    softdeps: { pre: [], post: [] },
    weakdeps: [],
    firmware: [],
    importNamespaces: [],
    license: null,
    driverVersion: null,
    vermagic: null,
    inTree: true,
    signer: null,
  };
}

function inOrder(exports: readonly ExportedSymbol[]): ExportedSymbol[] {
  return exports.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
