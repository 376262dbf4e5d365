import { type PackageSource, renderDocuments } from './render.js';
import { XmlEscaper } from './xml.js';

/** primary.xml in memory, for a repository that never lies on a disk: what is installed on a machine. */
export function primaryDocument(packages: PackageSource): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (const { primary } of renderDocuments(packages, new XmlEscaper())) pieces.push(...primary);
  return Buffer.concat(pieces);
}
