import type { ExportedSymbol, ImportedSymbol, KernelBuild, KernelModule } from '#kernel';

/**
 * A small kernel for a test, in as few words as the case needs:
 *
 *     kernel({
 *       image: { kmalloc: 0x11 },
 *       modules: {
 *         usbcore: { exports: { usb_register: 0xaa }, imports: ['kmalloc'] },
 *         r8152: { imports: ['usb_register'], aliases: ['usb:v0BDAp8152*'] },
 *       },
 *     })
 *
 * An import given by name alone takes the CRC that this kernel exports; `imports: { usb_register: 0xbb }` states another one.
 */
export interface KernelSpec {
  readonly release?: string;
  readonly flavor?: string;
  readonly arch?: string;
  /** What the image exports, with CRCs. */
  readonly image?: Readonly<Record<string, number>>;
  readonly exportsFrom?: KernelBuild['image']['exportsFrom'];
  readonly builtin?: readonly string[];
  readonly modules?: Readonly<Record<string, KernelModuleSpec>>;
}

export interface KernelModuleSpec extends Partial<Omit<KernelModule, 'name' | 'exports' | 'imports'>> {
  readonly exports?: Readonly<Record<string, number>>;
  readonly imports?: readonly string[] | Readonly<Record<string, number>>;
}

export function kernel(spec: KernelSpec = {}): KernelBuild {
  const release = spec.release ?? '6.1.0-1-default';
  const specs = Object.entries(spec.modules ?? {});
  const crcs = new Map(Object.entries(spec.image ?? {}));
  for (const [, { exports = {} }] of specs) for (const [symbol, crc] of Object.entries(exports)) crcs.set(symbol, crc);
  return {
    format: 'kmplab/kernel-build',
    version: 1,
    release,
    upstreamVersion: release.split('-')[0] ?? release,
    revision: release.split('-')[1] ?? '1',
    arch: spec.arch ?? 'x86_64',
    flavor: spec.flavor ?? 'default',
    modversions: true,
    image: {
      bytes: 8_000_000,
      exports: exported(spec.image ?? {}),
      exportsFrom: spec.exportsFrom ?? 'symvers',
      builtin: spec.builtin ?? [],
    },
    modules: specs.map(([name, module]) => kernelModule(name, module, crcs)).sort(by('path')),
    source: { kind: 'synthetic', files: [] },
    warnings: [],
  };
}

function kernelModule(name: string, spec: KernelModuleSpec, crcs: ReadonlyMap<string, number>): KernelModule {
  const { exports = {}, imports = [], ...given } = spec;
  return {
    name,
    path: `kernel/drivers/${name}/${name}.ko`,
    bytes: 40_000,
    compressedBytes: 12_000,
    exports: exported(exports),
    imports: imported(imports, crcs),
    depends: [],
    aliases: [],
    softdeps: { pre: [], post: [] },
    weakdeps: [],
    firmware: [],
    importNamespaces: [],
    license: 'GPL',
    driverVersion: null,
    vermagic: null,
    inTree: true,
    signer: null,
    ...given,
  };
}

function exported(symbols: Readonly<Record<string, number>>): ExportedSymbol[] {
  return Object.entries(symbols)
    .map(([name, crc]) => ({ name, crc, gplOnly: false, namespace: null }))
    .sort(by('name'));
}

function imported(
  imports: NonNullable<KernelModuleSpec['imports']>,
  crcs: ReadonlyMap<string, number>,
): ImportedSymbol[] {
  const entries: [string, number][] = isList(imports)
    ? imports.map((name) => [name, knownCrc(name, crcs)])
    : Object.entries(imports);
  return entries.map(([name, crc]) => ({ name, crc })).sort(by('name'));
}

function isList(imports: NonNullable<KernelModuleSpec['imports']>): imports is readonly string[] {
  return Array.isArray(imports);
}

function knownCrc(symbol: string, crcs: ReadonlyMap<string, number>): number {
  const crc = crcs.get(symbol);
  if (crc === undefined) throw new Error(`this test kernel exports no ${symbol}: give its CRC`);
  return crc;
}

function by<Key extends string>(key: Key): (a: Record<Key, string>, b: Record<Key, string>) => number {
  return (a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0);
}
