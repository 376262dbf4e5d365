import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compressZstd } from '#files';
import { diffKernels, importKernel, packKernelBuild, unpackKernelBuild } from '#kernel';
import { arOf, debOf, tarOf } from '../support/deb.js';
import { koFile } from '../support/elf.js';
import { nic, plain, Room, release, symvers, usbcore } from '../support/kernel-tree.js';

let room: Room;
beforeEach(async () => {
  room = await Room.open();
});
afterEach(() => room.close());

describe('importKernel', () => {
  test('reads a tree: modules by path, names as modprobe writes them, the rest cut from the release', async () => {
    const build = await importKernel([await room.tree(plain)]);
    expect(build).toMatchObject({ release, upstreamVersion: '6.1.0', revision: '9', arch: 'x86_64', flavor: 'amd64' });
    expect(build.modules.map(({ name, path }) => [name, path])).toEqual([
      ['my_nic', 'kernel/drivers/net/usb/my-nic.ko'],
      ['usbcore', 'kernel/drivers/usb/core/usbcore.ko'],
    ]);
    expect(build.modules[1]).toMatchObject({ bytes: usbcore.length, compressedBytes: null, license: 'GPL' });
    expect(build.image.builtin).toEqual(['kernel/fs/ext4.ko', 'kernel/fs/proc.ko']);
    expect(build.warnings).toEqual([]);
    expect(build.source).toEqual({ kind: 'modules-tree', files: [{ name: release, sha256: null }] });
  });

  test('infers from the imports what the image exports, where nobody lists it', async () => {
    const { image } = await importKernel([await room.tree(plain)]);
    expect(image.exportsFrom).toBe('inferred');
    expect(image.exports).toEqual([{ name: 'kmalloc', crc: 0x11, gplOnly: false, namespace: null }]);
  });

  test('takes the complete list of a Module.symvers, given apart or lying in the tree', async () => {
    const exports = [
      { name: 'kmalloc', crc: 0x11, gplOnly: false, namespace: null },
      { name: 'unused', crc: 0x22, gplOnly: true, namespace: 'NS' },
    ];
    const apart = await importKernel([await room.tree(plain), await room.put('Module.symvers', symvers)]);
    expect(apart.image).toMatchObject({ exportsFrom: 'symvers', exports });
    await room.put(`${release}/symvers.gz`, gzipSync(symvers));
    expect((await importKernel([join(room.path, release)])).image).toMatchObject({ exportsFrom: 'symvers', exports });
  });

  test('takes a Module.symvers alone for what it is: exports, and a note of what is missing', async () => {
    const file = await room.put('Module.symvers', symvers);
    await expect(importKernel([file])).rejects.toMatchObject({
      code: 'usage',
      hint: expect.stringContaining('--release'),
    });
    const build = await importKernel([file], { release: '5.14.21-150400.22-default' });
    expect(build).toMatchObject({
      upstreamVersion: '5.14.21',
      revision: '150400.22',
      flavor: 'default',
      modversions: true,
    });
    expect(build.image.exports.map(({ name }) => name)).toEqual(['kmalloc', 'unused']);
    expect(build.modules).toMatchObject([
      {
        path: 'kernel/drivers/usb/core/usbcore.ko',
        name: 'usbcore',
        exports: [{ name: 'usb_register', crc: 0xaa }],
        imports: [],
      },
    ]);
    expect(build.warnings.map(({ code }) => code)).toEqual(['skipped-file']);
    const later = await importKernel([await room.put('later', symvers.replace('0x000000aa', '0x000000ab'))], {
      release: '5.14.21-150400.23-default',
    });
    expect(diffKernels(build, later).changed).toMatchObject([{ name: 'usb_register', exporter: 'usbcore' }]);
  });

  test('takes what is supported from a supported.conf, else from the kernel module itself', async () => {
    const conf = `# kernel modules and what we promise
+base drivers/usb/core/usbcore # the bus
  drivers/net/usb/*
- drivers/net/usb/my-nic       # not this one
+external fs/*
`;
    const files = { ...plain, 'kernel/fs/x.ko': koFile({ modinfo: ['supported=yes'] }), 'kernel/lib/y.ko': koFile() };
    const told = await importKernel([await room.tree(files), await room.put('supported.conf', conf)]);
    expect(told.modules.map(({ name, support }) => [name, support])).toEqual([
      ['my_nic', 'unsupported'],
      ['usbcore', 'base'],
      ['x', 'external'],
      ['y', 'unsupported'],
    ]);
    const own = await importKernel([join(room.path, release)]);
    expect(own.modules.map(({ support }) => support)).toEqual([undefined, undefined, 'supported', undefined]);
    for (const build of [told, own]) expect(await unpackKernelBuild(await packKernelBuild(build), 'x')).toEqual(build);
  });

  test('reads the same from packed kernel modules', async () => {
    const packed = await room.tree({
      'kernel/drivers/usb/core/usbcore.ko.gz': gzipSync(usbcore),
      'kernel/drivers/net/usb/my-nic.ko.zst': await compressZstd(nic, 3),
    });
    const build = await importKernel([packed]);
    expect(build.modules.map(({ name, bytes, imports }) => [name, bytes, imports.length])).toEqual([
      ['my_nic', nic.length, 2],
      ['usbcore', usbcore.length, 1],
    ]);
  });

  test('reads Debian packages, and takes version and revision from them', async () => {
    const image = await debOf(
      { Package: `linux-image-${release}`, Version: '2:6.1.37-1', Architecture: 'amd64' },
      {
        [`./lib/modules/${release}/kernel/drivers/usb/core/usbcore.ko`]: usbcore,
        [`./boot/vmlinuz-${release}`]: Buffer.alloc(1234),
        './usr/share/doc/readme': 'x',
      },
    );
    const headers = await debOf(
      { Package: `linux-headers-${release}`, Version: '2:6.1.37-1', Architecture: 'amd64' },
      { [`./usr/src/linux-headers-${release}/Module.symvers`]: symvers },
    );
    const files = [await room.put('image.deb', image), await room.put('headers.deb', headers)];
    const build = await importKernel(files, { flavor: 'default', measureCompressed: true });
    expect(build).toMatchObject({ release, upstreamVersion: '6.1.37', revision: '1', flavor: 'default' });
    expect(build.image).toMatchObject({ bytes: 1234, exportsFrom: 'symvers' });
    expect(build.modules[0]?.compressedBytes).toBe((await compressZstd(usbcore, 19)).length);
    expect(build.source.files.map(({ name, sha256 }) => [name, sha256?.length])).toEqual([
      ['image.deb', 64],
      ['headers.deb', 64],
    ]);
  });

  test('reads a .ko.xz while it is still within the data.tar.xz around it', async () => {
    const xz = (bytes: Uint8Array): Uint8Array => execFileSync('xz', ['-c', '--check=crc32'], { input: bytes });
    const image = arOf({
      'debian-binary': Buffer.from('2.0\n'),
      'control.tar.xz': xz(await tarOf({ './control': 'Package: x\nVersion: 1-1\nArchitecture: amd64\n' })),
      'data.tar.xz': xz(await tarOf({ [`./usr/lib/modules/${release}/kernel/usbcore.ko.xz`]: xz(usbcore) })),
    });
    const build = await importKernel([await room.put('image.deb', image)]);
    expect(build.modules.map(({ path, bytes }) => [path, bytes])).toEqual([['kernel/usbcore.ko.xz', usbcore.length]]);
  });

  test('takes packed sizes from an earlier import of the same packages, and of no others', async () => {
    const control = { Package: 'x', Version: '1', Architecture: 'amd64' };
    const files = { [`./lib/modules/${release}/kernel/usbcore.ko`]: usbcore };
    const deb = await room.put('x.deb', await debOf(control, files));
    const measured = await importKernel([deb], { measureCompressed: true });
    expect(measured.modules[0]?.compressedBytes).toBeGreaterThan(0);
    expect(await importKernel([deb], { compressedFrom: measured })).toEqual(measured);
    const unmeasured = await importKernel([deb]);
    await expect(importKernel([deb], { compressedFrom: unmeasured })).rejects.toMatchObject({ code: 'missing' });
    await room.put('x.deb', await debOf({ ...control, Version: '2' }, files));
    await expect(importKernel([deb], { compressedFrom: measured })).rejects.toMatchObject({ code: 'checksum' });
    await expect(importKernel([await room.tree(plain)], { compressedFrom: measured })).rejects.toMatchObject({
      code: 'checksum',
    });
  });
});
