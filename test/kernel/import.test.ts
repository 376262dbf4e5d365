import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compressZstd } from '#files';
import { diffKernels, importKernel, packKernelBuild, unpackKernelBuild } from '#kernel';
import { arOf, debOf, tarOf } from '../support/deb.js';
import { koFile } from '../support/elf.js';

const release = '6.1.0-9-amd64';
const vermagic = `vermagic=${release} SMP preempt mod_unload modversions `;
const usbcore = koFile({
  exports: [{ name: 'usb_register', crc: 0xaa }],
  imports: [{ name: 'kmalloc', crc: 0x11 }],
  modinfo: ['license=GPL', vermagic, 'depends='],
});
const nic = koFile({
  imports: [
    { name: 'usb_register', crc: 0xaa },
    { name: 'kmalloc', crc: 0x11 },
  ],
  modinfo: ['license=GPL', vermagic, 'depends=usbcore', 'alias=usb:v0BDAp8152*'],
});
const symvers = `0x00000011\tkmalloc\tvmlinux\tEXPORT_SYMBOL\t
0x00000022\tunused\tvmlinux\tEXPORT_SYMBOL_GPL\tNS
0x000000aa\tusb_register\tdrivers/usb/core/usbcore\tEXPORT_SYMBOL_GPL\t
`;

let room: string;
beforeEach(async () => {
  room = await mkdtemp(join(tmpdir(), 'kmplab-import-'));
});
afterEach(async () => rm(room, { recursive: true, force: true }));

async function put(path: string, content: Uint8Array | string): Promise<string> {
  const file = join(room, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

async function tree(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  for (const [path, content] of Object.entries(files)) await put(`${release}/${path}`, content);
  return join(room, release);
}

const plain = {
  'kernel/drivers/usb/core/usbcore.ko': usbcore,
  'kernel/drivers/net/usb/my-nic.ko': nic,
  'modules.builtin': 'kernel/fs/ext4.ko\nkernel/fs/proc.ko\n',
  'modules.order': 'kernel/drivers/usb/core/usbcore.ko\n',
};

describe('importKernel', () => {
  test('reads a tree: modules by path, names as modprobe writes them, the rest cut from the release', async () => {
    const build = await importKernel([await tree(plain)]);
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
    const { image } = await importKernel([await tree(plain)]);
    expect(image.exportsFrom).toBe('inferred');
    expect(image.exports).toEqual([{ name: 'kmalloc', crc: 0x11, gplOnly: false, namespace: null }]);
  });

  test('takes the complete list of a Module.symvers, given apart or lying in the tree', async () => {
    const exports = [
      { name: 'kmalloc', crc: 0x11, gplOnly: false, namespace: null },
      { name: 'unused', crc: 0x22, gplOnly: true, namespace: 'NS' },
    ];
    const apart = await importKernel([await tree(plain), await put('Module.symvers', symvers)]);
    expect(apart.image).toMatchObject({ exportsFrom: 'symvers', exports });
    await put(`${release}/symvers.gz`, gzipSync(symvers));
    expect((await importKernel([join(room, release)])).image).toMatchObject({ exportsFrom: 'symvers', exports });
  });

  test('takes a Module.symvers alone for what it is: exports, and a note of what is missing', async () => {
    const file = await put('Module.symvers', symvers);
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
    const later = await importKernel([await put('later', symvers.replace('0x000000aa', '0x000000ab'))], {
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
    const told = await importKernel([await tree(files), await put('supported.conf', conf)]);
    expect(told.modules.map(({ name, support }) => [name, support])).toEqual([
      ['my_nic', 'unsupported'],
      ['usbcore', 'base'],
      ['x', 'external'],
      ['y', 'unsupported'],
    ]);
    const own = await importKernel([join(room, release)]);
    expect(own.modules.map(({ support }) => support)).toEqual([undefined, undefined, 'supported', undefined]);
    for (const build of [told, own]) expect(await unpackKernelBuild(await packKernelBuild(build), 'x')).toEqual(build);
  });

  test('reads the same from packed kernel modules', async () => {
    const packed = await tree({
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
    const files = [await put('image.deb', image), await put('headers.deb', headers)];
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
    const build = await importKernel([await put('image.deb', image)]);
    expect(build.modules.map(({ path, bytes }) => [path, bytes])).toEqual([['kernel/usbcore.ko.xz', usbcore.length]]);
  });

  test('a file that is no kernel module is left out and recorded, the rest is read', async () => {
    const build = await importKernel([
      await tree({
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
    const build = await importKernel([await tree({ ...plain, 'updates/usbcore.ko': usbcore })]);
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
      await tree({
        ...plain,
        'kernel/ring-a.ko': other,
        'kernel/ring-b.ko': koFile({ imports: [{ name: 'kmalloc', crc: 0x99 }], modinfo: ['depends=ring_a'] }),
        'kernel/arm.ko': koFile({ machine: 183 }),
      }),
      await put('Module.symvers', symvers),
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
    const build = await importKernel([await tree({ 'kernel/a.ko': koFile({ imports: null, modinfo: [vermagic] }) })]);
    expect(build.modversions).toBe(false);
    expect(build.warnings.map(({ code }) => code)).toEqual(['no-modversions']);
  });

  test('a copied tree keeps its release, which vermagic knows', async () => {
    for (const [path, content] of Object.entries(plain)) await put(`copy/${path}`, content);
    expect((await importKernel([join(room, 'copy')])).release).toBe(release);
  });

  test('names that could be none are left out and recorded', async () => {
    const modinfo = [vermagic, 'alias=', 'alias=pci:v1', 'alias=pci:\nv2', 'firmware=a\u0007b', 'softdep=pre: a\tb'];
    const build = await importKernel([await tree({ 'kernel/a.ko': koFile({ modinfo }) })]);
    expect(build.modules[0]).toMatchObject({
      aliases: ['pci:v1'],
      firmware: [],
      softdeps: { pre: ['a', 'b'], post: [] },
    });
    expect(build.warnings).toMatchObject([{ code: 'malformed-section', detail: expect.stringContaining('3 values') }]);
    expect(await unpackKernelBuild(await packKernelBuild(build), 'x')).toEqual(build);
  });

  test('links in a circle or out of the tree do no harm', async () => {
    const directory = await tree(plain);
    await symlink('..', join(directory, 'kernel/loop'));
    await symlink('/etc', join(directory, 'build'));
    const build = await importKernel([directory]);
    expect(build.modules).toHaveLength(2);
    expect(build.warnings.map(({ subject }) => subject)).toEqual(['kernel/loop']);
  });

  test('several releases in one place are an error until one is chosen', async () => {
    const root = join(room, 'root');
    await put('root/lib/modules/1.0-a/kernel/x.ko', usbcore);
    await put('root/lib/modules/2.0-a/kernel/x.ko', usbcore);
    await expect(importKernel([root])).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('1.0-a, 2.0-a'),
    });
    expect((await importKernel([root], { release: '2.0-a' })).release).toBe('2.0-a');
  });

  test('names sources that are none', async () => {
    await expect(importKernel([join(room, 'no')])).rejects.toMatchObject({ code: 'missing' });
    await expect(importKernel([await put('x', 'hello')])).rejects.toMatchObject({ code: 'unsupported' });
    await expect(importKernel([await tree({ 'modules.builtin': '' })])).rejects.toMatchObject({ code: 'missing' });
    const broken = symvers.replace('0x00000022\t', 'zwei\t');
    await expect(importKernel([await tree(plain), await put('Module.symvers', broken)])).rejects.toMatchObject({
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
      await expect(importKernel([await put('x.deb', deb.subarray(0, length))])).rejects.toMatchObject({
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
      },
    );
    const build = await importKernel([await put('x.deb', deb)]);
    expect(build.modules).toHaveLength(1);
    expect(build.warnings).toMatchObject([{ code: 'skipped-file', subject: expect.stringContaining('evil.ko') }]);
  });
});
