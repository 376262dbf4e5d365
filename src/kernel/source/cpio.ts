import { InputError } from '#errors';
import { type ContainedFile, fileBytesMax, type OnSkipped, safePath } from '#files';

const headerBytes = 110;
const typeMask = 0o170000;
const regularFile = 0o100000;
const directory = 0o040000;

/**
 * The wanted regular files of a cpio archive in the "newc" format (cpio(5), magic 070701 and 070702), which is what RPM packages hold.
 *
 * @throws InputError `truncated`, `corrupt`, `unsupported`, `too-large`
 */
export function* cpioFiles(
  bytes: Uint8Array,
  { file, wants, onSkipped }: { file: string; wants: (path: string) => boolean; onSkipped: OnSkipped },
): Generator<ContainedFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; ; ) {
    const header = readHeader(buffer, at, file);
    if (header.name === 'TRAILER!!!') return;
    at = header.end;
    const path = safePath(header.name);
    if (path === undefined) {
      if (header.name !== '.' && header.name !== '/') onSkipped(header.name, 'a path that leads out of the archive');
    } else if (wants(path)) {
      if (header.type !== regularFile)
        onSkipped(path, header.type === directory ? 'a directory' : 'not a regular file');
      // Of files that are linked together only the last carries the content.
      else if (header.size === 0 && header.links > 1) onSkipped(path, 'a hard link, its content is under another name');
      else yield { path, bytes: bytes.subarray(header.dataAt, header.dataAt + header.size) };
    }
  }
}

interface CpioHeader {
  readonly name: string;
  readonly type: number;
  readonly links: number;
  readonly size: number;
  readonly dataAt: number;
  /** Where the next header starts. */
  readonly end: number;
}

function readHeader(buffer: Buffer, at: number, file: string): CpioHeader {
  const place = { file, place: { offset: at } };
  if (at + headerBytes > buffer.length) throw truncated(buffer.length, file);
  const magic = buffer.toString('latin1', at, at + 6);
  if (magic === '07070X') {
    throw new InputError('unsupported', 'this package holds files over 4 GiB in a cpio variant of its own', place);
  }
  if (magic !== '070701' && magic !== '070702') {
    throw new InputError('corrupt', 'no cpio header starts here', { ...place, expected: 'magic 070701' });
  }
  // Thirteen fields of eight hexadecimal digits: ino, mode, uid, gid, nlink, mtime, filesize, …, namesize, check.
  const field = (index: number): number => {
    const digits = buffer.toString('latin1', at + 6 + index * 8, at + 14 + index * 8);
    if (!/^[0-9a-fA-F]{8}$/.test(digits))
      throw new InputError('corrupt', 'a cpio header has a field that is no number', place);
    return Number.parseInt(digits, 16);
  };
  const size = field(6);
  const nameBytes = field(11);
  const dataAt = aligned(at + headerBytes + nameBytes);
  if (nameBytes === 0 || dataAt + size > buffer.length) throw truncated(buffer.length, file);
  const name = buffer.toString('utf8', at + headerBytes, at + headerBytes + nameBytes - 1);
  if (size > fileBytesMax) throw new InputError('too-large', `${name} has ${size} bytes`, { file });
  return { name, type: field(1) & typeMask, links: field(4), size, dataAt, end: aligned(dataAt + size) };
}

function aligned(offset: number): number {
  return (offset + 3) & ~3;
}

function truncated(length: number, file: string): InputError {
  return new InputError('truncated', `the cpio archive ends after ${length} bytes, within an entry`, {
    file,
    hint: 'fetch the package again',
  });
}
