import type { Crc, KernelBuild, KernelModule } from './build.js';

/** What became of one exported symbol. `vmlinux` or a kernel module's name in `exporter`, that of the older build where it was lost. */
export interface SymbolChange {
  readonly name: string;
  readonly exporter: string;
  readonly before: Crc | null;
  readonly after: Crc | null;
  /** Kernel modules of the older build that import it, sorted by name: what the change would break. */
  readonly importers: readonly string[];
}

/** A kernel module of the older build that the newer kernel would not load. */
export interface BrokenModule {
  readonly name: string;
  readonly path: string;
  /** Symbols it imports that are gone or have another CRC, sorted by name. */
  readonly symbols: readonly string[];
}

export interface KernelDiff {
  readonly from: string;
  readonly to: string;
  /** Symbols of the older build that the newer one exports too. */
  readonly kept: number;
  /** Kept with another CRC, the most imported first. */
  readonly changed: readonly SymbolChange[];
  readonly lost: readonly SymbolChange[];
  readonly added: readonly SymbolChange[];
  readonly broken: readonly BrokenModule[];
  /** Kernel modules by name that only one build has. */
  readonly modulesLost: readonly string[];
  readonly modulesAdded: readonly string[];
}

interface Export {
  readonly exporter: string;
  readonly crc: Crc | null;
}

/**
 * What changed in the kABI between two builds, and which kernel modules of the older one the newer one would refuse: those that import
 * a symbol which the newer build does not export at all, or exports with another CRC. Where one side has no CRC, only the name counts,
 * as in the kernel's check_version(). Where a build's image exports were inferred, symbols of the image that nobody imports are unknown:
 * that such a one is missing there counts neither as lost nor as added.
 */
export function diffKernels(from: KernelBuild, to: KernelBuild): KernelDiff {
  const before = exportsOf(from);
  const after = exportsOf(to);
  const importers = importersOf(from);
  const change = (name: string, old: Export | undefined, now: Export | undefined): SymbolChange => ({
    name,
    exporter: (old ?? now)?.exporter ?? '',
    before: old?.crc ?? null,
    after: now?.crc ?? null,
    importers: importers.get(name) ?? [],
  });
  const changed: SymbolChange[] = [];
  const lost: SymbolChange[] = [];
  const added: SymbolChange[] = [];
  let kept = 0;
  for (const [name, old] of before) {
    const now = after.get(name);
    if (now !== undefined) {
      kept += 1;
      if (differs(old.crc, now.crc)) changed.push(change(name, old, now));
    } else if (complete(to, old) || importers.has(name)) {
      lost.push(change(name, old, undefined));
    }
  }
  for (const [name, now] of after) {
    if (!before.has(name) && complete(from, now)) added.push(change(name, undefined, now));
  }
  return {
    from: from.release,
    to: to.release,
    kept,
    changed: changed.sort(byImporters),
    lost: lost.sort(byImporters),
    added: added.sort(byImporters),
    broken: brokenModules(from.modules, after),
    modulesLost: namesOnlyIn(from, to),
    modulesAdded: namesOnlyIn(to, from),
  };
}

/** Whether a build's list of exports would show this one if it were there. */
function complete(build: KernelBuild, { exporter }: Export): boolean {
  return exporter !== 'vmlinux' || build.image.exportsFrom === 'symvers';
}

function exportsOf({ image, modules }: KernelBuild): Map<string, Export> {
  const found = new Map<string, Export>();
  for (const { name, crc } of image.exports) found.set(name, { exporter: 'vmlinux', crc });
  for (const module of modules) {
    for (const { name, crc } of module.exports) if (!found.has(name)) found.set(name, { exporter: module.name, crc });
  }
  return found;
}

function importersOf({ modules }: KernelBuild): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const module of modules) {
    for (const { name } of module.imports) {
      const known = found.get(name);
      if (known === undefined) found.set(name, [module.name]);
      else known.push(module.name);
    }
  }
  for (const names of found.values()) names.sort();
  return found;
}

function brokenModules(modules: readonly KernelModule[], after: ReadonlyMap<string, Export>): BrokenModule[] {
  const broken: BrokenModule[] = [];
  for (const { name, path, imports } of modules) {
    const symbols = imports
      .filter((symbol) => {
        const now = after.get(symbol.name);
        return now === undefined || differs(symbol.crc, now.crc);
      })
      .map((symbol) => symbol.name);
    if (symbols.length > 0) broken.push({ name, path, symbols });
  }
  return broken;
}

function differs(a: Crc | null, b: Crc | null): boolean {
  return a !== null && b !== null && a !== b;
}

function byImporters(a: SymbolChange, b: SymbolChange): number {
  return b.importers.length - a.importers.length || (a.name < b.name ? -1 : 1);
}

function namesOnlyIn(one: KernelBuild, other: KernelBuild): string[] {
  const names = new Set(other.modules.map(({ name }) => name));
  return one.modules
    .map(({ name }) => name)
    .filter((name) => !names.has(name))
    .sort();
}
