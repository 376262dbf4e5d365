import { invariant } from '#errors';
import type { RpmPackage } from '#rpm';
import { type RenderedPackage, renderPackage } from './render-package.js';
import type { XmlEscaper } from './xml.js';

/** Packages in the order they are written. An array is one; a generator with a length is another, and is read once. */
export interface PackageSource extends Iterable<RpmPackage> {
  readonly length: number;
}

const header = '<?xml version="1.0" encoding="UTF-8"?>\n';
const schema = 'http://linux.duke.edu/metadata';

/** The three documents, piece by piece: their beginnings, each package, their ends. */
export function* renderDocuments(
  packages: PackageSource,
  xml: XmlEscaper,
  known?: WeakMap<RpmPackage, RenderedPackage>,
): Generator<RenderedPackage> {
  yield documentsBegin(packages.length);
  let rendered = 0;
  for (const pkg of packages) {
    rendered++;
    const renderedPackage = known?.get(pkg) ?? renderPackage(pkg, xml);
    known?.set(pkg, renderedPackage);
    yield renderedPackage;
  }
  invariant(rendered === packages.length, `${packages.length} packages were announced and ${rendered} came`);
  yield documentsEnd();
}

/** What stands before the first package. */
export function documentsBegin(packages: number): RenderedPackage {
  const count = `packages="${packages}"`;
  return documents(
    `${header}<metadata xmlns="${schema}/common" xmlns:rpm="${schema}/rpm" ${count}>\n`,
    `${header}<filelists xmlns="${schema}/filelists" ${count}>\n`,
    `${header}<otherdata xmlns="${schema}/other" ${count}>\n`,
  );
}

/** What stands behind the last one. */
export function documentsEnd(): RenderedPackage {
  return documents('</metadata>\n', '</filelists>\n', '</otherdata>\n');
}

function documents(primary: string, filelists: string, other: string): RenderedPackage {
  return { primary: [Buffer.from(primary)], filelists: [Buffer.from(filelists)], other: [Buffer.from(other)] };
}
