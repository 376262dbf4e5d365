import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importKernel } from '#kernel';
import { readModuleFile } from '../../src/kernel/read/module-file.js';
import { UnpackBudget } from '../../src/kernel/source/container.js';
import { cpioFiles } from '../../src/kernel/source/cpio.js';
import { readRpm } from '../../src/kernel/source/rpm.js';
import { manySections } from '../attack/bombs.js';
import { debOf } from '../support/deb.js';
import { koFile } from '../support/elf.js';
import { nic, plain, Room, release, usbcore } from '../support/kernel-tree.js';
import { cpioOf, rpmOf } from '../support/rpm.js';

let room: Room;
beforeEach(async () => {
  room = await Room.open();
});
afterEach(() => room.close());

const rpm = { name: 'k', version: '1', release: '1', arch: 'x86_64', compressor: 'gzip' };

describe('a kernel module with an ELF header that lies', () => {
  /** Section header 0 with a name, a type and a place of its own; the table is the last thing in the files of these tests. */
  function withFirstSection(ko: Uint8Array, name: string, type: number): Uint8Array {
    const bytes = Buffer.from(ko);
    const table = Number(bytes.readBigUInt64LE(40));
    bytes.writeUInt32LE(nameOffset(bytes, name), table);
    bytes.writeUInt32LE(type, table + 4);
    bytes.writeBigUInt64LE(1n << 40n, table + 24);
    bytes.writeBigUInt64LE(1n << 20n, table + 32);
    return bytes;
  }

  function nameOffset(bytes: Buffer, name: string): number {
    const table = Number(bytes.readBigUInt64LE(40));
    const names = table + bytes.readUInt16LE(62) * 64;
    const start = Number(bytes.readBigUInt64LE(names + 24));
    return bytes.indexOf(`\0${name}\0`, start) + 1 - start;
  }

  const whole = koFile({
    exports: [{ name: 'f', crc: 1 }],
    imports: [{ name: 'g', crc: 2 }],
    modinfo: ['license=GPL'],
  });

  test.each(['.modinfo', '__versions', '__kcrctab', '__ksymtab', '.symtab'])(
    'in section header 0, named %s, is not led out of the file',
    (name) => {
      for (const type of [0, 1, 2, 4]) {
        const file = readModuleFile(withFirstSection(whole, name, type), 'x.ko');
        expect(file).toMatchObject({
          exports: [{ name: 'f', crc: 1 }],
          imports: [{ name: 'g', crc: 2 }],
          license: 'GPL',
        });
      }
    },
  );

  test('60,000 sections that share one long name take no more memory than the file', () => {
    const file = manySections(60_000, 1_000_000);
    const before = process.memoryUsage().heapUsed;
    const { imports } = readModuleFile(file, 'x.ko');
    expect(imports).toEqual([]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100e6);
  });
});

describe('a damaged table of versions', () => {
  /** As in a KMP of Leap 15.1: part of `__versions` holds text of vermagic. */
  test('loses what is no symbol, or no checksum of 32 bits, and says so', async () => {
    const bytes = Buffer.from(
      koFile({
        imports: [
          { name: 'kmalloc', crc: 0x11 },
          { name: 'printk', crc: 0x22 },
          { name: 'kfree', crc: 0x33 },
        ],
      }),
    );
    bytes.write('k\u0001x\u007f', bytes.indexOf('printk'), 'latin1');
    bytes.writeUInt32LE(0x20504d53, bytes.indexOf('kfree') - 4);
    const build = await importKernel([await room.tree({ ...plain, 'kernel/fs/damaged.ko': bytes })]);
    expect(build.modules.find(({ name }) => name === 'damaged')?.imports).toEqual([{ name: 'kmalloc', crc: 0x11 }]);
    expect(build.warnings.filter(({ code }) => code === 'malformed-section')).toMatchObject(
      [
        { subject: 'kernel/fs/damaged.ko', detail: expect.stringContaining('2 of 3 entries') },
        { subject: 'kernel/fs/damaged.ko', detail: expect.stringContaining('.modinfo') },
      ].slice(0, 1),
    );
  });
});

describe('an RPM', () => {
  test('whose header says its name 300,000 times is read once', () => {
    const long = 'n'.repeat(3_000_000);
    const entries = 300_000;
    const store = Buffer.from(`k\x001\x00x86_64\x00${long}\x00`);
    const intro = Buffer.alloc(16);
    intro.writeUInt32BE(0x8eade801);
    intro.writeUInt32BE(entries, 8);
    intro.writeUInt32BE(store.length, 12);
    const table = Buffer.alloc(16 * entries);
    const places: Record<number, number> = { 1000: 0, 1001: 2, 1002: 2, 1022: 4 };
    const known = Object.entries(places);
    for (let index = 0; index < entries; index++) {
      const [tag, at] = known[index] ?? [String(5000 + index), 11];
      for (const [field, value] of [Number(tag), 6, Number(at), 1].entries()) {
        table.writeUInt32BE(value, index * 16 + field * 4);
      }
    }
    const empty = rpmOf({ ...rpm, payload: Buffer.alloc(0) }).subarray(0, 112);
    const bytes = Buffer.concat([empty, intro, table, store]);
    const started = performance.now();
    expect(readRpm(bytes, 'x.rpm', new UnpackBudget('x.rpm'))).toMatchObject({ name: 'k', architecture: 'x86_64' });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('with very many entries is refused', async () => {
    const one = cpioOf([{ name: 'lib', content: Buffer.alloc(0), mode: 0o040755 }]);
    const entry = one.subarray(0, one.length - cpioOf([]).length);
    async function* many(): AsyncGenerator<Uint8Array> {
      for (let block = 0; block < 300; block++) yield Buffer.concat(Array.from({ length: 1000 }, () => entry));
    }
    const read = async (): Promise<void> => {
      for await (const _ of cpioFiles(many(), { file: 'x.rpm', wants: () => false, onSkipped: () => undefined })) {
        // nothing is wanted
      }
    };
    await expect(read()).rejects.toMatchObject({ code: 'too-large' });
  });

  test('is read beyond 2 GiB of its payload', async () => {
    const content = Buffer.alloc(64 * 1024 ** 2);
    const [big, last] = [
      cpioOf([{ name: 'boot/filler', content }]),
      cpioOf([{ name: `lib/modules/${release}/kernel/last.ko`, content: nic }]),
    ];
    const filler = big.subarray(0, big.length - cpioOf([]).length);
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let part = 0; part < 33; part++) yield filler;
      yield last;
    }
    const found: string[] = [];
    const options = { file: 'x.rpm', wants: (path: string) => path.endsWith('.ko'), onSkipped: () => undefined };
    for await (const { path, bytes } of cpioFiles(chunks(), options)) found.push(`${path} ${bytes.length}`);
    expect(found).toEqual([`lib/modules/${release}/kernel/last.ko ${nic.length}`]);
  });
});

describe('what a source unpacks to', () => {
  const bomb = gzipSync(Buffer.alloc(8 * 1024 ** 2));

  test('is counted over all its files', async () => {
    const budget = new UnpackBudget('k.deb', 20 * 1024 ** 2);
    await budget.file(bomb, 'a.ko.gz');
    await budget.file(bomb, 'b.ko.gz');
    await expect(budget.file(bomb, 'c.ko.gz')).rejects.toMatchObject({ code: 'too-large' });
    expect(() => budget.check()).toThrow(expect.objectContaining({ code: 'too-large', file: 'k.deb' }));
  });

  // One zstd frame that states 1 GiB, and has none of it (RFC 8878, 3.1.1.1.1).
  const stated = Buffer.from('28b52ffde00000004000000000010000', 'hex');

  test('counts a file that is refused for its size as what it was allowed to cost', async () => {
    const budget = new UnpackBudget('k.deb', 1200 * 1024 ** 2);
    await expect(budget.file(stated, 'a.ko.zst')).rejects.toMatchObject({ code: 'too-large', file: 'a.ko.zst' });
    await expect(budget.file(stated, 'b.ko.zst')).rejects.toMatchObject({ code: 'too-large', file: 'b.ko.zst' });
    await expect(budget.file(stated, 'c.ko.zst')).rejects.toMatchObject({ code: 'too-large', file: 'k.deb' });
  });

  test('names every kernel module that is refused, and ends the import where they are many', async () => {
    const packed = (modules: number) =>
      debOf(
        { Package: 'k', Version: '1-1', Architecture: 'amd64' },
        {
          ...Object.fromEntries(
            Array.from({ length: modules }, (_, index) => [`lib/modules/${release}/kernel/m${index}.ko.zst`, stated]),
          ),
          [`lib/modules/${release}/kernel/a.ko`]: usbcore,
        },
      );
    const { warnings } = await importKernel([await room.put('three.deb', await packed(3))]);
    const detail = 'it unpacks to more than is accepted, expected at most 335544320 bytes unpacked';
    expect(warnings.filter(({ code }) => code === 'skipped-file')).toEqual(
      [0, 1, 2].map((index) => ({ code: 'skipped-file', subject: `kernel/m${index}.ko.zst`, detail })),
    );
    const file = await room.put('thirty.deb', await packed(30));
    await expect(importKernel([file])).rejects.toMatchObject({ code: 'too-large', file });
  });

  test('ends the import where it is too much, instead of leaving file after file out', async () => {
    const half = gzipSync(Buffer.alloc(4 * 1024 ** 2));
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`lib/modules/${release}/kernel/m${index}.ko.gz`, half]),
    );
    const deb = await room.put(
      'k.deb',
      await debOf(
        { Package: 'k', Version: '1-1', Architecture: 'amd64' },
        { ...files, [`lib/modules/${release}/kernel/a.ko`]: usbcore },
      ),
    );
    const all = await importKernel([deb]);
    expect(all.warnings.filter(({ code }) => code === 'skipped-file')).toHaveLength(30);
    await expect(importKernel([deb], { unpackedBytesMax: 20 * 1024 ** 2 })).rejects.toMatchObject({
      code: 'too-large',
    });
  });
});

describe('names that say more than a name', () => {
  test('a release that leads elsewhere is none', async () => {
    const bad = koFile({ modinfo: ['vermagic=../../x SMP ', 'license=GPL'], imports: [{ name: 'kmalloc', crc: 1 }] });
    await room.put('..x y/kernel/a.ko', bad);
    await expect(importKernel([`${room.path}/..x y`])).rejects.toMatchObject({ code: 'invalid' });
    await expect(importKernel([await room.tree(plain)], { release: '../../x' })).rejects.toThrow();
    await expect(importKernel([await room.tree(plain)], { flavor: '../x' })).rejects.toMatchObject({ code: 'invalid' });
  });

  test('an exporter of Module.symvers stays below kernel/', async () => {
    const symvers = await room.put('Module.symvers', '0x00000011\tf\t../../../etc/cron.d/x\tEXPORT_SYMBOL\t\r\n');
    const { modules } = await importKernel([symvers], { release: '1.2-3-default' });
    expect(modules.map(({ path, exports }) => [path, exports[0]?.namespace])).toEqual([
      ['kernel/etc/cron.d/x.ko', null],
    ]);
  });
});
