import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex, writeDirectoryAtomic } from '#files';
import { type RepositoryFile, renderIndex } from './index-document.js';
import { type MetadataCompression, MetadataFile } from './metadata-file.js';
import { type PackageSource, renderDocuments } from './render.js';
import { XmlEscaper } from './xml.js';

export interface WriteOptions {
  /** Default: gzip, which every client reads. */
  readonly compression?: MetadataCompression;
  /** Seconds since the epoch, for the revision and the timestamps. Default: 2000-01-01, so that equal input gives equal bytes. */
  readonly time?: number;
}

export interface WrittenRepository {
  readonly directory: string;
  readonly packages: number;
  /** primary, filelists, other. */
  readonly files: readonly RepositoryFile[];
  readonly repomdSha256: string;
  /** Characters that XML cannot carry and that were replaced. */
  readonly replacedCharacters: number;
}

/** What this writes of itself, and may therefore replace. */
const ownEntries = 'repodata';
const defaultTime = 946_684_800;

/**
 * Writes a repository's metadata into `directory`: repodata with repomd.xml, primary, filelists and other. No payload belongs to these
 * packages, so the checksum that identifies each (pkgid) is the SHA-256 of its own metadata instead of its file: packages that
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
  let files: readonly RepositoryFile[] = [];
  let index = '';
  await writeDirectoryAtomic(
    directory,
    async (aside) => {
      const repodata = join(aside, 'repodata');
      await mkdir(repodata);
      files = await writeMetadata(packages, repodata, options.compression ?? 'gzip', xml);
      index = renderIndex(files, options.time ?? defaultTime);
      await writeFile(join(repodata, 'repomd.xml'), index);
    },
    { mayReplace: (entries) => entries.every((entry) => entry === ownEntries) },
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
  compression: MetadataCompression,
  xml: XmlEscaper,
): Promise<RepositoryFile[]> {
  const primary = new MetadataFile(repodata, 'primary', compression);
  const filelists = new MetadataFile(repodata, 'filelists', compression);
  const other = new MetadataFile(repodata, 'other', compression);
  const all = [primary, filelists, other];
  try {
    for (const text of renderDocuments(packages, xml)) {
      const waits = [primary.add(text.primary), filelists.add(text.filelists), other.add(text.other)];
      if (waits.some((wait) => wait !== undefined)) await Promise.all(waits);
    }
    return await Promise.all(all.map((file) => file.close()));
  } finally {
    for (const file of all) file.abandon();
  }
}
