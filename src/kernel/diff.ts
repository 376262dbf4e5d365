import { append } from '#collections';
import { brokenInAll } from './broken-in-all.js';
import type { Crc, KernelBuild } from './build.js';
import { acceptsVermagic, acceptsVersion, vermagicOf } from './loader-rules.js';

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
  /** Whether its vermagic is refused, whatever it imports, or only symbols. */
  readonly reason: 'vermagic' | 'symbols';
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
  /** Exports of the older build's image of which the newer build's inferred list cannot tell whether they are still there. */
  readonly unknown: readonly SymbolChange[];
  readonly broken: readonly BrokenModule[];
  /** Names of all kernel modules of the older build that the newer image alone would not load, see `brokenInAll`. */
  readonly brokenInAll: ReadonlySet<string>;
  /** Kernel modules that load as far as is known, and import symbols of which it is not known; by name. */
  readonly undecided: readonly string[];
  /** Kernel modules by name that only one build has. */
  readonly modulesLost: readonly string[];
  readonly modulesAdded: readonly string[];
}

interface Export {
  readonly exporter: string;
  readonly crc: Crc | null;
}

/**
 * What changed in the kABI between two builds, and which kernel modules of the older one the newer one would refuse: those with another
 * vermagic, and those that import a symbol which the newer build does not export at all, or exports with another CRC; see
 * `acceptsVersion` and `acceptsVermagic`. A list of the image's exports that was inferred from imports has only what somebody imports: what it
 * lacks is neither lost nor added, but unknown.
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
  const unknown: SymbolChange[] = [];
  const added: SymbolChange[] = [];
  let kept = 0;
  for (const [name, old] of before) {
    const now = after.get(name);
    if (now !== undefined) {
      kept += 1;
      if (old.crc !== null && now.crc !== null && old.crc !== now.crc) changed.push(change(name, old, now));
    } else {
      (complete(to, old) ? lost : unknown).push(change(name, old, undefined));
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
    unknown: unknown.sort(byImporters),
    ...fates(from, to, { before, after }),
    modulesLost: namesOnlyIn(from, to),
    modulesAdded: namesOnlyIn(to, from),
  };
}

/** Whether a build's list of exports would show this one if it were there. */
function complete({ image }: KernelBuild, { exporter }: Export): boolean {
  return exporter !== 'vmlinux' || image.exportsFrom === 'symvers';
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
      append(found, name, module.name);
    }
  }
  for (const names of found.values()) names.sort();
  return found;
}

function fates(
  from: KernelBuild,
  to: KernelBuild,
  { before, after }: { readonly before: ReadonlyMap<string, Export>; readonly after: ReadonlyMap<string, Export> },
): Pick<KernelDiff, 'broken' | 'brokenInAll' | 'undecided'> {
  const vermagic = vermagicOf(to);
  const broken: BrokenModule[] = [];
  const undecided: string[] = [];
  const isUnknown = (symbol: string): boolean =>
    !after.has(symbol) && !complete(to, before.get(symbol) ?? { exporter: 'vmlinux', crc: null });
  for (const kernelModule of from.modules) {
    const { name, path, imports } = kernelModule;
    const refused = imports.filter((symbol) => {
      const now = after.get(symbol.name);
      return now === undefined ? !isUnknown(symbol.name) : !acceptsVersion(now.crc, symbol.crc);
    });
    const symbols = refused.map((symbol) => symbol.name);
    if (!acceptsVermagic(vermagic, kernelModule)) broken.push({ name, path, reason: 'vermagic', symbols });
    else if (symbols.length > 0) broken.push({ name, path, reason: 'symbols', symbols });
    else if (imports.some((symbol) => isUnknown(symbol.name))) undecided.push(name);
  }
  return { broken, brokenInAll: brokenInAll(from, to, isUnknown), undecided: undecided.sort() };
}

function byImporters(a: SymbolChange, b: SymbolChange): number {
  return b.importers.length - a.importers.length || (a.name < b.name ? -1 : 1);
}

function namesOnlyIn(build: KernelBuild, other: KernelBuild): string[] {
  const names = new Set(other.modules.map(({ name }) => name));
  return build.modules
    .map(({ name }) => name)
    .filter((name) => !names.has(name))
    .sort();
}
