import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { InputError } from '#errors';
import { asInputError, decodeUtf8, decompress, readInputFile, sha256Hex } from '#files';
import { type Checksum, type IndexEntry, parseIndex } from './index-schema.js';

export interface ReadRepositoryOptions {
  /** The largest metadata file that is accepted, packed. Default: 1 GiB. */
  readonly limitBytes?: number;
  /** The most a metadata file may unpack to. Default: 2 GiB less one page, what a Buffer and 32-bit readers can hold. */
  readonly limitOpenBytes?: number;
}

export interface ReadMetadata {
  readonly type: string;
  readonly href: string;
  /** As it lies in the repository. */
  readonly packed: Uint8Array;
  /** Unpacked; `null` for formats that nothing here reads (SQLite databases, zchunk). Their packed bytes are verified all the same. */
  readonly open: Uint8Array | null;
}

/** A repository whose files are what its index promised. */
export interface ReadRepository {
  readonly directory: string;
  readonly revision: string | null;
  readonly repomdSha256: string;
  /** Everything the index lists, by type. */
  readonly metadata: ReadonlyMap<string, ReadMetadata>;
}

const indexLimitBytes = 4 << 20;
const defaultLimitBytes = 2 ** 30;
const defaultLimitOpenBytes = 2 ** 31 - 4096;

/**
 * Reads a repository on disk. Every listed file is compared with the size and checksum the index gives for it, packed and unpacked,
 * before anything but the index is parsed; parsing primary is libsolv's business.
 *
 * @throws InputError `missing`, `checksum`, `truncated`, `corrupt`, `too-large`, `invalid`, naming the file
 */
export async function readRepository(directory: string, options: ReadRepositoryOptions = {}): Promise<ReadRepository> {
  const indexFile = join(directory, 'repodata', 'repomd.xml');
  const bytes = await readInputFile(indexFile, {
    limitBytes: indexLimitBytes,
    expected: 'the index of an rpm-md repository',
  });
  const { revision, entries } = parseIndex(decodeUtf8(bytes, indexFile), indexFile);
  const metadata = new Map<string, ReadMetadata>();
  for (const entry of entries) {
    if (metadata.has(entry.type)) {
      throw new InputError('invalid', `two files of type ${entry.type}`, {
        file: indexFile,
        place: { part: 'repomd.data' },
      });
    }
    metadata.set(entry.type, await readVerified(directory, entry, options));
  }
  return { directory, revision, repomdSha256: sha256Hex(bytes), metadata };
}

/** The unpacked metadata of one type, which the caller cannot do without. */
export function metadataOf(repository: ReadRepository, type: string): Uint8Array {
  const open = repository.metadata.get(type)?.open;
  if (open !== undefined && open !== null) return open;
  throw new InputError('missing', `the repository lists no readable ${type} metadata`, {
    file: join(repository.directory, 'repodata', 'repomd.xml'),
    hint: 'create it with createrepo_c or "kmplab generate"',
  });
}

async function readVerified(
  directory: string,
  entry: IndexEntry,
  options: ReadRepositoryOptions,
): Promise<ReadMetadata> {
  const file = join(directory, entry.href);
  await refuseEscape(directory, file);
  const packed = await readInputFile(file, {
    limitBytes: options.limitBytes ?? defaultLimitBytes,
    expected: `the ${entry.type} metadata that repomd.xml lists`,
  });
  verifySize(packed.length, entry.bytes, file);
  verifyChecksum(packed, entry.checksum, file);
  // Databases (`primary_db`) and zchunk files (`primary_zck`) repeat what the XML says.
  if (/_(db|zck)$/.test(entry.type)) return { type: entry.type, href: entry.href, packed, open: null };
  const open = await openVerified(packed, entry, file, options.limitOpenBytes ?? defaultLimitOpenBytes);
  return { type: entry.type, href: entry.href, packed, open };
}

async function openVerified(
  packed: Uint8Array,
  entry: IndexEntry,
  file: string,
  limitOpenBytes: number,
): Promise<Uint8Array> {
  if (entry.openBytes !== null && entry.openBytes > limitOpenBytes) {
    throw new InputError('too-large', `it is said to unpack to ${entry.openBytes} bytes`, {
      file,
      expected: `at most ${limitOpenBytes} bytes`,
    });
  }
  // Whatever unpacks to more than was promised is wrong already: no need to see how much more.
  const open = await decompress(packed, { file, limitBytes: entry.openBytes ?? limitOpenBytes });
  verifySize(open.length, entry.openBytes, `${file} (unpacked)`);
  if (entry.openChecksum !== null) verifyChecksum(open, entry.openChecksum, `${file} (unpacked)`);
  return open;
}

/** A symbolic link, too, must stay inside: a repository may come from anywhere. */
async function refuseEscape(directory: string, file: string): Promise<void> {
  try {
    const [root, target] = await Promise.all([realpath(directory), realpath(file)]);
    if (target.startsWith(root.endsWith(sep) ? root : root + sep)) return;
  } catch (error) {
    throw asInputError(error, file, 'a metadata file that repomd.xml lists');
  }
  throw new InputError('invalid', 'this file lies outside the repository', { file });
}

function verifySize(actual: number, promised: number | null, file: string): void {
  if (promised === null || actual === promised) return;
  throw new InputError(actual < promised ? 'truncated' : 'corrupt', `it has ${actual} bytes`, {
    file,
    expected: `${promised} bytes, as repomd.xml says`,
    hint: 'fetch or generate the repository again',
  });
}

function verifyChecksum(bytes: Uint8Array, { algorithm, hex }: Checksum, file: string): void {
  const actual = createHash(algorithm).update(bytes).digest('hex');
  if (actual === hex) return;
  throw new InputError('checksum', `its ${algorithm} is ${actual}`, {
    file,
    expected: `${hex}, as repomd.xml says`,
    hint: 'fetch or generate the repository again',
  });
}
