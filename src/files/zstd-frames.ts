import { InputError } from '#errors';

/** One frame of a zstd file. */
export interface ZstdFrame {
  readonly start: number;
  readonly end: number;
  /** Its uncompressed size as the header states it, else the most that its blocks can hold. 0 for a skippable frame. */
  readonly bytesMax: number;
  readonly skippable: boolean;
}

const blockBytesMax = 128 * 1024;
const blockTypeRle = 1;
const blockTypeReserved = 3;

/**
 * Finds where each frame of a zstd file ends and how much it can unpack to, without unpacking: memory is then asked for once, after
 * the limit was checked. Format: RFC 8878, sections 3.1.1 (frames, blocks) and 3.1.2 (skippable frames).
 *
 * @throws InputError `truncated` or `corrupt`
 */
export function zstdFrames(bytes: Uint8Array, file: string): ZstdFrame[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: ZstdFrame[] = [];
  for (let start = 0; start < bytes.length; ) {
    const frame = frameAt(view, start, file);
    frames.push(frame);
    start = frame.end;
  }
  return frames;
}

function frameAt(view: DataView, start: number, file: string): ZstdFrame {
  need(view, start, 4, file);
  const magic = view.getUint32(start, true);
  if ((magic & 0xfffffff0) >>> 0 === 0x184d2a50) {
    need(view, start, 8, file);
    const size = view.getUint32(start + 4, true);
    need(view, start + 8, size, file);
    return { start, end: start + 8 + size, bytesMax: 0, skippable: true };
  }
  if (magic !== 0xfd2fb528) {
    throw new InputError('corrupt', 'no zstd frame starts here', { file, place: { offset: start } });
  }
  const header = frameHeader(view, start, file);
  const blocks = frameBlocks(view, header.end, file);
  const end = blocks.end + (header.hasChecksum ? 4 : 0);
  need(view, blocks.end, end - blocks.end, file);
  return { start, end, bytesMax: header.contentBytes ?? blocks.bytesMax, skippable: false };
}

interface FrameHeader {
  readonly end: number;
  readonly contentBytes: number | undefined;
  readonly hasChecksum: boolean;
}

function frameHeader(view: DataView, start: number, file: string): FrameHeader {
  need(view, start, 5, file);
  const descriptor = view.getUint8(start + 4);
  const singleSegment = (descriptor & 0x20) !== 0;
  const dictionaryIdBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const contentSizeBytes = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const contentSizeAt = start + 5 + (singleSegment ? 0 : 1) + dictionaryIdBytes;
  const end = contentSizeAt + contentSizeBytes;
  need(view, start, end - start, file);
  return { end, contentBytes: contentSize(view, contentSizeAt, contentSizeBytes), hasChecksum: (descriptor & 4) !== 0 };
}

function contentSize(view: DataView, at: number, width: number): number | undefined {
  switch (width) {
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, true) + 256;
    case 4:
      return view.getUint32(at, true);
    case 8:
      return Number(view.getBigUint64(at, true));
    default:
      return undefined;
  }
}

/** `bytesMax`: raw and run-length blocks say their size, a compressed one holds at most 128 KiB. */
function frameBlocks(view: DataView, start: number, file: string): { end: number; bytesMax: number } {
  let at = start;
  let bytesMax = 0;
  for (let last = false; !last; ) {
    need(view, at, 3, file);
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    last = (header & 1) === 1;
    const type = (header >> 1) & 3;
    const size = header >> 3;
    if (type === blockTypeReserved || size > blockBytesMax) {
      throw new InputError('corrupt', 'a zstd block has an impossible header', { file, place: { offset: at } });
    }
    const stored = type === blockTypeRle ? 1 : size;
    need(view, at + 3, stored, file);
    bytesMax += type === 2 ? blockBytesMax : size;
    at += 3 + stored;
  }
  return { end: at, bytesMax };
}

function need(view: DataView, at: number, bytes: number, file: string): void {
  if (at + bytes <= view.byteLength) return;
  throw new InputError('truncated', `the zstd data ends after ${view.byteLength} bytes`, {
    file,
    place: { offset: view.byteLength },
    expected: `${bytes} bytes at offset ${at}`,
    hint: 'fetch the file again',
  });
}
