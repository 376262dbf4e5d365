import { createHash } from 'node:crypto';
import { invariant } from '#errors';
import type { ExportedSymbol, KernelBuild, KernelModule } from '#kernel';
import type { Dependency } from '#rpm';
import type { PackageDraft } from './assemble.js';
import { capability, crcHex8, kmodCapability, versioned } from './capability.js';
import { packageWith } from './frame.js';
import { suseKernelDraft } from './kernel-image.js';
import { kmpFrame, kmpName } from './kmp.js';
import { ModuleIndex } from './module-index.js';
import { sourcePath } from './patterns.js';
import {
  byAge,
  commonOptions,
  requireModversions,
  type Scheme,
  type SchemeOptions,
  suseKernelPackage,
} from './scheme.js';

const name = 'symset';

/**
 * Symbols in sets, a set known by a hash of all its symbols and checksums: `kernel(default:drivers_usb_core) = 1b2c…`, sixteen hex
 * digits. Fewer and shorter dependencies than one per symbol, and any change in the set breaks all who use it. A kernel goes on
 * providing the hash of an older one as long as that one's symbols are all still there unchanged, whether that one is in the same
 * repository or was published before.
 *
 * Source: kernel-source, rpm/make-symsets (the lines of Module.symvers of a directory, sorted by symbol, md5, first 16 digits;
 * preservation of old sets); SUSE Linux Enterprise 10 and 11. `directory` is that; `module` is the same by exporting kernel module.
 *
 * Those kernels held all kernel modules, here a directory's set is spread over several KMPs. A KMP therefore also requires the
 * kernel modules that depmod names, as `kmod()`, where sets are of directories.
 */
export const symset: Scheme = {
  name,
  description: 'one KMP per kernel module, tied by hashes of symbol sets',
  source: 'openSUSE kernel-source, rpm/make-symsets',
  client: 'zypper',
  weakModules: 'weak-modules2-any-directory',
  options: [...commonOptions, 'sets'],
  kernelPackages: suseKernelPackage,
  looksBack: true,
  package(builds, options, earlier) {
    for (const build of builds) requireModversions(name, build);
    const sets = setsOfChain([...earlier, ...builds], options);
    return packageWith(name, builds, options, (build) => buildDrafts(build, sets, options));
  },
};

interface SymbolSet {
  readonly class: string;
  readonly hash: string;
  readonly symbols: ReadonlyMap<string, ExportedSymbol>;
  /** Whether all symbols of the class are in it: an image's may be inferred from what kernel modules import. */
  readonly complete: boolean;
  readonly flavor: string;
}

/** By class: a build's own set, and after it those of older builds that it still has. */
type Provided = ReadonlyMap<string, readonly [own: SymbolSet, ...older: SymbolSet[]]>;

type Exporter = KernelModule | 'vmlinux';

function buildDrafts(build: KernelBuild, sets: ReadonlyMap<string, Provided>, options: SchemeOptions): PackageDraft[] {
  const classOf = classifier(options);
  const provided = sets.get(build.release);
  invariant(provided !== undefined, `the sets of ${build.release} were made`);
  const setProvides = (exporter: Exporter): Dependency[] => (provided.get(classOf(exporter)) ?? []).map(setCapability);
  const needs = setNeeds(build, provided, classOf);
  const kernel = suseKernelDraft(build, [], null, options);
  const index = new ModuleIndex(build);
  return [
    { ...kernel, provides: [...(kernel.provides ?? []), ...setProvides('vmlinux')] },
    ...build.modules.map((kernelModule): PackageDraft => {
      const frame = kmpFrame(build, kmpName(kernelModule, build.flavor), [kernelModule], options);
      const depends = options.sets === 'module' ? [] : index.dependsOf(kernelModule);
      return {
        ...frame,
        provides: [...frame.provides, ...(kernelModule.exports.length === 0 ? [] : setProvides(kernelModule))],
        requires: [...needs(kernelModule), ...depends.map(({ path }) => kmodCapability(path))],
      };
    }),
  ];
}

function setCapability({ flavor, class: setClassName, hash }: SymbolSet): Dependency {
  return versioned(`kernel(${flavor}:${setClassName})`, hash);
}

function classifier({ sets = 'directory' }: SchemeOptions): (exporter: Exporter) => string {
  return (exporter) => setClass(exporter, sets);
}

/** `drivers_usb_core` for the directory of usbcore, `drivers_usb_core_usbcore` for itself, `vmlinux` for the image. */
function setClass(exporter: Exporter, sets: 'directory' | 'module'): string {
  if (exporter === 'vmlinux') return exporter;
  const path = symversPath(exporter);
  const text = sets === 'module' ? path : path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return text.replace(/[^a-zA-Z0-9_]/g, '_');
}

/** As Module.symvers names a kernel module: its path in the source tree, without suffix. */
function symversPath({ path }: KernelModule): string {
  return sourcePath(path).replace(/\.ko(\.[a-z]+)?$/, '');
}

/** A line of Module.symvers. */
function symversLine(symbol: ExportedSymbol, owner: string): string {
  return `${crcHex8(symbol.crc ?? 0)}\t${symbol.name}\t${owner}\tEXPORT_SYMBOL${symbol.gplOnly ? '_GPL' : ''}`;
}

function setsOf(build: KernelBuild, classOf: (exporter: Exporter) => string): Map<string, SymbolSet> {
  const members = new Map<string, { readonly symbol: ExportedSymbol; readonly owner: string }[]>();
  const add = (exporter: Exporter, exports: readonly ExportedSymbol[]): void => {
    if (exports.length === 0) return;
    const owner = exporter === 'vmlinux' ? exporter : symversPath(exporter);
    const own = members.get(classOf(exporter)) ?? [];
    for (const symbol of exports) own.push({ symbol, owner });
    members.set(classOf(exporter), own);
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
      return [className, { class: className, hash, symbols, complete, flavor: build.flavor }];
    }),
  );
}

/** What each build of a chain provides, by release: walked oldest first, an older set is forgotten at its first changed symbol. */
function setsOfChain(builds: readonly KernelBuild[], options: SchemeOptions): ReadonlyMap<string, Provided> {
  const chain = [...new Map(builds.map((build) => [build.release, build])).values()].sort(byAge);
  const latest = new Map<string, Provided>();
  const result = new Map<string, Provided>();
  for (const build of chain.filter(({ modversions }) => modversions)) {
    const older = latest.get(build.flavor);
    const own = [...setsOf(build, classifier(options))];
    const provided: Provided = new Map(
      own.map(([className, set]) => [className, [set, ...survivors(set, older?.get(className) ?? [])]]),
    );
    latest.set(build.flavor, provided);
    result.set(build.release, provided);
  }
  return result;
}

/** Those of the older sets, but the same, whose every symbol is still there unchanged. */
function survivors(now: SymbolSet, older: readonly SymbolSet[]): SymbolSet[] {
  return older.filter(
    (old) => old.hash !== now.hash && [...old.symbols.values()].every((one) => isUnchanged(one, old, now)),
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

/** The sets that a kernel module's imports come from. An import with another checksum than its exporter's matches no set. */
function setNeeds(
  build: KernelBuild,
  provided: Provided,
  classOf: (exporter: Exporter) => string,
): (kernelModule: KernelModule) => Dependency[] {
  const classOfSymbol = new Map<string, string>();
  for (const { name: symbol } of build.image.exports) classOfSymbol.set(symbol, 'vmlinux');
  for (const kernelModule of build.modules) {
    for (const { name: symbol } of kernelModule.exports) classOfSymbol.set(symbol, classOf(kernelModule));
  }
  const capabilityOf = new Map([...provided].map(([className, [own]]) => [className, setCapability(own)]));
  return (kernelModule) => {
    const own = classOf(kernelModule);
    const classes = new Set(
      kernelModule.imports.map(({ name: symbol }) => classOfSymbol.get(symbol) ?? `unknown_${symbol}`),
    );
    // A KMP that exports into the set it needs does not thereby have its neighbours' symbols, but nor could rpm tell.
    if (kernelModule.exports.length > 0) classes.delete(own);
    return [...classes].map(
      (className) => capabilityOf.get(className) ?? capability(`kernel(${build.flavor}:${className})`),
    );
  };
}
