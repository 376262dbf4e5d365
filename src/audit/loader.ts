import type { ExportedSymbol, ImportedSymbol, KernelModule } from '#kernel';
import type { LoaderPolicy, RefusedModule } from '#run-document';
import { admissionRefusal, isGplCompatible, type Refusal } from './admission.js';
import type { BootableKernel, InstalledModule } from './payload.js';

/** Why the kernel's loader says no to one import. */
export interface RefusedImport {
  readonly symbol: string;
  readonly wanted: number;
  /** The checksum that the visible exporter has; null when nobody visible exports the symbol. */
  readonly found: number | null;
  readonly why: RefusedModule['examples'][number]['why'];
}

export type LoadRefusal = Refusal | { readonly reason: 'symbols'; readonly imports: readonly RefusedImport[] };

export interface LoaderVerdict {
  readonly loadable: ReadonlySet<InstalledModule>;
  readonly refused: ReadonlyMap<InstalledModule, LoadRefusal>;
}

interface Exporter {
  readonly symbol: ExportedSymbol;
  /** Null for the image. */
  readonly by: InstalledModule | null;
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
  const exporters = exportersOf(kernel, visible);
  const loadable = new Set<InstalledModule>();
  const refused = new Map<InstalledModule, LoadRefusal>();
  const waiting = new Map<InstalledModule, Set<InstalledModule>>();
  const dependents = new Map<InstalledModule, InstalledModule[]>();
  const ready: InstalledModule[] = [];

  for (const one of visible) {
    const refusal = admissionRefusal(kernel, one, policy);
    if (refusal !== null) {
      refused.set(one, refusal);
      continue;
    }
    const { faults, needed } = resolveImports(one, exporters);
    if (faults.length > 0) refused.set(one, { reason: 'symbols', imports: faults });
    else if (needed.size === 0) ready.push(one);
    else waiting.set(one, needed);
    for (const dependency of needed) append(dependents, dependency, one);
  }

  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    loadable.add(next);
    for (const dependent of dependents.get(next) ?? []) {
      const needed = waiting.get(dependent);
      if (needed?.delete(next) && needed.size === 0) {
        waiting.delete(dependent);
        ready.push(dependent);
      }
    }
  }
  for (const [one, needed] of waiting)
    refused.set(one, { reason: 'symbols', imports: missingThrough(one, needed, exporters) });
  return { loadable, refused };
}

/** The image comes first, and of two kernel modules that export one symbol the first: the kernel refuses to load the second. */
function exportersOf({ image }: BootableKernel, visible: readonly InstalledModule[]): Map<string, Exporter> {
  const exporters = new Map<string, Exporter>(image.exports.map((symbol) => [symbol.name, { symbol, by: null }]));
  for (const by of visible) {
    for (const symbol of by.kernelModule.exports) {
      if (!exporters.has(symbol.name)) exporters.set(symbol.name, { symbol, by });
    }
  }
  return exporters;
}

function resolveImports(
  one: InstalledModule,
  exporters: ReadonlyMap<string, Exporter>,
): { readonly faults: RefusedImport[]; readonly needed: Set<InstalledModule> } {
  const faults: RefusedImport[] = [];
  const needed = new Set<InstalledModule>();
  const gpl = isGplCompatible(one.kernelModule);
  for (const wanted of one.kernelModule.imports) {
    const exporter = exporters.get(wanted.name);
    const fault = importFault(wanted, exporter, one.kernelModule, gpl);
    if (fault !== null) faults.push(fault);
    else if (exporter !== undefined && exporter.by !== null && exporter.by !== one) needed.add(exporter.by);
  }
  return { faults, needed };
}

/** resolve_symbol() of kernel/module/main.c, check by check. */
function importFault(
  { name, crc }: ImportedSymbol,
  exporter: Exporter | undefined,
  { importNamespaces }: KernelModule,
  gpl: boolean,
): RefusedImport | null {
  const fault = (found: number | null, why: RefusedImport['why']): RefusedImport => ({
    symbol: name,
    wanted: crc,
    found,
    why,
  });
  if (exporter === undefined) return fault(null, 'unknown');
  const { symbol } = exporter;
  if (symbol.gplOnly && !gpl) return fault(symbol.crc, 'gplOnly');
  if (symbol.crc !== crc) return fault(symbol.crc, 'version');
  // `module:a,b` names who may import (EXPORT_SYMBOL_FOR_MODULES, 6.16), which is not judged here.
  const { namespace } = symbol;
  if (namespace === null || namespace === '' || namespace.startsWith('module:')) return null;
  return importNamespaces.includes(namespace) ? null : fault(symbol.crc, 'namespace');
}

/** The imports that fail only because their exporter is itself refused. */
function missingThrough(
  { kernelModule }: InstalledModule,
  needed: ReadonlySet<InstalledModule>,
  exporters: ReadonlyMap<string, Exporter>,
): RefusedImport[] {
  return kernelModule.imports.flatMap(({ name, crc }) => {
    const by = exporters.get(name)?.by ?? null;
    return by !== null && needed.has(by)
      ? [{ symbol: name, wanted: crc, found: null, why: 'exporterRefused' as const }]
      : [];
  });
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
