import { createHash } from 'node:crypto';
import type { ExportedSymbol, KernelBuild, KernelModule } from '#kernel';
import type { Dependency } from '#rpm';
import type { PackageDraft } from './assemble.js';
import { capability, crcHex8, kmodCapability, versioned } from './capability.js';
import { packageWith } from './frame.js';
import { suseKernelDraft } from './kernel-image.js';
import { hardwareSupplements, kmpName } from './kmp.js';
import { ModuleIndex } from './module-index.js';
import { sourcePath } from './patterns.js';
import { commonOptions, evrOf, requireModversions, type Scheme, type SchemeOptions } from './scheme.js';

const name = 'symset';

/**
 * Symbols in sets, a set known by a hash of all its symbols and checksums: `kernel(default:drivers_usb_core) = 1b2c…`, sixteen hex
 * digits. Fewer and shorter dependencies than one per symbol, and any change in the set breaks all who use it. A kernel goes on
 * providing the hash of an older one as long as that one's symbols are all still there unchanged, so the order of builds matters.
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
  package(builds, options) {
    const kept: SymbolSet[] = [];
    return packageWith(name, builds, options, (build) => buildDrafts(build, kept, options));
  },
};

interface SymbolSet {
  readonly class: string;
  readonly hash: string;
  readonly lines: ReadonlySet<string>;
  readonly flavor: string;
}

type Exporter = KernelModule | 'vmlinux';

function buildDrafts(build: KernelBuild, kept: SymbolSet[], options: SchemeOptions): PackageDraft[] {
  requireModversions(name, build);
  const classOf = (exporter: Exporter): string => setClass(exporter, options.sets ?? 'directory');
  const sets = setsOf(build, classOf);
  const provided = withOlderSets(build, sets, kept);
  const setProvides = (exporter: Exporter): Dependency[] => (provided.get(classOf(exporter)) ?? []).map(setCapability);
  const needs = setNeeds(build, sets, classOf);
  const kernel = suseKernelDraft(build, [], null, options);
  const index = new ModuleIndex(build);
  return [
    { ...kernel, provides: [...(kernel.provides ?? []), ...setProvides('vmlinux')] },
    ...build.modules.map((kernelModule): PackageDraft => {
      const own = kmpName(kernelModule, build.flavor);
      const evr = evrOf(build, [kernelModule], options);
      return {
        name: own,
        evr,
        build,
        summary: `Kernel module ${kernelModule.name} for flavor ${build.flavor}`,
        description: `Kernel module ${kernelModule.name}, built for Linux ${build.release}.`,
        kernelModules: [kernelModule],
        provides: [
          versioned(own.slice(0, -`-${build.flavor}`.length), evr.version),
          capability('multiversion(kernel)'),
          kmodCapability(kernelModule.path),
          ...(kernelModule.exports.length === 0 ? [] : setProvides(kernelModule)),
        ],
        requires: [
          ...needs(kernelModule),
          ...(options.sets === 'module' ? [] : index.dependsOf(kernelModule).map(({ path }) => kmodCapability(path))),
        ],
        supplements: hardwareSupplements(build, [kernelModule]),
      };
    }),
  ];
}

function setCapability({ flavor, class: setClassName, hash }: SymbolSet): Dependency {
  return versioned(`kernel(${flavor}:${setClassName})`, hash);
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
  const lines = new Map<string, { readonly symbol: string; readonly line: string }[]>();
  const add = (exporter: Exporter, exports: readonly ExportedSymbol[]): void => {
    if (exports.length === 0) return;
    const owner = exporter === 'vmlinux' ? exporter : symversPath(exporter);
    const own = lines.get(classOf(exporter)) ?? [];
    for (const symbol of exports) own.push({ symbol: symbol.name, line: symversLine(symbol, owner) });
    lines.set(classOf(exporter), own);
  };
  add('vmlinux', build.image.exports);
  for (const kernelModule of build.modules) add(kernelModule, kernelModule.exports);
  return new Map(
    [...lines].map(([className, entries]) => {
      const sorted = entries.sort((a, b) => (a.symbol < b.symbol ? -1 : 1)).map(({ line }) => line);
      const hash = createHash('md5')
        .update(`${sorted.join('\n')}\n`)
        .digest('hex')
        .slice(0, 16);
      return [className, { class: className, hash, lines: new Set(sorted), flavor: build.flavor }];
    }),
  );
}

/** Each class's own set, and the older ones of the same flavor whose every line it still has. Extends `kept` for the builds to come. */
function withOlderSets(
  build: KernelBuild,
  sets: ReadonlyMap<string, SymbolSet>,
  kept: SymbolSet[],
): Map<string, SymbolSet[]> {
  const provided = new Map([...sets].map(([className, set]) => [className, [set]]));
  const alive: SymbolSet[] = [];
  for (const old of kept) {
    if (old.flavor !== build.flavor) {
      alive.push(old);
      continue;
    }
    const now = sets.get(old.class);
    if (now === undefined || ![...old.lines].every((line) => now.lines.has(line))) continue;
    if (old.hash === now.hash) continue;
    provided.get(old.class)?.push(old);
    alive.push(old);
  }
  kept.splice(0, kept.length, ...alive, ...sets.values());
  return provided;
}

/** The sets that a kernel module's imports come from. An import with another checksum than its exporter's matches no set. */
function setNeeds(
  build: KernelBuild,
  sets: ReadonlyMap<string, SymbolSet>,
  classOf: (exporter: Exporter) => string,
): (kernelModule: KernelModule) => Dependency[] {
  const classOfSymbol = new Map<string, string>();
  for (const { name: symbol } of build.image.exports) classOfSymbol.set(symbol, 'vmlinux');
  for (const kernelModule of build.modules) {
    for (const { name: symbol } of kernelModule.exports) classOfSymbol.set(symbol, classOf(kernelModule));
  }
  const capabilityOf = new Map([...sets].map(([className, set]) => [className, setCapability(set)]));
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
