import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { InputError } from '#errors';

/** An xz file whose SHA-256 checks were taken out, and what they said of each block. */
export interface UncheckedXz {
  readonly bytes: Uint8Array;
  readonly blocks: readonly { readonly uncompressedBytes: number; readonly sha256: Uint8Array }[];
}

const headerBytes = 12;
const footerBytes = 12;
const checkNone = 0;
const checkSha256 = 10;
const sha256Bytes = 32;

/**
 * RPM packs its payloads with SHA-256 as xz check, which the decoder at hand does not know. The check stands outside of the
 * compressed data, so a file of one stream can be rewritten without it; `Sha256Check` then does the decoder's work. `undefined` where
 * the file has another check. Format: the .xz file format 1.2.1, section numbers below.
 *
 * @throws InputError `truncated`, or `unsupported` where several streams follow each other
 */
export function withoutSha256(bytes: Uint8Array, file: string): UncheckedXz | undefined {
  if (bytes[7] !== checkSha256) return undefined;
  const footerAt = bytes.length - footerBytes;
  // 2.1.2: CRC32, Backward Size, Stream Flags, "YZ".
  if (footerAt < headerBytes || bytes[footerAt + 10] !== 0x59 || bytes[footerAt + 11] !== 0x5a) {
    throw new InputError('truncated', 'the xz data ends early', { file, hint: 'fetch the file again' });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const indexAt = footerAt - (view.getUint32(footerAt + 4, true) + 1) * 4;
  const records = indexAt < headerBytes ? undefined : readIndex(bytes.subarray(indexAt, footerAt));
  const rewritten = records === undefined ? undefined : rewrite(bytes, records, indexAt);
  if (rewritten !== undefined) return rewritten;
  throw new InputError(
    'unsupported',
    'the index of this xz file does not cover it: it is damaged, or several streams',
    {
      file,
      expected: 'a single stream, where SHA-256 is the check',
      hint: 'unpack it with xz first',
    },
  );
}

function rewrite(bytes: Uint8Array, records: readonly IndexRecord[], indexAt: number): UncheckedXz | undefined {
  const blocks: { uncompressedBytes: number; sha256: Uint8Array }[] = [];
  const kept: Uint8Array[] = [];
  let at = headerBytes;
  for (const { unpaddedBytes, uncompressedBytes } of records) {
    // 3: header and data, padded to four bytes, then the check.
    const checkAt = at + aligned(unpaddedBytes - sha256Bytes);
    if (unpaddedBytes <= sha256Bytes || checkAt + sha256Bytes > indexAt) return undefined;
    kept.push(bytes.subarray(at, checkAt));
    blocks.push({ uncompressedBytes, sha256: bytes.subarray(checkAt, checkAt + sha256Bytes) });
    at = checkAt + sha256Bytes;
  }
  if (at !== indexAt) return undefined;
  const index = writeIndex(records.map((record) => ({ ...record, unpaddedBytes: record.unpaddedBytes - sha256Bytes })));
  return { bytes: Buffer.concat([streamHeader(), ...kept, index, streamFooter(index.length)]), blocks };
}

/** Holds what was unpacked against the checks, piece by piece. */
export class Sha256Check {
  readonly #file: string;
  readonly #blocks: UncheckedXz['blocks'];
  #at = 0;
  #hash = createHash('sha256');
  #hashedBytes = 0;

  constructor(blocks: UncheckedXz['blocks'], file: string) {
    this.#blocks = blocks;
    this.#file = file;
  }

  /** @throws InputError `corrupt` where a block's content is not what its check says */
  update(chunk: Uint8Array): void {
    let rest = chunk;
    for (let block = this.#open(); block !== undefined && rest.length > 0; block = this.#open()) {
      const part = rest.subarray(0, block.uncompressedBytes - this.#hashedBytes);
      this.#hash.update(part);
      this.#hashedBytes += part.length;
      rest = rest.subarray(part.length);
    }
  }

  /** @throws InputError `corrupt` where a block is missing, or not whole */
  end(): void {
    if (this.#open() !== undefined) throw this.#damaged();
  }

  /** The block that is not whole yet; those that are are checked. */
  #open(): UncheckedXz['blocks'][number] | undefined {
    for (; ; this.#at += 1) {
      const block = this.#blocks[this.#at];
      if (block === undefined || this.#hashedBytes < block.uncompressedBytes) return block;
      if (!this.#hash.digest().equals(block.sha256)) throw this.#damaged();
      this.#hash = createHash('sha256');
      this.#hashedBytes = 0;
    }
  }

  #damaged(): InputError {
    return new InputError('corrupt', 'the xz data is damaged: a SHA-256 check differs', {
      file: this.#file,
      hint: 'fetch the file again',
    });
  }
}

interface IndexRecord {
  readonly unpaddedBytes: number;
  readonly uncompressedBytes: number;
}

/** 4: an indicator, the number of records, for each two numbers, padding, CRC32. */
function readIndex(index: Uint8Array): IndexRecord[] | undefined {
  let at = 1;
  const number = (): number => {
    // 1.2: seven bits a byte, the lowest first; beyond 2^49 no size is real.
    let value = 0;
    for (let shift = 0; shift < 49; shift += 7) {
      const byte = index[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return Number.NaN;
  };
  const count = number();
  if (index[0] !== 0 || !(count <= index.length)) return undefined;
  const records = Array.from({ length: count }, () => ({ unpaddedBytes: number(), uncompressedBytes: number() }));
  const sizes = records.flatMap(({ unpaddedBytes, uncompressedBytes }) => [unpaddedBytes, uncompressedBytes]);
  return sizes.some(Number.isNaN) || at > index.length - 4 ? undefined : records;
}

function writeIndex(records: readonly IndexRecord[]): Uint8Array {
  const numbers = [records.length, ...records.flatMap((record) => [record.unpaddedBytes, record.uncompressedBytes])];
  const body = [0, ...numbers.flatMap(encodeNumber)];
  while (body.length % 4 !== 0) body.push(0);
  return withCrc(Buffer.from(body));
}

function encodeNumber(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return [...bytes, rest];
}

function streamHeader(): Uint8Array {
  return Buffer.concat([Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), withCrc(Buffer.from([0, checkNone]))]);
}

function streamFooter(indexBytes: number): Uint8Array {
  const body = Buffer.alloc(6);
  body.writeUInt32LE(indexBytes / 4 - 1);
  body.writeUInt8(checkNone, 5);
  return Buffer.concat([crcOf(body), body, Buffer.from('YZ')]);
}

function withCrc(body: Uint8Array): Uint8Array {
  return Buffer.concat([body, crcOf(body)]);
}

function crcOf(body: Uint8Array): Uint8Array {
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE(crc32(body));
  return crc;
}

function aligned(size: number): number {
  return Math.ceil(size / 4) * 4;
}
