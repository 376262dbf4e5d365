import { append } from '#collections';
import type { Crc, KernelBuild } from './build.js';
import { acceptsVermagic, acceptsVersion, vermagicOf } from './loader-rules.js';

/**
 * What of the older build no longer loads where only the newer image takes the place of the older one: as the loader sees it, who has another
 * vermagic, who imports a symbol that the image exports with another CRC or that nobody exports, and who needs one of these. Who imports a
 * changed symbol of another kernel module still loads beside the older one.
 *
 * @param isUnknown whether nobody knows if the newer image exports a symbol; that is not held against its importers
 */
export function brokenInAll(
  from: KernelBuild,
  to: KernelBuild,
  isUnknown: (symbol: string) => boolean,
): ReadonlySet<string> {
  const vermagic = vermagicOf(to);
  const ofImage = new Map<string, Crc | null>(to.image.exports.map(({ name, crc }) => [name, crc]));
  const exporters = exportersOf(from);
  const broken = new Set<string>();
  const neededBy = new Map<string, string[]>();
  for (const kernelModule of from.modules) {
    if (!acceptsVermagic(vermagic, kernelModule)) broken.add(kernelModule.name);
    for (const { name, crc } of kernelModule.imports) {
      const inImage = ofImage.get(name);
      const exporter = inImage === undefined ? exporters.get(name) : undefined;
      const exported = exporter === undefined ? inImage : exporter.crc;
      if (exported === undefined ? !isUnknown(name) : !acceptsVersion(exported, crc)) broken.add(kernelModule.name);
      if (exporter === undefined || exporter.name === kernelModule.name) continue;
      append(neededBy, exporter.name, kernelModule.name);
    }
  }
  addDeclared(from, neededBy);
  // A Set iterates over what is added while it is walked, each element once: that is the queue.
  for (const name of broken) for (const dependent of neededBy.get(name) ?? []) broken.add(dependent);
  return broken;
}

function exportersOf({ modules }: KernelBuild): Map<string, { readonly name: string; readonly crc: Crc | null }> {
  const exporters = new Map<string, { name: string; crc: Crc | null }>();
  for (const { name, exports } of modules) {
    for (const symbol of exports)
      if (!exporters.has(symbol.name)) exporters.set(symbol.name, { name, crc: symbol.crc });
  }
  return exporters;
}

/** A build without CRCs has no imports: who needs whom is in `depends` alone. */
function addDeclared({ modversions, modules }: KernelBuild, neededBy: Map<string, string[]>): void {
  if (modversions) return;
  for (const { name, depends } of modules) {
    for (const needed of depends) append(neededBy, needed, name);
  }
}
