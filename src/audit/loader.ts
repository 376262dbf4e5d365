import { append } from '#collections';
import { acceptsVersion, type ExportedSymbol, type ImportedSymbol, type KernelImage, type KernelModule } from '#kernel';
import type { LoaderPolicy, RefusedImport } from '#run-document';
import { admissionRefusal, isGplCompatible, type Refusal } from './admission.js';
import type { BootableKernel, InstalledModule } from './payload.js';

export type LoadRefusal = Refusal | { readonly reason: 'symbols'; readonly imports: RefusedImport[] };

export interface LoaderVerdict {
  readonly loadable: ReadonlySet<InstalledModule>;
  readonly refused: ReadonlyMap<InstalledModule, LoadRefusal>;
}

/**
 * What this kernel could load, all taken together: a kernel module is loadable when it is let in and each import is exported, with an
 * equal CRC and to its like, by the image or by another loadable kernel module. The least fixpoint, because a cycle of kernel
 * modules cannot be loaded in any order. A build without MODVERSIONS has no imports here, and then only its vermagic ties it.
 */
export function judgeLoading(
  kernel: BootableKernel,
  visible: readonly InstalledModule[],
  policy: LoaderPolicy,
): LoaderVerdict {
  const symbols = new SymbolTable(kernel.image, visible);
  const loadable = new Set<InstalledModule>();
  const refused = new Map<InstalledModule, LoadRefusal>();
  /** How many others must be loaded first. */
  const waiting = new Map<InstalledModule, number>();
  const dependents = new Map<InstalledModule, InstalledModule[]>();
  const ready: InstalledModule[] = [];

  for (const installedModule of visible) {
    const refusal = admissionRefusal(kernel, installedModule, policy);
    if (refusal !== null) {
      refused.set(installedModule, refusal);
      continue;
    }
    const { faults, needed } = resolveImports(installedModule, symbols);
    if (faults.length > 0) refused.set(installedModule, { reason: 'symbols', imports: faults });
    else if (needed.length === 0) ready.push(installedModule);
    else waiting.set(installedModule, needed.length);
    for (const dependency of needed) append(dependents, dependency, installedModule);
  }

  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    loadable.add(next);
    for (const dependent of dependents.get(next) ?? []) {
      const left = waiting.get(dependent);
      if (left === undefined) continue;
      waiting.set(dependent, left - 1);
      if (left > 1) continue;
      waiting.delete(dependent);
      ready.push(dependent);
    }
  }
  for (const installedModule of waiting.keys())
    refused.set(installedModule, { reason: 'symbols', imports: missingThrough(installedModule, symbols, loadable) });
  return { loadable, refused };
}

/** The image comes first, and of two kernel modules that export one symbol the first: the kernel refuses to load the second. */
class SymbolTable {
  readonly #ofImage: ReadonlyMap<string, ExportedSymbol>;
  readonly #ofModules = new Map<string, ExportedSymbol>();
  readonly #exporters = new Map<string, InstalledModule>();

  constructor(image: KernelImage, visible: readonly InstalledModule[]) {
    this.#ofImage = exportsByName(image);
    for (const by of visible) {
      for (const symbol of by.kernelModule.exports) {
        if (this.#exporters.has(symbol.name)) continue;
        this.#exporters.set(symbol.name, by);
        this.#ofModules.set(symbol.name, symbol);
      }
    }
  }

  get(name: string): ExportedSymbol | undefined {
    return this.#ofImage.get(name) ?? this.#ofModules.get(name);
  }

  /** The kernel module that exports it; undefined for what the image has. */
  exporterOf(name: string): InstalledModule | undefined {
    return this.#ofImage.has(name) ? undefined : this.#exporters.get(name);
  }
}

/** Kept for as long as the image: many machines of one run have the same. */
const imageTables = new WeakMap<KernelImage, ReadonlyMap<string, ExportedSymbol>>();

export function exportsByName(image: KernelImage): ReadonlyMap<string, ExportedSymbol> {
  const known = imageTables.get(image);
  if (known !== undefined) return known;
  const table = new Map(image.exports.map((symbol) => [symbol.name, symbol]));
  imageTables.set(image, table);
  return table;
}

function resolveImports(
  installedModule: InstalledModule,
  symbols: SymbolTable,
): { readonly faults: RefusedImport[]; readonly needed: readonly InstalledModule[] } {
  const faults: RefusedImport[] = [];
  const needed: InstalledModule[] = [];
  const gpl = isGplCompatible(installedModule.kernelModule);
  for (const wanted of installedModule.kernelModule.imports) {
    const fault = importFault(wanted, symbols.get(wanted.name), installedModule.kernelModule, gpl);
    if (fault !== null) {
      faults.push(fault);
      continue;
    }
    const by = symbols.exporterOf(wanted.name);
    if (by !== undefined && by !== installedModule && !needed.includes(by)) needed.push(by);
  }
  return { faults, needed };
}

/** resolve_symbol() of kernel/module/main.c, check by check. */
function importFault(
  { name, crc }: ImportedSymbol,
  symbol: ExportedSymbol | undefined,
  { importNamespaces }: KernelModule,
  gpl: boolean,
): RefusedImport | null {
  if (symbol === undefined) return { symbol: name, wanted: crc, found: null, why: 'unknown' };
  const fault = (why: RefusedImport['why']): RefusedImport => ({ symbol: name, wanted: crc, found: symbol.crc, why });
  if (symbol.gplOnly && !gpl) return fault('gplOnly');
  if (!acceptsVersion(symbol.crc, crc)) return fault('version');
  // `module:a,b` names who may import (EXPORT_SYMBOL_FOR_MODULES, 6.16), which is not judged here.
  const { namespace } = symbol;
  if (namespace === null || namespace === '' || namespace.startsWith('module:')) return null;
  return importNamespaces.includes(namespace) ? null : fault('namespace');
}

/** The imports that fail only because their exporter is itself refused. */
function missingThrough(
  { kernelModule }: InstalledModule,
  symbols: SymbolTable,
  loadable: ReadonlySet<InstalledModule>,
): RefusedImport[] {
  return kernelModule.imports.flatMap(({ name, crc }) => {
    const by = symbols.exporterOf(name);
    return by !== undefined && by.kernelModule !== kernelModule && !loadable.has(by)
      ? [{ symbol: name, wanted: crc, found: null, why: 'exporterRefused' as const }]
      : [];
  });
}
