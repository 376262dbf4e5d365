import { createHash } from 'node:crypto';
import { type ExportedSymbol, type KernelBuild, type KernelModule, modulePathStem } from '#kernel';
import { compareEvr } from '#rpm';
import { crcHex8 } from '../parts/capability.js';
import { buildEvr } from '../parts/common-options.js';
import { sourcePath } from '../parts/patterns.js';

/**
 * Symbols in sets, a set known by a hash of all its symbols and checksums: sixteen hex digits. Any change in the set breaks all who use it. A
 * kernel goes on providing the hash of an older one as long as that one's symbols are all still there unchanged, whether that one is in the
 * same repository or was published before.
 *
 * Source: kernel-source, rpm/make-symsets (the lines of Module.symvers of a directory, sorted by symbol, md5, first 16 digits;
 * preservation of old sets); SUSE Linux Enterprise 10 and 11. `directory` is that; `module` is the same by exporting kernel module.
 */
export interface SymbolSet {
  readonly class: string;
  readonly hash: string;
  readonly symbols: ReadonlyMap<string, ExportedSymbol>;
  /** Whether all symbols of the class are in it: an image's may be inferred from what kernel modules import. */
  readonly complete: boolean;
}

/** What of symbols makes one set. */
export type SetsOf = 'directory' | 'module';

/** By class: a build's own set, and after it those of older builds that it still has. */
type Provided = ReadonlyMap<string, readonly [own: SymbolSet, ...older: SymbolSet[]]>;

type Exporter = KernelModule | 'vmlinux';

/** A set that a package provides or needs; an import that nothing exports, or of another checksum, is of no set and has no hash. */
export interface NamedSet {
  readonly class: string;
  readonly hash: string;
}

/** The sets of one build. */
export class BuildSets {
  readonly #provided: Provided;
  readonly #by: SetsOf;
  readonly #classOfSymbol = new Map<string, string>();

  constructor({ image, modules }: KernelBuild, provided: Provided, by: SetsOf) {
    this.#provided = provided;
    this.#by = by;
    for (const { name } of image.exports) this.#classOfSymbol.set(name, 'vmlinux');
    for (const kernelModule of modules)
      for (const { name } of kernelModule.exports) this.#classOfSymbol.set(name, setClass(kernelModule, by));
  }

  /** Those of an exporter's class, older ones too. */
  providedBy(exporter: Exporter): readonly NamedSet[] {
    if (exporter !== 'vmlinux' && exporter.exports.length === 0) return [];
    return this.#provided.get(setClass(exporter, this.#by)) ?? [];
  }

  /** The sets that a kernel module's imports come from. */
  neededBy(kernelModule: KernelModule): readonly NamedSet[] {
    const classes = new Set(kernelModule.imports.map(({ name }) => this.#classOfSymbol.get(name) ?? `unknown_${name}`));
    // A package that exports into the set it needs need not have its neighbours' symbols; rpm cannot tell either.
    if (kernelModule.exports.length > 0) classes.delete(setClass(kernelModule, this.#by));
    return [...classes].map((name) => this.#provided.get(name)?.[0] ?? { class: name, hash: '' });
  }
}

/** `drivers_usb_core` for the directory of usbcore, `drivers_usb_core_usbcore` for itself, `vmlinux` for the image. */
function setClass(exporter: Exporter, by: SetsOf): string {
  if (exporter === 'vmlinux') return exporter;
  const path = symversPath(exporter);
  const text = by === 'module' ? path : path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return text.replace(/[^a-zA-Z0-9_]/g, '_');
}

/** As Module.symvers names a kernel module: its path in the source tree, without suffix. */
function symversPath({ path }: KernelModule): string {
  return modulePathStem(sourcePath(path));
}

/** A line of Module.symvers. */
function symversLine(symbol: ExportedSymbol, owner: string): string {
  return `${crcHex8(symbol.crc ?? 0)}\t${symbol.name}\t${owner}\tEXPORT_SYMBOL${symbol.gplOnly ? '_GPL' : ''}`;
}

function setsOf(build: KernelBuild, by: SetsOf): Map<string, SymbolSet> {
  const members = new Map<string, { readonly symbol: ExportedSymbol; readonly owner: string }[]>();
  const add = (exporter: Exporter, exports: readonly ExportedSymbol[]): void => {
    if (exports.length === 0) return;
    const owner = exporter === 'vmlinux' ? exporter : symversPath(exporter);
    const className = setClass(exporter, by);
    const own = members.get(className) ?? [];
    for (const symbol of exports) own.push({ symbol, owner });
    members.set(className, own);
  };
  add('vmlinux', build.image.exports);
  for (const kernelModule of build.modules) add(kernelModule, kernelModule.exports);
  return new Map(
    [...members].map(([className, entries]) => {
      const lines = entries
        .sort((a, b) => (a.symbol.name < b.symbol.name ? -1 : 1))
        .map(({ symbol, owner }) => symversLine(symbol, owner));
      const hash = createHash('md5')
        .update(`${lines.join('\n')}\n`)
        .digest('hex')
        .slice(0, 16);
      const symbols = new Map(entries.map(({ symbol }) => [symbol.name, symbol]));
      const complete = className !== 'vmlinux' || build.image.exportsFrom === 'symvers';
      return [className, { class: className, hash, symbols, complete }];
    }),
  );
}

/** What each build of a chain provides, by release: walked oldest first, an older set is forgotten at its first changed symbol. */
export function setsOfChain(builds: readonly KernelBuild[], by: SetsOf): ReadonlyMap<string, BuildSets> {
  const chain = [...new Map(builds.map((build) => [build.release, build])).values()].sort((a, b) =>
    compareEvr(buildEvr(a), buildEvr(b)),
  );
  const latest = new Map<string, Provided>();
  const result = new Map<string, BuildSets>();
  for (const build of chain.filter(({ modversions }) => modversions)) {
    const older = latest.get(build.flavor);
    const own = [...setsOf(build, by)];
    const provided: Provided = new Map(
      own.map(([className, set]) => [className, [set, ...survivors(set, older?.get(className) ?? [])]]),
    );
    latest.set(build.flavor, provided);
    result.set(build.release, new BuildSets(build, provided, by));
  }
  return result;
}

/** Those of the older sets, but the same, whose every symbol is still there unchanged. */
function survivors(now: SymbolSet, older: readonly SymbolSet[]): SymbolSet[] {
  return older.filter(
    (old) => old.hash !== now.hash && [...old.symbols.values()].every((symbol) => isUnchanged(symbol, old, now)),
  );
}

/**
 * An inferred list has neither symbols that nobody imports nor their licence marks. What such a list does not say is no change: else every
 * step from a build with Module.symvers to one without would break a set that the kernel kept.
 */
function isUnchanged({ name: symbol, crc, gplOnly }: ExportedSymbol, old: SymbolSet, now: SymbolSet): boolean {
  const present = now.symbols.get(symbol);
  if (present === undefined) return !now.complete;
  return present.crc === crc && (present.gplOnly === gplOnly || !old.complete || !now.complete);
}
