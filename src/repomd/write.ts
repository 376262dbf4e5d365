import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex, writeDirectoryAtomic } from '#files';
import { AdvisedPackages, type Advisory, updateinfoDocument } from './advisory.js';
import { defaultTime, type RepositoryFile, renderIndex } from './index-document.js';
import { type MetadataCompression, MetadataFile } from './metadata-file.js';
import { type PackageSource, renderDocuments } from './render.js';
import { XmlEscaper } from './xml.js';

export interface WriteOptions {
  /** Default: gzip, which every client reads. */
  readonly compression?: MetadataCompression;
  /** Seconds since the epoch, for the revision and the timestamps. Default: 2000-01-01, so that equal input gives equal bytes. */
  readonly time?: number;
  /** Updates that the repository publishes, as updateinfo. Default: none, and then there is no such file. */
  readonly advisories?: readonly Advisory[];
}

export interface WrittenRepository {
  readonly directory: string;
  readonly packages: number;
  /** primary, filelists, other, and updateinfo where there are advisories. */
  readonly files: readonly RepositoryFile[];
  readonly repomdSha256: string;
  /** Characters that XML cannot carry and that were replaced. */
  readonly replacedCharacters: number;
}

/** Whether a directory has nothing but what `writeRepository` writes, which may replace it. */
export function isOwnRepository(entries: readonly string[]): boolean {
  return entries.every((entry) => entry === 'repodata');
}

/**
 * Writes a repository's metadata into `directory`: repodata with repomd.xml, primary, filelists, other and, where
 * there are advisories, updateinfo. No payload belongs to these
 * packages, so the checksum that identifies each (pkgid) is the SHA-256 of its metadata instead of its file: packages that
 * differ in anything a client can see have different ones.
 *
 * The directory appears whole or not at all. One pass, in pieces: memory does not depend on how many packages there are.
 *
 * @throws InputError where the directory cannot be written or holds something else
 */
export async function writeRepository(
  packages: PackageSource,
  directory: string,
  options: WriteOptions = {},
): Promise<WrittenRepository> {
  const xml = new XmlEscaper();
  const time = options.time ?? defaultTime;
  let files: readonly RepositoryFile[] = [];
  let index = '';
  await writeDirectoryAtomic(
    directory,
    async (aside) => {
      const repodata = join(aside, 'repodata');
      await mkdir(repodata);
      files = await writeMetadata(packages, repodata, { ...options, time }, xml);
      index = renderIndex(files, time);
      await writeFile(join(repodata, 'repomd.xml'), index);
    },
    { mayReplace: isOwnRepository },
  );
  return {
    directory,
    packages: packages.length,
    files,
    repomdSha256: sha256Hex(index),
    replacedCharacters: xml.replaced,
  };
}

async function writeMetadata(
  packages: PackageSource,
  repodata: string,
  { compression = 'gzip', advisories = [], time }: WriteOptions & { readonly time: number },
  xml: XmlEscaper,
): Promise<RepositoryFile[]> {
  const primary = new MetadataFile(repodata, 'primary', compression);
  const filelists = new MetadataFile(repodata, 'filelists', compression);
  const other = new MetadataFile(repodata, 'other', compression);
  const updateinfo = advisories.length === 0 ? [] : [new MetadataFile(repodata, 'updateinfo', compression)];
  const all = [primary, filelists, other, ...updateinfo];
  const advised = new AdvisedPackages(advisories);
  try {
    for (const text of renderDocuments(watched(packages, advised), xml)) {
      const waits = [primary.add(text.primary), filelists.add(text.filelists), other.add(text.other)];
      // Most texts fit into a buffer: a turn of the event loop is waited for only where a file asks for one.
      const pending = waits.filter((wait) => wait !== undefined);
      if (pending.length > 0) await Promise.all(pending);
    }
    advised.refuseMissing();
    for (const file of updateinfo) await file.add([Buffer.from(updateinfoDocument(advisories, time, xml))]);
    return await Promise.all(all.map((file) => file.close()));
  } finally {
    for (const file of all) file.abandon();
  }
}

/** The same packages, each shown to `advised` on its way. */
function watched(packages: PackageSource, advised: AdvisedPackages): PackageSource {
  return {
    length: packages.length,
    *[Symbol.iterator]() {
      for (const pkg of packages) {
        advised.seen(pkg);
        yield pkg;
      }
    },
  };
}
