import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compressZstd } from '#files';
import { importKernel } from '#kernel';
import { koFile } from '../support/elf.js';
import { type CpioEntry, cpioOf, rpmOf } from '../support/rpm.js';

const release = '6.4.0-150600.21-default';
const directory = `./usr/lib/modules/${release}`;
const usbcore = koFile({ exports: [{ name: 'usb_register', crc: 0xaa }], modinfo: ['license=GPL'] });
const nic = koFile({ imports: [{ name: 'usb_register', crc: 0xaa }], modinfo: ['license=GPL', 'depends=usbcore'] });
const about = { name: 'kernel-default', version: '6.4.0', release: '150600.21.1', arch: 'x86_64' };

const entries: CpioEntry[] = [
  { name: `${directory}/kernel/usbcore.ko`, content: usbcore },
  { name: `${directory}/kernel`, content: Buffer.alloc(0), mode: 0o040755 },
  { name: `${directory}/symvers.gz`, content: gzipSync('0x00000011\tkmalloc\tvmlinux\tEXPORT_SYMBOL\t\n') },
  { name: `${directory}/vmlinuz`, content: Buffer.alloc(99) },
  { name: './usr/share/doc/x', content: Buffer.from('doc') },
];

let room: string;
beforeEach(async () => {
  room = await mkdtemp(join(tmpdir(), 'kmplab-rpm-'));
});
afterEach(async () => rm(room, { recursive: true, force: true }));

async function put(name: string, bytes: Uint8Array): Promise<string> {
  await writeFile(join(room, name), bytes);
  return join(room, name);
}

describe('importing RPM packages', () => {
  test.each<[string, (bytes: Uint8Array) => Promise<Uint8Array> | Uint8Array]>([
    ['gzip', (bytes) => gzipSync(bytes)],
    ['zstd', (bytes) => compressZstd(bytes, 3)],
    ['none', (bytes) => bytes],
  ])('reads a kernel package with a payload packed by %s', async (compressor, pack) => {
    const rpm = rpmOf({ ...about, compressor, payload: await pack(cpioOf(entries)) });
    const build = await importKernel([await put('kernel-default.rpm', rpm)]);
    expect(build).toMatchObject({ release, upstreamVersion: '6.4.0', revision: '150600.21.1', flavor: 'default' });
    expect(build.modules.map(({ name }) => name)).toEqual(['usbcore']);
    expect(build.image).toMatchObject({ bytes: 99, exportsFrom: 'symvers' });
    expect(build.source.kind).toBe('rpm');
  });

  test('a directory of packages is one build', async () => {
    const part = (payload: CpioEntry[]) => rpmOf({ ...about, compressor: 'none', payload: cpioOf(payload) });
    await put('b-usbcore-kmp-default.rpm', part(entries));
    await put('a-nic-kmp-default.rpm', part([{ name: `${directory}/updates/nic.ko`, content: nic }]));
    const build = await importKernel([room]);
    expect(build.modules.map(({ path }) => path)).toEqual(['kernel/usbcore.ko', 'updates/nic.ko']);
    expect(build.source.files.map(({ name }) => name)).toEqual(['a-nic-kmp-default.rpm', 'b-usbcore-kmp-default.rpm']);
    expect(build.warnings).toEqual([]);
  });

  test('links, and paths that climb out, are recorded', async () => {
    const odd = [
      ...entries,
      { name: `${directory}/kernel/soft.ko`, content: Buffer.from('usbcore.ko'), mode: 0o120777 },
      { name: `${directory}/kernel/hard.ko`, content: Buffer.alloc(0), links: 2 },
      { name: `../../lib/modules/${release}/kernel/evil.ko`, content: usbcore },
    ];
    const build = await importKernel([
      await put('x.rpm', rpmOf({ ...about, compressor: 'none', payload: cpioOf(odd) })),
    ]);
    expect(build.modules).toHaveLength(1);
    expect(build.warnings.map(({ code, subject }) => [code, subject.replace(/^.*\//, '')])).toEqual([
      ['skipped-file', 'soft.ko'],
      ['skipped-file', 'hard.ko'],
      ['skipped-file', 'evil.ko'],
    ]);
  });

  test('a payload packed in another way is named', async () => {
    const rpm = rpmOf({ ...about, compressor: 'bzip2', payload: Buffer.from('BZh9') });
    await expect(importKernel([await put('x.rpm', rpm)])).rejects.toMatchObject({ code: 'unsupported' });
  });

  test('every cut of a package is a named error', async () => {
    const rpm = rpmOf({ ...about, compressor: 'none', payload: cpioOf(entries.slice(0, 1)) });
    for (let length = 4; length < rpm.length; length += 5) {
      await expect(importKernel([await put('x.rpm', rpm.subarray(0, length))])).rejects.toMatchObject({
        name: 'InputError',
        code: 'truncated',
      });
    }
  });
});
