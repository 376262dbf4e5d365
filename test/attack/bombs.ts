import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGzip, gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import { compressZstd } from '#files';
import { arOf, debOf, tarOf } from '../support/deb.js';
import { koFile } from '../support/elf.js';
import { release } from '../support/kernel-tree.js';
import { primaryOf, writeRawRepository } from '../support/raw-repository.js';
import { cpioOf, rpmOf } from '../support/rpm.js';
import { spaces, storedBlock, xzOf } from '../support/xz.js';

/** Small files made to fill memory and time: what each is, and the command that reads it. */
export interface Bomb {
  readonly what: string;
  readonly args: (directory: string) => Promise<readonly string[]>;
}

const MiB = 2 ** 20;
const rpm = { name: 'k', version: '1', release: '1', arch: 'x86_64', compressor: 'gzip' };

/** So many bytes, all the same, in gzip. */
function gzipBomb(bytes: number): Promise<Buffer> {
  const piece = Buffer.alloc(MiB, 0x20);
  const pieces = Readable.from(Array.from({ length: Math.ceil(bytes / MiB) }, () => piece));
  return buffer(pieces.pipe(createGzip({ level: 9 })));
}

/** Likewise in one zstd frame that does not state its size: blocks of one byte that is repeated (RFC 8878, 3.1.1.2). */
function zstdBomb(bytes: number): Buffer {
  const blockBytes = 128 * 1024;
  const blocks = Math.ceil(bytes / blockBytes);
  const frame = Buffer.alloc(6 + 4 * blocks, 0x20);
  frame.writeUInt32LE(0xfd2fb528);
  frame.writeUInt8(0x00, 4);
  frame.writeUInt8(0x58, 5);
  for (let block = 0; block < blocks; block += 1)
    frame.writeUIntLE((blockBytes << 3) | (1 << 1) | (block === blocks - 1 ? 1 : 0), 6 + 4 * block, 3);
  return frame;
}

/** Likewise in xz. */
function xzBomb(bytes: number): Uint8Array {
  return xzOf(Array.from({ length: bytes / MiB }, () => spaces));
}

async function solving(directory: string, documents: Readonly<Record<string, Uint8Array | string>>) {
  await writeRawRepository(directory, documents);
  return ['solve', 'in', 'a', '--repo', directory, '--json'];
}

async function importing(directory: string, name: string, bytes: Uint8Array) {
  const file = join(directory, name);
  await writeFile(file, bytes);
  return ['kernel', 'import', file, '-o', join(directory, 'out.kernel')];
}

/** An RPM whose header has one string under its needed tags and so many others. */
export function manyTags(entries: number, stringBytes: number): Uint8Array {
  const store = Buffer.from(`k\0x86_64\0${'n'.repeat(stringBytes)}\0`);
  const intro = Buffer.alloc(16);
  intro.writeUInt32BE(0x8eade801);
  intro.writeUInt32BE(entries, 8);
  intro.writeUInt32BE(store.length, 12);
  const table = Buffer.alloc(16 * entries);
  const known = [
    [1000, 0],
    [1001, 0],
    [1002, 0],
    [1022, 2],
  ];
  for (let index = 0; index < entries; index++) {
    const [tag, at] = known[index] ?? [5000 + index, 9];
    for (const [field, value] of [tag ?? 0, 6, at ?? 0, 1].entries())
      table.writeUInt32BE(value, index * 16 + field * 4);
  }
  const empty = rpmOf({ ...rpm, payload: Buffer.alloc(0) }).subarray(0, 112);
  return Buffer.concat([empty, intro, table, store]);
}

/** An ELF file whose sections all have one name. */
export function manySections(count: number, nameBytes: number): Uint8Array {
  const names = Buffer.from(`\0${'n'.repeat(nameBytes)}\0`);
  const header = Buffer.alloc(64);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  header.writeUInt16LE(1, 16);
  header.writeUInt16LE(62, 18);
  header.writeBigUInt64LE(BigInt(64 + names.length), 40);
  header.writeUInt16LE(64, 58);
  header.writeUInt16LE(count, 60);
  header.writeUInt16LE(1, 62);
  const table = Buffer.alloc(64 * count);
  for (let index = 1; index < count; index++) {
    table.writeUInt32LE(1, index * 64);
    table.writeUInt32LE(3, index * 64 + 4);
    table.writeBigUInt64LE(64n, index * 64 + 24);
    table.writeBigUInt64LE(BigInt(names.length), index * 64 + 32);
  }
  return Buffer.concat([header, names, table]);
}

/** The cpio header of a file that says to hold so many bytes. */
function cpioHead(name: string, bytes: number): Uint8Array {
  const head = Buffer.from(cpioOf([{ name, content: Buffer.alloc(0) }]).subarray(0, 110 + name.length + 1));
  head.write(bytes.toString(16).padStart(8, '0'), 54);
  return Buffer.concat([head, Buffer.alloc((4 - (head.length % 4)) % 4)]);
}

/** Likewise of a tar archive. */
async function tarHead(name: string, bytes: number): Promise<Uint8Array> {
  const pack = tar.pack();
  pack.entry({ name, size: bytes, mtime: new Date(0) });
  await once(pack, 'readable');
  const head: unknown = pack.read();
  if (head instanceof Uint8Array) return head;
  throw new Error('tar-stream wrote no header');
}

/** A cpio archive of so many directories, without its end. */
function manyEntries(count: number): Uint8Array {
  const one = cpioOf([{ name: 'lib', content: Buffer.alloc(0), mode: 0o040755 }]);
  const entry = one.subarray(0, one.length - cpioOf([]).length);
  return Buffer.concat(Array.from({ length: count }, () => entry));
}

const moduleNames = Array.from({ length: 30 }, (_, index) => `./lib/modules/${release}/kernel/m${index}.ko`);
const debian = { Package: 'k', Version: '1-1', Architecture: 'amd64' };

async function debOfMembers(suffix: string, member: Uint8Array): Promise<Uint8Array> {
  const good = koFile({ modinfo: ['license=GPL', `vermagic=${release} SMP `], imports: [{ name: 'kmalloc', crc: 1 }] });
  const members = Object.fromEntries(moduleNames.map((name) => [`${name}${suffix}`, member]));
  return debOf(debian, { ...members, [`./lib/modules/${release}/kernel/a.ko`]: good });
}

export const bombs: readonly Bomb[] = [
  {
    what: 'repository, 500 MiB of gzip under 41 types',
    args: async (directory) => {
      const bomb = await gzipBomb(500 * MiB);
      const types = Array.from({ length: 39 }, (_, index) => [`type${index}`, bomb] as const);
      return solving(directory, { primary: primaryOf(), updateinfo: bomb, ...Object.fromEntries(types) });
    },
  },
  {
    what: 'primary, 1,900 MiB of gzip',
    args: async (directory) => solving(directory, { primary: await gzipBomb(1900 * MiB) }),
  },
  {
    what: 'primary, 1,500 MiB of zstd',
    args: (directory) => solving(directory, { primary: zstdBomb(1500 * MiB) }),
  },
  {
    what: 'primary, 500 MiB of zstd',
    args: (directory) => solving(directory, { primary: zstdBomb(500 * MiB) }),
  },
  {
    what: 'kernel build, 1,900 MiB of gzip',
    args: async (directory) => {
      await writeFile(join(directory, 'k'), await gzipBomb(1900 * MiB));
      return ['kernel', 'show', join(directory, 'k')];
    },
  },
  {
    what: 'kernel build, 310 MiB of zstd',
    args: async (directory) => {
      await writeFile(join(directory, 'k'), zstdBomb(310 * MiB));
      return ['kernel', 'show', join(directory, 'k')];
    },
  },
  ...['lib/firmware/x', `lib/modules/${release}/kernel/x.ko`].flatMap((name): Bomb[] => [
    {
      what: `RPM, ${name} of 4,000 MiB in a payload of gzip`,
      args: async (directory) => {
        const payload = Buffer.concat([gzipSync(cpioHead(name, 4000 * MiB)), await gzipBomb(4000 * MiB)]);
        return importing(directory, 'x.rpm', rpmOf({ ...rpm, payload }));
      },
    },
    {
      what: `RPM, ${name} of 4,000 MiB in a payload of xz`,
      args: (directory) => {
        const blocks = Array.from({ length: 4000 }, () => spaces);
        const payload = xzOf([storedBlock(cpioHead(name, 4000 * MiB)), ...blocks]);
        return importing(directory, 'x.rpm', rpmOf({ ...rpm, compressor: 'xz', payload }));
      },
    },
    {
      what: `RPM, ${name} of 1,240 MiB in a payload of zstd`,
      args: async (directory) => {
        const frames = Array.from({ length: 4 }, () => zstdBomb(310 * MiB));
        const payload = Buffer.concat([await compressZstd(cpioHead(name, 1240 * MiB), 3), ...frames]);
        return importing(directory, 'x.rpm', rpmOf({ ...rpm, compressor: 'zstd', payload }));
      },
    },
  ]),
  {
    what: 'RPM, 1,500 tags that share one string of 3 MB',
    args: async (directory) => importing(directory, 'x.rpm', manyTags(1500, 3_000_000)),
  },
  {
    what: 'RPM, 300,000 tags that share one string of 3 MB',
    args: async (directory) => importing(directory, 'x.rpm', manyTags(300_000, 3_000_000)),
  },
  {
    what: 'RPM, 300,000 files',
    args: async (directory) =>
      importing(directory, 'x.rpm', rpmOf({ ...rpm, compressor: 'none', payload: manyEntries(300_000) })),
  },
  {
    what: 'kernel module, 60,000 sections that share one name of 1 MB',
    args: async (directory) => importing(directory, 'x.ko', manySections(60_000, 1_000_000)),
  },
  {
    what: 'Debian package, 30 kernel modules of 500 MiB in gzip',
    args: async (directory) => importing(directory, 'x.deb', await debOfMembers('.gz', await gzipBomb(500 * MiB))),
  },
  {
    what: 'Debian package, 4,000 MiB in a data archive of xz',
    args: async (directory) => {
      const head = await tarHead('./lib/firmware/x', 4000 * MiB);
      const data = xzOf([storedBlock(head), ...Array.from({ length: 4000 }, () => spaces)]);
      const control = gzipSync(await tarOf({ './control': 'Package: k\nVersion: 1-1\nArchitecture: amd64\n' }));
      return importing(directory, 'x.deb', arOf({ 'control.tar.gz': control, 'data.tar.xz': data }));
    },
  },
  {
    what: 'Debian package, 30 kernel modules of 500 MiB in xz',
    args: async (directory) => importing(directory, 'x.deb', await debOfMembers('.xz', xzBomb(500 * MiB))),
  },
  {
    what: 'Debian package, 30 kernel modules of 500 MiB in zstd',
    args: async (directory) => importing(directory, 'x.deb', await debOfMembers('.zst', zstdBomb(500 * MiB))),
  },
];
