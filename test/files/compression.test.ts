import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compressGzip, compressionOf, compressZstd, decompress, decompressChunks } from '#files';
import { withoutSha256 } from '../../src/files/xz-sha256.js';
import { spaces, storedBlock, xzOf } from '../support/xz.js';

const text = 'kernel module '.repeat(40);

/** `text`, packed by the command-line tools of Debian 12. */
const packed = {
  'gzip -9n': 'H4sIAAAAAAACA8tOLcpLzVHIzU8pzUlVyB7ljfLw8gC3xKDhMAIAAA==',
  'xz --check=crc64':
    '/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4AIvABddADWZSqui4q8f2rgcQk0tSQzYGMNZKgAAAABkm6+KODsfzAABM7AEAAAAnT4e3rHEZ/sCAAAAAARZWg==',
  'xz --check=crc32':
    '/Td6WFoAAAFpIt42AgAhARAAAACocI6G4AIvABddADWZSqui4q8f2rgcQk0tSQzYGMNZKgAAAAC3xKDhAAEvsAQAAAB9/AqqPjANiwIAAAAAAVla',
  'xz --check=sha256':
    '/Td6WFoAAArh+wyhAgAhARYAAAB0L+Wj4AIvABddADWZSqui4q8f2rgcQk0tSQzYGMNZKgAAAAATC6H6pjVV79Y0JQdqJxj2SjRYmPxGLLMEFZTstXCgYQABS7AEAAAAMbFvObbp3xwCAAAAAApZWg==',
  'xz --check=sha256 --block-size=300':
    '/Td6WFoAAArh+wyhAgAhARYAAAB0L+Wj4AErABZdADWZSqui4q8f2rgcQk0tSQzYGAK0QAAAAABSWWdGZlLo61IlO2poYDjGQH+Bm67Y4STW+CI9sDWswwIAIQEWAAAAdC/lo+ABAwAVXQAQG0nmWPfB2EKwMT1dLZMBmeYeAAAAAAAAjW9svPTw0aHuqtVKJ3D+TgGltWfLCvLBdKSyz2wPA1AAAkqsAkmEAnrXCo226d8cAgAAAAAKWVo=',
  'zstd, size in the header': 'KLUv/QBorQAAcGtlcm5lbCBtb2R1bGUgAQAfoppK',
  'zstd, size unknown, checksum': 'KLUv/QRYrQAAcGtlcm5lbCBtb2R1bGUgAQAfoppK7CGrNA==',
};
const xzFiltered =
  '/Td6WFoAAATm1rRGAgEEACEBFgANhjUf4AIvABddADWZSqui4q8f2rgcQk0tSQzYGMNZKgAAAABkm6+KODsfzAABM7AEAAAAnT4e3rHEZ/sCAAAAAARZWg==';

const bytesOf = (base64: string): Uint8Array => Buffer.from(base64, 'base64');
const options = { file: 'x', limitBytes: 1_000_000 };
const unpack = async (bytes: Uint8Array): Promise<string> => Buffer.from(await decompress(bytes, options)).toString();

describe('decompress', () => {
  test.each(Object.entries(packed))('unpacks what the command-line tool wrote: %s', async (_name, base64) => {
    expect(await unpack(bytesOf(base64))).toBe(text);
  });

  test('returns what has no known magic as it is', async () => {
    expect(await unpack(Buffer.from(text))).toBe(text);
    expect(await unpack(new Uint8Array())).toBe('');
  });

  const joinable = Object.entries(packed).filter(([name]) => !name.includes('sha256'));
  test.each(joinable)('unpacks two streams one after the other: %s', async (_name, base64) => {
    expect(await unpack(Buffer.concat([bytesOf(base64), bytesOf(base64)]))).toBe(text + text);
  });

  test.each(Object.entries(packed))(
    'refuses more than the limit, and takes exactly the limit: %s',
    async (_name, base64) => {
      const bytes = bytesOf(base64);
      await expect(decompress(bytes, { file: 'x', limitBytes: text.length - 1 })).rejects.toMatchObject({
        code: 'too-large',
      });
      expect(await decompress(bytes, { file: 'x', limitBytes: text.length })).toHaveLength(text.length);
    },
  );

  test('does not believe a zstd header that promises more than it holds', async () => {
    const bytes = Buffer.from(bytesOf(packed['zstd, size in the header']));
    // Frame_Content_Size, two bytes, less 256: RFC 8878, 3.1.1.1.4.
    bytes.writeUInt16LE(60_000, 5);
    await expect(decompress(bytes, options)).rejects.toMatchObject({ code: 'corrupt', file: 'x' });
  });

  test.each(Object.entries(packed))('names every cut of the file as truncated: %s', async (_name, base64) => {
    const bytes = bytesOf(base64);
    for (let length = 6; length < bytes.length; length++) {
      await expect(decompress(bytes.subarray(0, length), options)).rejects.toMatchObject({
        code: 'truncated',
        file: 'x',
      });
    }
  });

  test('never fails but with a named error, whatever byte is damaged', async () => {
    const damage = fc.record({
      base64: fc.constantFrom(...Object.values(packed)),
      at: fc.nat(1000),
      value: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ base64, at, value }) => {
        const bytes = Buffer.from(base64, 'base64');
        const index = at % bytes.length;
        bytes.writeUInt8((bytes.readUInt8(index) + value) % 256, index);
        const code = await decompress(bytes, options).then(
          () => 'unpacked',
          (error: unknown) => (error instanceof Error && error.name === 'InputError' ? 'named' : String(error)),
        );
        expect(['unpacked', 'named']).toContain(code);
      }),
      { seed: 1, numRuns: 500 },
    );
    expect(await unpack(bytesOf(packed['xz --check=crc64']))).toBe(text);
  });

  test('says that an xz filter it lacks is unsupported, not that the file is damaged', async () => {
    await expect(decompress(bytesOf(xzFiltered), options)).rejects.toMatchObject({ code: 'unsupported' });
  });

  test('holds an xz file to its SHA-256 checks', async () => {
    const bytes = Buffer.from(bytesOf(packed['xz --check=sha256 --block-size=300']));
    // The last byte of the first block's check: the first block ends where the second one's header size byte follows.
    const [first] = withoutSha256(bytes, 'x')?.blocks ?? [];
    const at = bytes.indexOf(Buffer.from(first?.sha256 ?? []));
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    await expect(decompress(bytes, options)).rejects.toMatchObject({ code: 'corrupt' });
  });

  test('can unpack several files at once', async () => {
    const all = await Promise.all(
      Object.values(packed).flatMap((base64) => [unpack(bytesOf(base64)), unpack(bytesOf(base64))]),
    );
    expect(new Set(all)).toEqual(new Set([text]));
  });
});

describe('an archive in xz', () => {
  test('is read piece by piece, up to what it may unpack to', async () => {
    const packed = xzOf(Array.from({ length: 20 }, () => spaces));
    let bytes = 0;
    const read = async (limitBytes: number) => {
      bytes = 0;
      for await (const piece of decompressChunks(packed, { file: 'data.tar.xz', limitBytes })) bytes += piece.length;
    };
    await read(20 * 2 ** 20);
    expect(bytes).toBe(20 * 2 ** 20);
    await expect(read(2 * 2 ** 20)).rejects.toMatchObject({ code: 'too-large' });
    expect(bytes).toBeGreaterThan(2 ** 20);
    expect(bytes).toBeLessThanOrEqual(2 * 2 ** 20);
  });

  test('may hold files in xz, unpacked while it is read, and may be left before its end', async () => {
    const outer = xzOf([storedBlock(Buffer.from(text)), spaces, spaces]);
    for (let time = 0; time < 2; time++) {
      for await (const piece of decompressChunks(outer, { ...options, limitBytes: 2 ** 22 })) {
        expect(Buffer.from(piece).toString().startsWith(text)).toBe(true);
        expect(await unpack(xzOf([storedBlock(Buffer.from(text))]))).toBe(text);
        break;
      }
    }
  });

  test('is held to its SHA-256 checks at its end, each block to its own', async () => {
    const bytes = Buffer.from(bytesOf(packed['xz --check=sha256 --block-size=300']));
    const [, last] = withoutSha256(bytes, 'x')?.blocks ?? [];
    const at = bytes.indexOf(Buffer.from(last?.sha256 ?? []));
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    const read = async () => {
      for await (const _ of decompressChunks(bytes, options)) {
        // only the end says that it is damaged
      }
    };
    await expect(read()).rejects.toMatchObject({ code: 'corrupt' });
  });
});

describe('compress', () => {
  test('what is packed unpacks to the same, and packing is repeatable', async () => {
    const input = fc.oneof(
      fc.uint8Array({ maxLength: 3000 }),
      fc.string({ maxLength: 3000 }).map((s) => Buffer.from(s)),
    );
    await fc.assert(
      fc.asyncProperty(input, fc.integer({ min: 1, max: 19 }), async (bytes, level) => {
        const zstd = await compressZstd(bytes, level);
        expect(Buffer.from(await decompress(zstd, options)).equals(bytes)).toBe(true);
        expect(Buffer.from(await compressZstd(bytes, level)).equals(zstd)).toBe(true);
        expect(gunzipSync(compressGzip(bytes)).equals(bytes)).toBe(true);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  test('a gzip header tells nothing of when and where it was written', () => {
    const packed = compressGzip(Buffer.from(text));
    expect(compressionOf(packed)).toBe('gzip');
    // RFC 1952, 2.3: MTIME is bytes 4 to 7, OS is byte 9, 3 is Unix.
    expect([...packed.subarray(4, 8), packed[9]]).toEqual([0, 0, 0, 0, 3]);
  });
});
