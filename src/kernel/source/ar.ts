import { InputError } from '#errors';

export interface ArMember {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const globalHeader = '!<arch>\n';
const headerBytes = 60;

export function isAr(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(8, bytes.length)).toString('latin1') === globalHeader;
}

/**
 * Members of an ar archive as deb(5) uses it: names of at most 16 bytes, no symbol table.
 *
 * @throws InputError `truncated` or `corrupt`
 */
export function readAr(bytes: Uint8Array, file: string): ArMember[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!isAr(bytes))
    throw new InputError('corrupt', 'this is not an ar archive', { file, expected: 'a Debian package' });
  const members: ArMember[] = [];
  for (let at = globalHeader.length; at < bytes.length; ) {
    const header = buffer.toString('latin1', at, at + headerBytes);
    const size = Number(header.slice(48, 58).trim());
    if (header.length < headerBytes) throw truncated(file, bytes.length);
    if (header.slice(58) !== '`\n' || !Number.isSafeInteger(size) || size < 0) {
      throw new InputError('corrupt', 'an archive member has a damaged header', { file, place: { offset: at } });
    }
    const start = at + headerBytes;
    if (start + size > bytes.length) throw truncated(file, bytes.length);
    members.push({
      name: header.slice(0, 16).trimEnd().replace(/\/$/, ''),
      bytes: bytes.subarray(start, start + size),
    });
    // Members start at even offsets.
    at = start + size + (size % 2);
  }
  return members;
}

function truncated(file: string, length: number): InputError {
  return new InputError('truncated', `the archive ends after ${length} bytes, within a member`, {
    file,
    hint: 'fetch the package again',
  });
}
