import { InputError } from '#errors';
import { type ContainedFile, fileBytesMax, type OnSkipped, safePath } from '#files';
import { ByteStream } from './stream.js';

const headerBytes = 110;
/** PATH_MAX of Linux, with the end mark. */
const nameBytesMax = 4096;
/** A kernel's packages have some ten thousand files. */
const entriesMax = 200_000;
const typeMask = 0o170000;
const regularFile = 0o100000;
const directory = 0o040000;

/**
 * The wanted regular files of a cpio archive in the "newc" format (cpio(5), magic 070701 and 070702), which is what RPM packages hold.
 *
 * @throws InputError `truncated`, `corrupt`, `unsupported`, `too-large`
 */
export async function* cpioFiles(
  chunks: AsyncIterable<Uint8Array>,
  { file, wants, onSkipped }: { file: string; wants: (path: string) => boolean; onSkipped: OnSkipped },
): AsyncGenerator<ContainedFile> {
  const stream = new ByteStream(chunks);
  try {
    for (let entries = 0; ; entries += 1) {
      if (entries > entriesMax) {
        throw new InputError('too-large', 'the cpio archive has too many entries', {
          file,
          expected: `at most ${entriesMax}`,
        });
      }
      const header = await readHeader(stream, file);
      if (header.name === 'TRAILER!!!') return;
      const content = await wantedContent(stream, header, { file, wants, onSkipped });
      if (content !== undefined) yield content;
    }
  } finally {
    await stream.close();
  }
}

/** Leaves the stream behind the entry's content. */
async function wantedContent(
  stream: ByteStream,
  header: CpioHeader,
  { file, wants, onSkipped }: { file: string; wants: (path: string) => boolean; onSkipped: OnSkipped },
): Promise<ContainedFile | undefined> {
  const { name, size } = header;
  const path = safePath(name);
  const why = path === undefined ? leadsOut(name) : wants(path) ? notPlain(header) : null;
  if (why !== null) onSkipped(path ?? name, why);
  if (path === undefined || why !== null || !wants(path)) {
    await skipped(stream, size, file);
    return undefined;
  }
  if (size > fileBytesMax) throw new InputError('too-large', `${name} has ${size} bytes`, { file });
  const bytes = await stream.take(size);
  if (bytes.length < size) throw truncated(stream, file);
  await skipped(stream, 0, file);
  return { path, bytes };
}

function leadsOut(name: string): string | null {
  return name === '.' || name === '/' ? null : 'a path that leads out of the archive';
}

function notPlain({ type, size, links }: CpioHeader): string | null {
  if (type !== regularFile) return type === directory ? 'a directory' : 'not a regular file';
  // Of files that are linked together only the last carries the content.
  return size === 0 && links > 1 ? 'a hard link, its content is under another name' : null;
}

/** Passes over so many bytes, and to the next multiple of four. */
async function skipped(stream: ByteStream, bytes: number, file: string): Promise<void> {
  const isWhole = (await stream.skip(bytes)) && (await stream.skip(toAlignment(stream.offset)));
  if (!isWhole) throw truncated(stream, file);
}

interface CpioHeader {
  readonly name: string;
  readonly type: number;
  readonly links: number;
  readonly size: number;
}

/** Leaves the stream where the entry's content starts. */
async function readHeader(stream: ByteStream, file: string): Promise<CpioHeader> {
  const place = { file, place: { offset: stream.offset } };
  const head = await stream.take(headerBytes);
  if (head.length < headerBytes) throw truncated(stream, file);
  const text = head.toString('latin1');
  const magic = text.slice(0, 6);
  if (magic === '07070X') {
    throw new InputError('unsupported', 'this package holds files over 4 GiB, in the cpio variant of rpm', place);
  }
  if (magic !== '070701' && magic !== '070702') {
    throw new InputError('corrupt', 'no cpio header starts here', { ...place, expected: 'magic 070701' });
  }
  // Thirteen fields of eight hexadecimal digits: ino, mode, uid, gid, nlink, mtime, filesize, …, namesize, check.
  if (!/^[0-9a-fA-F]*$/.test(text.slice(6))) {
    throw new InputError('corrupt', 'a cpio header has a field that is no number', place);
  }
  const field = (index: number): number => Number.parseInt(text.slice(6 + index * 8, 14 + index * 8), 16);
  const nameBytes = field(11);
  if (nameBytes === 0 || nameBytes > nameBytesMax) {
    throw new InputError('corrupt', `a cpio header says that its name has ${nameBytes} bytes`, place);
  }
  const name = await stream.take(nameBytes);
  if (name.length < nameBytes || !(await stream.skip(toAlignment(stream.offset)))) throw truncated(stream, file);
  return { name: name.toString('utf8', 0, nameBytes - 1), type: field(1) & typeMask, links: field(4), size: field(6) };
}

/** Names and contents are filled up to a multiple of four. */
function toAlignment(offset: number): number {
  return (4 - (offset % 4)) % 4;
}

function truncated({ offset }: ByteStream, file: string): InputError {
  return new InputError('truncated', `the cpio archive ends after ${offset} bytes, within an entry`, {
    file,
    hint: 'fetch the package again',
  });
}
