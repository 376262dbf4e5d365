import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { InputError } from '#errors';
import { asInputError, decodeUtf8, decompress, hashInputFile, readInputFile, sha256Hex } from '#files';
import { type Checksum, type IndexEntry, parseIndex } from './index-schema.js';
import { checkPrimary } from './primary-head.js';

export interface ReadRepositoryOptions {
  /** The most bytes that all its metadata files may have together, packed. Default: 1 GiB. */
  readonly limitBytes?: number;
  /** The most bytes that those which are used may unpack to together. Default: 512 MiB, which is 20 times what the largest kernel needs. */
  readonly limitOpenBytes?: number;
  /** Whether what is used is unpacked (default). Without, the files are verified as they lie there, for whoever knows their content. */
  readonly unpack?: boolean;
}

export interface ReadMetadata {
  readonly type: string;
  readonly href: string;
  /** Size as it lies in the repository. */
  readonly bytes: number;
  /** Unpacked; `null` for all that nothing here uses or nobody asked for. Their packed bytes are verified all the same. */
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

/** What is unpacked: all that a solve needs. Lists of files, changelogs and databases repeat it or are for people. */
const usedTypes = ['primary', 'updateinfo'];

const indexLimitBytes = 4 << 20;
const entriesMax = 100;
const defaultLimitBytes = 2 ** 30;
/** Thirty whole kernels under one KMP for each kernel module are 800 MB of primary.xml. */
export const defaultLimitOpenBytes = 2 ** 29;

/**
 * Reads a repository on disk. Every listed file is compared with the size and checksum the index gives for it, and what is used also
 * unpacked, before anything but the index is parsed. Parsing primary is libsolv's business; that it is one, and how many packages it
 * announces, is looked at here. Memory and time are bounded by the repository, however many files it lists.
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
  refuseEntries(entries, indexFile);
  const budget = {
    packed: options.limitBytes ?? defaultLimitBytes,
    open: options.limitOpenBytes ?? defaultLimitOpenBytes,
  };
  const metadata = new Map<string, ReadMetadata>();
  const unpacked = options.unpack === false ? [] : usedTypes;
  for (const entry of entries)
    metadata.set(entry.type, await readVerified(directory, entry, unpacked.includes(entry.type), budget));
  return { directory, revision, repomdSha256: sha256Hex(bytes), metadata };
}

function refuseEntries(entries: readonly IndexEntry[], file: string): void {
  const place = { file, place: { part: 'repomd.data' } };
  if (entries.length > entriesMax) {
    throw new InputError('too-large', `${entries.length} files`, { ...place, expected: `at most ${entriesMax}` });
  }
  const types = entries.map(({ type }) => type);
  const again = types.find((type, index) => types.indexOf(type) !== index);
  if (again !== undefined) throw new InputError('invalid', `two files of type ${again}`, place);
}

/** Bytes that a repository may still come to. */
interface Budget {
  packed: number;
  open: number;
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
  unpack: boolean,
  budget: Budget,
): Promise<ReadMetadata> {
  const file = join(directory, entry.href);
  await refuseEscape(directory, file);
  const { type, href } = entry;
  const options = { limitBytes: budget.packed, expected: `the ${type} metadata that repomd.xml lists` };
  if (!unpack) {
    const { bytes, hex } = await hashInputFile(file, entry.checksum.algorithm, options);
    budget.packed -= bytes;
    verifySize(bytes, entry.bytes, file);
    verifyChecksum(hex, entry.checksum, file);
    return { type, href, bytes, open: null };
  }
  const packed = await readInputFile(file, options);
  budget.packed -= packed.length;
  verifySize(packed.length, entry.bytes, file);
  verifyChecksum(hexOf(packed, entry.checksum), entry.checksum, file);
  const open = await openVerified(packed, entry, file, budget.open);
  budget.open -= open.length;
  if (type === 'primary') checkPrimary(open, file);
  return { type, href, bytes: packed.length, open };
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
      expected: `at most ${limitOpenBytes} bytes for this repository`,
      hint: 'where it is right all the same, "kmplab solve --metadata" takes more',
    });
  }
  // Whatever unpacks to more than was promised is wrong already: no need to see how much more.
  const open = await decompress(packed, { file, limitBytes: entry.openBytes ?? limitOpenBytes });
  verifySize(open.length, entry.openBytes, `${file} (unpacked)`);
  const { openChecksum } = entry;
  if (openChecksum !== null) verifyChecksum(hexOf(open, openChecksum), openChecksum, `${file} (unpacked)`);
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

function hexOf(bytes: Uint8Array, { algorithm }: Checksum): string {
  return createHash(algorithm).update(bytes).digest('hex');
}

function verifyChecksum(actual: string, { algorithm, hex }: Checksum, file: string): void {
  if (actual === hex) return;
  throw new InputError('checksum', `its ${algorithm} is ${actual}`, {
    file,
    expected: `${hex}, as repomd.xml says`,
    hint: 'fetch or generate the repository again',
  });
}
