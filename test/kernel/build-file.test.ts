import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compressZstd, sha256Hex } from '#files';
import {
  builtinFlavors,
  builtinKernels,
  type KernelBuild,
  loadBuiltinKernel,
  packKernelBuild,
  unpackKernelBuild,
} from '#kernel';
import { encodeBuild } from '../../src/kernel/build-encode.js';
import type { StoredBuild } from '../../src/kernel/build-schema.js';
import { decodeIndices, encodeIndices } from '../../src/kernel/index-list.js';
import { kernel } from '../support/kernel.js';

const small = kernel({
  image: { kmalloc: 0x11, printk: 0xfffffff0 },
  builtin: ['kernel/fs/ext4.ko'],
  modules: {
    usbcore: { exports: { usb_register: 0xaa, usb_alloc: 0xab }, imports: ['kmalloc'] },
    r8152: {
      imports: { usb_register: 0xaa, kmalloc: 0x99, gone: 0x1 },
      aliases: ['usb:v0BDAp8152*', 'usb:v0BDAp8153*'],
      softdeps: { pre: ['a'], post: ['b', 'c'] },
      license: null,
      inTree: false,
      compressedBytes: null,
      signer: 'Key',
    },
  },
});

function broken(change: (stored: StoredBuild) => unknown): Uint8Array {
  const stored = encodeBuild(small);
  change(stored);
  return Buffer.from(JSON.stringify(stored));
}

describe('the file of a kernel build', () => {
  test('holds everything, also imports that no export answers', async () => {
    const read = await unpackKernelBuild(await packKernelBuild(small), 'x');
    expect(read).toEqual(small);
  });

  test('is the same however often it is written, and after a round trip', async () => {
    const first = await packKernelBuild(small);
    const again = await packKernelBuild(await unpackKernelBuild(first, 'x'));
    expect(sha256Hex(again)).toBe(sha256Hex(first));
  });

  test('keeps an export without CRC apart from one with', async () => {
    const crcless = kernel({ modules: { a: { exports: { x: 1 } } } });
    const build: KernelBuild = {
      ...crcless,
      modules: crcless.modules.map((module) => ({
        ...module,
        exports: module.exports.map((symbol) => ({ ...symbol, crc: null, gplOnly: true, namespace: 'NS' })),
      })),
    };
    expect(await unpackKernelBuild(await packKernelBuild(build), 'x')).toEqual(build);
  });

  test('plain JSON is read too', async () => {
    expect(
      await unpackKernelBuild(
        broken(() => undefined),
        'x',
      ),
    ).toEqual(small);
  });

  test('one copy of an import serves all kernel modules', async () => {
    const build = await unpackKernelBuild(
      await packKernelBuild(kernel({ image: { k: 1 }, modules: { a: { imports: ['k'] }, b: { imports: ['k'] } } })),
      'x',
    );
    expect(build.modules[0]?.imports[0]).toBe(build.modules[1]?.imports[0]);
  });

  test.each<[string, string, (stored: StoredBuild) => unknown]>([
    ['another format', 'invalid', (stored) => Object.assign(stored, { format: 'kmplab/other' })],
    ['a later version', 'invalid', (stored) => Object.assign(stored, { version: 2 })],
    ['an unknown key', 'unknown-key', (stored) => Object.assign(stored, { extra: 1 })],
    ['a column that is too short', 'corrupt', ({ modules }) => modules.bytes.pop()],
    ['more exports than symbols', 'corrupt', ({ modules }) => modules.exports.splice(0, 1, 99)],
    ['an import that is no symbol', 'corrupt', ({ modules }) => modules.imports.splice(0, 1, '99')],
    ['imports that are no list', 'corrupt', ({ modules }) => modules.imports.splice(0, 1, '1  2')],
    ['CRCs that are too few', 'corrupt', ({ symbols }) => Object.assign(symbols, { crcs: '' })],
    ['kernel modules out of order', 'corrupt', ({ modules }) => modules.paths.reverse()],
    ['a path that is absolute', 'invalid', ({ modules }) => modules.paths.splice(0, 1, '/x.ko')],
    ['a negative size', 'invalid', ({ modules }) => modules.bytes.splice(0, 1, -1)],
  ])('names %s', async (_what, code, change) => {
    await expect(unpackKernelBuild(broken(change), 'x.zst')).rejects.toMatchObject({ code, file: 'x.zst' });
  });

  test('no damage leads to anything but a build or a named error', async () => {
    const json = Buffer.from(JSON.stringify(encodeBuild(small)));
    const damage = fc.array(
      fc.record({ at: fc.nat(json.length - 1), text: fc.constantFrom('0', '9', '"', ',', '[', ' ', '-', 'a', '\\') }),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const bytes = Buffer.from(json);
        for (const { at, text } of changes) bytes.write(text, at);
        const outcome = await unpackKernelBuild(bytes, 'x').then(
          () => 'read',
          (error: unknown) => (error instanceof Error ? error.name : String(error)),
        );
        expect(['read', 'InputError']).toContain(outcome);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test('names what is not JSON, not UTF-8, cut off', async () => {
    const packed = await packKernelBuild(small);
    await expect(unpackKernelBuild(packed.subarray(0, -9), 'x')).rejects.toMatchObject({ code: 'truncated' });
    await expect(unpackKernelBuild(await compressZstd(Buffer.from('{'), 1), 'x')).rejects.toMatchObject({
      code: 'corrupt',
    });
    await expect(unpackKernelBuild(Buffer.from([0xff, 0xfe]), 'x')).rejects.toMatchObject({ code: 'corrupt' });
  });
});

describe('index lists', () => {
  test('any ascending numbers come back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1_000_000)), (numbers) => {
        const ascending = numbers.toSorted((a, b) => a - b);
        expect([...(decodeIndices(encodeIndices(ascending), 1_000_001) ?? ['none'])]).toEqual(ascending);
      }),
      { seed: 1 },
    );
  });

  test('are as the format page shows', () => {
    expect(encodeIndices([0, 1, 5])).toBe('0 0 3');
    expect(decodeIndices('0 0 3', 6)).toEqual(Uint32Array.of(0, 1, 5));
    expect(decodeIndices('', 0)).toEqual(new Uint32Array());
  });

  test.each(['0 0 4', ' ', '1 ', ' 1', '1  2', '-1', '1.5', 'a', '99999999999'])('"%s" is none below 6', (text) => {
    expect(decodeIndices(text, 6)).toBeUndefined();
  });
});

describe('the built-in kernels', () => {
  test('are a chain of at least four builds that agree with themselves', async () => {
    const names = await builtinKernels();
    expect(names.length).toBeGreaterThanOrEqual(4);
    for (const name of names) {
      const build = await loadBuiltinKernel(name);
      expect(name).toBe(`debian-${build.release}`);
      expect(build.warnings).toEqual([]);
      expect(build.modules.every(({ compressedBytes }) => compressedBytes !== null)).toBe(true);
    }
  });

  test('of another flavor are of a release of the chain, and are loaded by name too', async () => {
    const [name] = await builtinFlavors();
    const { flavor, release, warnings } = await loadBuiltinKernel(name ?? '');
    expect([flavor, `debian-${release}`, warnings]).toEqual(['rt', name, []]);
    expect(await builtinKernels()).toContain(name?.replace('-rt', ''));
  });

  test('an unknown name is answered with the known ones', async () => {
    await expect(loadBuiltinKernel('linux')).rejects.toMatchObject({
      code: 'missing',
      expected: expect.stringContaining('debian-'),
    });
  });

  test("holds no sizes of firmware, which are a distribution's", async () => {
    const packed = await packKernelBuild({ ...small, firmwareBytes: { 'rtl_nic/rtl8153a-4.fw': 1200 } });
    expect(packed).toEqual(await packKernelBuild(small));
    expect((await unpackKernelBuild(packed, 'small')).firmwareBytes).toBeUndefined();
  });
});
