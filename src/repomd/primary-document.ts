import type { RpmPackage } from '#rpm';
import { type PackageSource, renderDocuments } from './render.js';
import type { RenderedPackage } from './render-package.js';
import { XmlEscaper } from './xml.js';

/** Shares of packages in documents, for who writes the same packages again and again. */
export type RenderedPackages = WeakMap<RpmPackage, RenderedPackage>;

/** primary.xml in memory, for a repository that never lies on a disk: what is installed on a machine. */
export function primaryDocument(packages: PackageSource, rendered?: RenderedPackages): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (const { primary } of renderDocuments(packages, new XmlEscaper(), rendered)) pieces.push(...primary);
  return Buffer.concat(pieces);
}
