import { createHash, type Hash } from 'node:crypto';
import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { InputError } from '#errors';
import { sha256Hex, writeDirectoryAtomic } from '#files';
import type { RpmPackage } from '#rpm';
import { defaultTime, type RepositoryFile, renderIndex } from './index-document.js';
import { gzipMember, MetadataFile } from './metadata-file.js';
import { documentsBegin, documentsEnd } from './render.js';
import { type RenderedPackage, renderPackage } from './render-package.js';
import { isOwnRepository, type WrittenRepository } from './write.js';
import { XmlEscaper } from './xml.js';

/** Some packages of a repository as they stand in its metadata, packed: a file for each document, in one directory. */
export interface RepositoryPart {
  readonly directory: string;
  readonly packages: number;
  /** primary, filelists, other; `href` is relative to the directory. */
  readonly files: readonly RepositoryFile[];
  readonly replacedCharacters: number;
}

const types = ['primary', 'filelists', 'other'] as const satisfies readonly (keyof RenderedPackage)[];

/** Writes packages into an empty directory, one after the other: nothing is held but what waits to be packed. */
export async function writePart(
  packages: Iterable<RpmPackage> | AsyncIterable<RpmPackage>,
  directory: string,
): Promise<RepositoryPart> {
  const xml = new XmlEscaper();
  const all = types.map((type) => ({ type, file: new MetadataFile(directory, type, 'gzip') }));
  let written = 0;
  try {
    for await (const pkg of packages) {
      written += 1;
      const text = renderPackage(pkg, xml);
      const waits = all.map(({ type, file }) => file.add(text[type])).filter((wait) => wait !== undefined);
      if (waits.length > 0) await Promise.all(waits);
    }
    const files = await Promise.all(all.map(({ file }) => file.close()));
    return {
      directory,
      packages: written,
      files: files.map((file) => ({ ...file, href: file.href.replace('repodata/', '') })),
      replacedCharacters: xml.replaced,
    };
  } finally {
    for (const { file } of all) file.abandon();
  }
}

/**
 * Makes one repository of parts, which stay as they are: members of gzip may follow one another (RFC 1952), so that nothing is packed again. Only
 * the checksum of the open document takes unpacking them.
 *
 * @throws InputError `corrupt` where a part is not what was written; else as `writeRepository`
 */
export async function joinParts(parts: readonly RepositoryPart[], directory: string): Promise<WrittenRepository> {
  const packages = parts.reduce((sum, part) => sum + part.packages, 0);
  let files: readonly RepositoryFile[] = [];
  let index = '';
  await writeDirectoryAtomic(
    directory,
    async (aside) => {
      const repodata = join(aside, 'repodata');
      await mkdir(repodata);
      const [begin, end] = [documentsBegin(packages), documentsEnd()];
      files = await Promise.all(
        types.map((type) => joinDocument(type, parts, { begin: begin[type], end: end[type], repodata })),
      );
      index = renderIndex(files, defaultTime);
      await writeFile(join(repodata, 'repomd.xml'), index);
    },
    { mayReplace: isOwnRepository },
  );
  const replacedCharacters = parts.reduce((sum, part) => sum + part.replacedCharacters, 0);
  return { directory, packages, files, repomdSha256: sha256Hex(index), replacedCharacters };
}

interface JoinedDocument {
  readonly begin: readonly Uint8Array[];
  readonly end: readonly Uint8Array[];
  readonly repodata: string;
}

async function joinDocument(
  type: (typeof types)[number],
  parts: readonly RepositoryPart[],
  { begin, end, repodata }: JoinedDocument,
): Promise<RepositoryFile> {
  const aside = join(repodata, `.${type}`);
  const output = await open(aside, 'wx');
  const [packedHash, openHash] = [createHash('sha256'), createHash('sha256')];
  let bytes = 0;
  let openBytes = 0;
  const append = async (member: Uint8Array): Promise<void> => {
    packedHash.update(member);
    bytes += member.length;
    openBytes += await hashOpen(member, openHash);
    await output.write(member);
  };
  try {
    await append(gzipMember(Buffer.concat(begin)));
    for (const part of parts) if (part.packages > 0) await append(await partOf(part, type));
    await append(gzipMember(Buffer.concat(end)));
  } finally {
    await output.close();
  }
  const sha256 = packedHash.digest('hex');
  const name = `${sha256}-${type}.xml.gz`;
  await rename(aside, join(repodata, name));
  return { type, href: `repodata/${name}`, bytes, sha256, openBytes, openSha256: openHash.digest('hex') };
}

/** One document of a part: some megabytes, as large as one kernel. @throws InputError `corrupt` */
async function partOf({ directory, files }: RepositoryPart, type: string): Promise<Uint8Array> {
  const file = files.find((file) => file.type === type);
  const path = join(directory, file?.href ?? type);
  const member = await readFile(path);
  if (file !== undefined && sha256Hex(member) === file.sha256) return member;
  throw new InputError('corrupt', 'this part of a repository is not as it was written', { file: path });
}

/** Unpacks into a hash, in pieces; returns how many bytes there were. */
async function hashOpen(member: Uint8Array, hash: Hash): Promise<number> {
  const gunzip: AsyncIterable<Uint8Array> & NodeJS.WritableStream = createGunzip({ chunkSize: 1 << 18 });
  gunzip.end(member);
  let bytes = 0;
  for await (const piece of gunzip) {
    hash.update(piece);
    bytes += piece.length;
  }
  return bytes;
}
