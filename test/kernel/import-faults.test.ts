import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importKernel, packKernelBuild, unpackKernelBuild } from '#kernel';
import { debOf } from '../support/deb.js';
import { koFile } from '../support/elf.js';
import { plain, Room, release, symvers, usbcore, vermagic } from '../support/kernel-tree.js';

let room: Room;
beforeEach(async () => {
  room = await Room.open();
});
afterEach(() => room.close());

describe('what an import cannot use', () => {
  test('a file that is no kernel module is left out and recorded, the rest is read', async () => {
    const build = await importKernel([
      await room.tree({
        ...plain,
        'kernel/a.ko': 'not ELF',
        'kernel/b.ko.xz': Buffer.from('fd377a585a0000', 'hex'),
        'kernel/c.ko': usbcore.subarray(0, 200),
      }),
    ]);
    expect(build.modules).toHaveLength(2);
    expect(build.warnings.map(({ code, subject }) => [code, subject])).toEqual([
      ['skipped-file', 'kernel/a.ko'],
      ['skipped-file', 'kernel/b.ko.xz'],
      ['skipped-file', 'kernel/c.ko'],
    ]);
  });

  test('of two files with one name it takes the one modprobe would', async () => {
    const build = await importKernel([await room.tree({ ...plain, 'updates/usbcore.ko': usbcore })]);
    expect(build.modules.map(({ path }) => path)).toEqual(['kernel/drivers/net/usb/my-nic.ko', 'updates/usbcore.ko']);
    expect(build.warnings).toMatchObject([{ code: 'skipped-file', subject: 'kernel/drivers/usb/core/usbcore.ko' }]);
  });

  test('records what contradicts itself', async () => {
    const other = koFile({
      exports: [{ name: 'usb_register', crc: 0xab }],
      imports: [{ name: 'nowhere', crc: 1 }],
      modinfo: [vermagic, 'depends=ring_b,gone'],
    });
    const build = await importKernel([
      await room.tree({
        ...plain,
        'kernel/ring-a.ko': other,
        'kernel/ring-b.ko': koFile({ imports: [{ name: 'kmalloc', crc: 0x99 }], modinfo: ['depends=ring_a'] }),
        'kernel/arm.ko': koFile({ machine: 183 }),
      }),
      await room.put('Module.symvers', symvers),
    ]);
    expect(new Set(build.warnings.map(({ code, subject }) => `${code} ${subject}`))).toEqual(
      new Set([
        'skipped-file kernel/arm.ko',
        'duplicate-exporter usb_register',
        'unresolved-import nowhere',
        'missing-dependency kernel/ring-a.ko',
        'dependency-cycle ring_a',
        'crc-disagreement kmalloc',
      ]),
    );
  });

  test('a build without CRCs says so', async () => {
    const build = await importKernel([
      await room.tree({ 'kernel/a.ko': koFile({ imports: null, modinfo: [vermagic] }) }),
    ]);
    expect(build.modversions).toBe(false);
    expect(build.warnings.map(({ code }) => code)).toEqual(['no-modversions']);
  });

  test('a copied tree keeps its release, which vermagic knows', async () => {
    for (const [path, content] of Object.entries(plain)) await room.put(`copy/${path}`, content);
    expect((await importKernel([join(room.path, 'copy')])).release).toBe(release);
  });

  test('names that could be none are left out and recorded', async () => {
    const modinfo = [vermagic, 'alias=', 'alias=pci:v1', 'alias=pci:\nv2', 'firmware=a\u0007b', 'softdep=pre: a\tb'];
    const build = await importKernel([await room.tree({ 'kernel/a.ko': koFile({ modinfo }) })]);
    expect(build.modules[0]).toMatchObject({
      aliases: ['pci:v1'],
      firmware: [],
      softdeps: { pre: ['a', 'b'], post: [] },
    });
    expect(build.warnings).toMatchObject([{ code: 'malformed-section', detail: expect.stringContaining('3 values') }]);
    expect(await unpackKernelBuild(await packKernelBuild(build), 'x')).toEqual(build);
  });

  test('links in a circle or out of the tree do no harm', async () => {
    const directory = await room.tree(plain);
    await symlink('..', join(directory, 'kernel/loop'));
    await symlink('/etc', join(directory, 'build'));
    const build = await importKernel([directory]);
    expect(build.modules).toHaveLength(2);
    expect(build.warnings.map(({ subject }) => subject)).toEqual(['kernel/loop']);
  });

  test('several releases in one place are an error until one is chosen', async () => {
    const root = join(room.path, 'root');
    await room.put('root/lib/modules/1.0-a/kernel/x.ko', usbcore);
    await room.put('root/lib/modules/2.0-a/kernel/x.ko', usbcore);
    await expect(importKernel([root])).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('1.0-a, 2.0-a'),
    });
    expect((await importKernel([root], { release: '2.0-a' })).release).toBe('2.0-a');
  });

  test('names sources that are none', async () => {
    await expect(importKernel([join(room.path, 'no')])).rejects.toMatchObject({ code: 'missing' });
    await expect(importKernel([await room.put('x', 'hello')])).rejects.toMatchObject({ code: 'unsupported' });
    await expect(importKernel([await room.tree({ 'modules.builtin': '' })])).rejects.toMatchObject({ code: 'missing' });
    const broken = symvers.replace('0x00000022\t', 'zwei\t');
    await expect(
      importKernel([await room.tree(plain), await room.put('Module.symvers', broken)]),
    ).rejects.toMatchObject({
      code: 'corrupt',
      place: { line: 2 },
    });
  });

  test('a package that is cut or damaged is a named error, wherever it happens', async () => {
    const deb = await debOf(
      { Package: 'x', Version: '1', Architecture: 'amd64' },
      { [`./lib/modules/${release}/kernel/usbcore.ko`]: usbcore },
    );
    // The very last byte may be padding, which nobody misses.
    for (let length = 8; length < deb.length - 1; length += 7) {
      await expect(importKernel([await room.put('x.deb', deb.subarray(0, length))])).rejects.toMatchObject({
        name: 'InputError',
      });
    }
  });

  test('paths that climb out of an archive are recorded and not read', async () => {
    const deb = await debOf(
      { Package: 'x', Version: '1', Architecture: 'amd64' },
      {
        [`./lib/modules/${release}/kernel/usbcore.ko`]: usbcore,
        [`../../lib/modules/${release}/kernel/evil.ko`]: usbcore,
        [`./lib/modules/${release}/../../../etc/worse.ko`]: usbcore,
      },
    );
    const build = await importKernel([await room.put('x.deb', deb)]);
    expect(build.modules).toHaveLength(1);
    expect(build.warnings).toMatchObject([
      { code: 'skipped-file', subject: expect.stringContaining('evil.ko') },
      { code: 'skipped-file', subject: expect.stringContaining('worse.ko') },
    ]);
  });
});
