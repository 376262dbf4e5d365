import { crc32 } from 'node:zlib';

/** A block of an xz file, and what it unpacks to. */
interface XzBlock {
  readonly bytes: Uint8Array;
  readonly unpackedBytes: number;
}

/** Content as it is, in pieces of at most 64 KiB that LZMA2 leaves unpacked (the .xz file format 1.2.1, 3.1 and 5.3.1). */
export function storedBlock(content: Uint8Array): XzBlock {
  const head = Buffer.from([2, 0, 0x21, 1, 0x1c, 0, 0, 0]);
  const parts: Uint8Array[] = [head, crcOf(head)];
  for (let at = 0; at < content.length; at += 0x10000) {
    const piece = content.subarray(at, at + 0x10000);
    const size = piece.length - 1;
    parts.push(Buffer.from([at === 0 ? 1 : 2, size >> 8, size & 0xff]), piece);
  }
  return { bytes: Buffer.concat([...parts, Buffer.of(0)]), unpackedBytes: content.length };
}

/** 1 MiB of spaces, as `xz -9 --check=none` packs it. */
export const spaces: XzBlock = {
  bytes: Buffer.from(
    'AgAhARwAAAAQz1jM7///ANldABBv+7/+o7Fe5fg/sqomVfhocEFwFQ+N/R5MG4pCtxn0aRhxrmYjiopNL6MN2X+m44wjEVPgWRjFdYrid/i2lH8MasDe' +
      'dElk4ulcU7IE2PdEDKtfDW1G6eXDdoi3llestk3haR1v+0uIEGxCy4g/XACP0E6vJiiUcR89jyThcJ6nI1/sKMuF0ZWYin4qkfIndfcZwAaYTZj92K/V' +
      'kA/EJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1Iq9+SVJQAA',
    'base64',
  ),
  unpackedBytes: 2 ** 20,
};

/** An xz file of these blocks, without checks. */
export function xzOf(blocks: readonly XzBlock[]): Uint8Array {
  const flags = Buffer.from([0, 0]);
  const records = blocks.flatMap(({ bytes, unpackedBytes }) => [...numberOf(bytes.length), ...numberOf(unpackedBytes)]);
  const index = padded(Buffer.from([0, ...numberOf(blocks.length), ...records]));
  const footer = Buffer.alloc(6);
  footer.writeUInt32LE((index.length + 4) / 4 - 1);
  return Buffer.concat([
    Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]),
    flags,
    crcOf(flags),
    ...blocks.map(({ bytes }) => padded(bytes)),
    index,
    crcOf(index),
    crcOf(footer),
    footer,
    Buffer.from('YZ'),
  ]);
}

function padded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

/** 1.2: seven bits a byte, the lowest first. */
function numberOf(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...numberOf(Math.floor(value / 128))];
}

function crcOf(bytes: Uint8Array): Uint8Array {
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE(crc32(bytes));
  return crc;
}
