import type { KernelImage, KernelModule } from '#kernel';

/** Why the kernel's loader says no to one import: `disagrees about version of symbol` or `Unknown symbol`. */
export interface RefusedImport {
  readonly symbol: string;
  readonly wanted: number;
  /** The checksum that the visible exporter has; null when nobody loadable exports the symbol. */
  readonly found: number | null;
  /** Somebody exports it with the right checksum and is refused too. */
  readonly exporterRefused: boolean;
}

export interface LoaderVerdict {
  readonly loadable: ReadonlySet<KernelModule>;
  readonly refused: ReadonlyMap<KernelModule, readonly RefusedImport[]>;
}

/**
 * What this kernel could load, all taken together: a kernel module is loadable when each import is exported with an equal CRC
 * by the image or by another loadable kernel module. The least fixpoint, because a cycle of kernel modules cannot be loaded
 * in any order. A build without MODVERSIONS has no imports here, and then only its vermagic ties it; see docs/methods.md.
 */
export function judgeLoading(image: KernelImage, visible: readonly KernelModule[]): LoaderVerdict {
  const imageCrc = new Map(image.exports.map(({ name, crc }) => [name, crc]));
  const exporter = new Map<string, { readonly by: KernelModule; readonly crc: number | null }>();
  for (const by of visible) {
    for (const { name, crc } of by.exports) if (!exporter.has(name)) exporter.set(name, { by, crc });
  }

  const loadable = new Set<KernelModule>();
  const refused = new Map<KernelModule, RefusedImport[]>();
  const waiting = new Map<KernelModule, Set<KernelModule>>();
  const dependents = new Map<KernelModule, KernelModule[]>();
  const ready: KernelModule[] = [];

  for (const kernelModule of visible) {
    const needed = new Set<KernelModule>();
    const faults: RefusedImport[] = [];
    for (const { name, crc: wanted } of kernelModule.imports) {
      const inImage = imageCrc.get(name);
      const other = inImage === undefined ? exporter.get(name) : undefined;
      const found = inImage === undefined ? other?.crc : inImage;
      if (found === undefined || found !== wanted)
        faults.push({ symbol: name, wanted, found: found ?? null, exporterRefused: false });
      else if (other !== undefined && other.by !== kernelModule) needed.add(other.by);
    }
    if (faults.length > 0) refused.set(kernelModule, faults);
    else if (needed.size === 0) ready.push(kernelModule);
    else waiting.set(kernelModule, needed);
    for (const dependency of needed) append(dependents, dependency, kernelModule);
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
  for (const [kernelModule, needed] of waiting)
    refused.set(kernelModule, missingThrough(kernelModule, needed, exporter));
  return { loadable, refused };
}

/** The imports that fail only because their exporter is itself refused. */
function missingThrough(
  kernelModule: KernelModule,
  needed: ReadonlySet<KernelModule>,
  exporter: ReadonlyMap<string, { readonly by: KernelModule }>,
): RefusedImport[] {
  return kernelModule.imports.flatMap(({ name, crc }) => {
    const by = exporter.get(name)?.by;
    return by !== undefined && needed.has(by)
      ? [{ symbol: name, wanted: crc, found: null, exporterRefused: true }]
      : [];
  });
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
