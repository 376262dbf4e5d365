import { constants, createGunzip, gzipSync } from 'node:zlib';
import { InputError } from '#errors';
import { type XzDecoder, xzDecoder } from './xz-decoder.js';
import { Sha256Check, withoutSha256 } from './xz-sha256.js';
import { decompressFrame } from './zstd.js';
import { zstdFrames } from './zstd-frames.js';

export type Compression = 'none' | 'gzip' | 'xz' | 'zstd';

/** What the first bytes say: RFC 1952 (gzip), the .xz file format 1.2.1, RFC 8878 (zstd; its skippable frames too). */
export function compressionOf(bytes: Uint8Array): Compression {
  const [a, b, c, d, e, f] = bytes;
  if (a === 0x1f && b === 0x8b) return 'gzip';
  if (a === 0xfd && b === 0x37 && c === 0x7a && d === 0x58 && e === 0x5a && f === 0x00) return 'xz';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd';
  if (a !== undefined && a >> 4 === 5 && b === 0x2a && c === 0x4d && d === 0x18) return 'zstd';
  return 'none';
}

export interface DecompressOptions {
  /** Name for errors. */
  readonly file: string;
  /** The most it may unpack to: the guard against an archive made to fill the memory. */
  readonly limitBytes: number;
}

/**
 * Unpacks gzip, xz or zstd by its magic bytes; anything else is returned as it is, if within the limit.
 *
 * @throws InputError `truncated`, `corrupt`, `too-large`, or `unsupported` (an xz filter or check that the decoder lacks)
 */
export async function decompress(bytes: Uint8Array, options: DecompressOptions): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of limited(bytes, options, 'whole')) chunks.push(chunk);
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}

/**
 * As `decompress`, piece by piece: for archives whose content need not be in memory at once. What was handed on may turn out to be damaged
 * at the end.
 */
export function decompressChunks(bytes: Uint8Array, options: DecompressOptions): AsyncGenerator<Uint8Array> {
  return limited(bytes, options, 'pieces');
}

async function* limited(bytes: Uint8Array, options: DecompressOptions, decoder: XzDecoder): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of unpacked(bytes, options, decoder)) {
    total += chunk.length;
    if (total > options.limitBytes) throw tooLarge(options);
    yield chunk;
  }
}

function unpacked(
  bytes: Uint8Array,
  options: DecompressOptions,
  decoder: XzDecoder,
): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  switch (compressionOf(bytes)) {
    case 'gzip':
      return gunzipChunks(bytes, options.file);
    case 'xz':
      return unxzChunks(bytes, options, decoder);
    case 'zstd':
      return unzstdChunks(bytes, options);
    case 'none':
      return [bytes];
  }
}

async function* gunzipChunks(bytes: Uint8Array, file: string): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  gunzip.end(bytes);
  try {
    for await (const chunk of gunzip) yield chunk;
  } catch (cause) {
    const truncated = cause instanceof Error && 'code' in cause && cause.code === 'Z_BUF_ERROR';
    throw damaged(truncated ? 'truncated' : 'corrupt', 'gzip', file, cause);
  }
}

/** `enum xz_ret` of XZ Embedded, which xz-decompress wraps. */
const xzMemoryLimitError = 4;
const xzOptionsError = 6;
const xzBufferError = 8;

async function* unxzChunks(
  bytes: Uint8Array,
  { file }: DecompressOptions,
  decoder: XzDecoder,
): AsyncGenerator<Uint8Array> {
  const unchecked = withoutSha256(bytes, file);
  const check = unchecked === undefined ? undefined : new Sha256Check(unchecked.blocks, file);
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(unchecked?.bytes ?? bytes);
      controller.close();
    },
  });
  const { XzReadableStream } = xzDecoder(decoder);
  const reader = new XzReadableStream(source).getReader();
  const read = () =>
    reader.read().catch((cause: unknown) => {
      throw xzError(cause, file);
    });
  try {
    for (let piece = await read(); !piece.done; piece = await read()) {
      check?.update(piece.value);
      yield piece.value;
    }
    check?.end();
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function xzError(cause: unknown, file: string): InputError {
  const status = Number(/error code (\d+)/.exec(cause instanceof Error ? cause.message : '')?.[1]);
  if (status === xzOptionsError || status === xzMemoryLimitError) {
    return new InputError('unsupported', 'this xz file uses a filter, check or dictionary that the decoder lacks', {
      file,
      expected: 'LZMA2, and as check none, CRC32, CRC64 or SHA-256',
      hint: 'unpack it with xz first',
      cause,
    });
  }
  return damaged(status === xzBufferError ? 'truncated' : 'corrupt', 'xz', file, cause);
}

async function* unzstdChunks(bytes: Uint8Array, { file, limitBytes }: DecompressOptions): AsyncGenerator<Uint8Array> {
  for (const frame of zstdFrames(bytes, file)) {
    if (frame.skippable) continue;
    const mostBytes = Math.min(limitBytes, frameBytesMax);
    const capacity = Math.min(frame.bytesMax, mostBytes + 1);
    if (capacity === 0) continue;
    if (capacity < frame.bytesMax && statesItsSize(bytes, frame.start)) throw tooLarge({ file, limitBytes: mostBytes });
    try {
      yield await decompressFrame(bytes.subarray(frame.start, frame.end), capacity);
    } catch (cause) {
      if (cause instanceof RangeError) throw cause;
      if (capacity < frame.bytesMax) throw tooLarge({ file, limitBytes: mostBytes });
      throw damaged('corrupt', 'zstd', file, cause);
    }
  }
}

/** A zstd frame is unpacked in one piece and lies twice in memory for a moment, beside the one before: 1.7 GB at the most. Kernel packages stay below half of it. */
const frameBytesMax = 320 << 20;

/** Whether the frame header gives its content size: its flag, or the single-segment flag (RFC 8878, 3.1.1.1.1). */
function statesItsSize(bytes: Uint8Array, frameStart: number): boolean {
  const descriptor = bytes[frameStart + 4] ?? 0;
  return descriptor >> 6 !== 0 || (descriptor & 0x20) !== 0;
}

/**
 * gzip, level 9, with the time stamp 0 and the operating system "Unix", so that the header depends on nothing. The compressed
 * bytes are those of the zlib inside this Node.js: the same input gives the same bytes on every machine with the same Node.js, and
 * another release may pack differently. Where bytes must not move, use zstd.
 */
export function compressGzip(bytes: Uint8Array): Uint8Array {
  const packed = gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION });
  packed.fill(0, 4, 8);
  packed[9] = 3;
  return packed;
}

function tooLarge({ file, limitBytes }: DecompressOptions): InputError {
  return new InputError('too-large', 'it unpacks to more than is accepted', {
    file,
    expected: `at most ${limitBytes} bytes unpacked`,
    hint: 'check that this is the file you meant',
  });
}

function damaged(code: 'truncated' | 'corrupt', format: string, file: string, cause: unknown): InputError {
  const problem = code === 'truncated' ? `the ${format} data ends early` : `the ${format} data is damaged`;
  return new InputError(code, problem, { file, hint: 'fetch the file again', cause });
}
