import { describe, expect, test } from 'vitest';
import { kernelDiff, kernelDocument } from '#analyse';
import { type KernelBuild, loadBuiltinKernel } from '#kernel';
import { kernelDiffDocumentSchema, kernelFactsDocumentSchema } from '#run-document';
import { kernel } from '../support/kernel.js';

const signature = { format: 'PKCS#7', keyId: '01', hashAlgorithm: 'sha256' } as const;

describe('what one build is', () => {
  const build = kernel({
    image: { kmalloc: 1 },
    builtin: ['kernel/fs/ext4.ko'],
    modules: {
      usbcore: {
        path: 'kernel/drivers/usb/core/usbcore.ko',
        exports: { usb: 2 },
        imports: ['kmalloc'],
        signer: 'K',
        signature,
      },
      nic: {
        path: 'kernel/drivers/usb/nic.ko',
        imports: ['usb', 'kmalloc'],
        aliases: ['usb:v1*', 'usb:v2*', 'pci:v3*', 'of:N*T*', 'nic'],
        softdeps: { pre: ['a'], post: ['b', 'c'] },
        firmware: ['nic.bin'],
        license: null,
        support: 'base',
        signer: 'K',
        signature,
      },
      odd: { path: 'extra/odd.ko' },
    },
  });

  test('is told by subsystem, bus, key, licence and support', () => {
    expect(kernelDocument(build)).toMatchObject({
      kernel: { kernelModules: 3, exports: 2, imports: 3 },
      builtin: 1,
      subsystems: [
        { name: 'drivers/usb', kernelModules: 2, exports: 1, imports: 3 },
        { name: 'extra', kernelModules: 1 },
      ],
      buses: [
        { name: 'usb', count: 2 },
        { name: 'of', count: 1 },
        { name: 'other', count: 1 },
        { name: 'pci', count: 1 },
      ],
      softdeps: 3,
      firmware: 1,
      signatures: [
        { signer: 'K', ...signature, kernelModules: 2 },
        { signer: null, format: null, keyId: null, hashAlgorithm: null, kernelModules: 1 },
      ],
      support: [{ name: 'base', count: 1 }],
      licenses: [
        { name: 'GPL', count: 2 },
        { name: 'none stated', count: 1 },
      ],
      warnings: [],
    });
  });

  test('counts warnings by kind and shows some of each', () => {
    const warnings = Array.from({ length: 7 }, (_, at) => ({
      code: 'skipped-file' as const,
      subject: `${at}`,
      detail: 'd',
    }));
    const [first, ...others] = kernelDocument({ ...build, warnings }).warnings;
    expect(first).toMatchObject({ code: 'skipped-file', count: 7 });
    expect(first?.examples).toEqual(['0: d', '1: d', '2: d', '3: d', '4: d']);
    expect(others).toEqual([]);
  });
});

/**
 * Kernel modules that import a symbol which changed or went; and all but those that load into the newer image in some order, each after
 * what it imports from, found by trying all of them until none is added.
 */
function fallen(older: KernelBuild, newer: KernelBuild): { direct: Set<string>; all: Set<string> } {
  const now = new Map<string, number | null>();
  for (const { exports } of [newer.image, ...newer.modules]) for (const { name, crc } of exports) now.set(name, crc);
  const direct = new Set(
    older.modules
      .filter(({ imports }) => imports.some(({ name, crc }) => now.get(name) !== crc))
      .map(({ name }) => name),
  );
  const there = new Map(newer.image.exports.map(({ name, crc }) => [name, crc]));
  const all = new Set(older.modules.map(({ name }) => name));
  for (let before = -1; before !== all.size; ) {
    before = all.size;
    for (const { name, imports, exports } of older.modules) {
      const own = new Set(exports.map((symbol) => symbol.name));
      const loads = imports.every((symbol) => own.has(symbol.name) || there.get(symbol.name) === symbol.crc);
      if (!all.has(name) || !loads) continue;
      all.delete(name);
      for (const symbol of exports) if (!there.has(symbol.name)) there.set(symbol.name, symbol.crc);
    }
  }
  return { direct, all };
}

describe('what changed between two builds', () => {
  const older = kernel({
    release: '1-default',
    image: { a: 1, b: 2, unused: 3 },
    modules: {
      lib: { path: 'kernel/lib/lib.ko', exports: { l: 4 }, imports: ['a'] },
      one: { path: 'kernel/fs/one.ko', imports: ['l'] },
      two: { path: 'kernel/fs/two.ko', imports: ['b'] },
      old: { path: 'kernel/fs/old.ko', imports: [] },
    },
  });
  const newer = kernel({
    release: '2-default',
    image: { a: 9, unused: 8 },
    modules: {
      lib: { path: 'kernel/lib/lib.ko', exports: { l: 4 }, imports: ['a'] },
      one: { path: 'kernel/fs/one.ko', imports: ['l'] },
      two: { path: 'kernel/fs/two.ko', imports: [] },
      fresh: { path: 'kernel/fs/fresh.ko', imports: [] },
    },
  });

  test('names what no longer loads, directly and through a dependency, and the symbols that did it', () => {
    expect(kernelDiff(older, newer)).toMatchObject({
      churn: {
        changed: 2,
        lost: 1,
        added: 0,
        unknown: 0,
        broken: 2,
        brokenByVermagic: 0,
        brokenInAll: 3,
        undecided: 0,
      },
      subsystems: [
        { name: 'fs', kernelModules: 3, broken: 1, brokenInAll: 2 },
        { name: 'lib', kernelModules: 1, broken: 1, brokenInAll: 1 },
      ],
      symbols: [
        { symbol: 'a', exporter: 'vmlinux', change: 'changed', direct: 1, transitive: 2 },
        { symbol: 'b', exporter: 'vmlinux', change: 'lost', direct: 1, transitive: 1 },
      ],
      importersOfChanged: [
        { from: 0, to: 1, count: 1 },
        { from: 1, to: 2, count: 2 },
      ],
      brokenModules: [
        { subsystem: 'fs', broken: ['two'], dependent: ['one'] },
        { subsystem: 'lib', broken: ['lib'], dependent: [] },
      ],
      modulesAdded: ['fresh'],
      modulesLost: ['old'],
    });
  });

  test('is nothing between a build and itself', () => {
    expect(kernelDiff(older, older)).toMatchObject({
      churn: { broken: 0, brokenInAll: 0, undecided: 0 },
      symbols: [],
      importersOfChanged: [],
      brokenModules: [],
    });
  });

  test('agrees with a plain walk over a real update, and keeps to the schema of its document', async () => {
    const [before, after] = [
      await loadBuiltinKernel('debian-6.1.0-52-amd64'),
      await loadBuiltinKernel('debian-6.1.0-53-amd64'),
    ];
    const document = kernelDiff(before, after);
    const { direct, all } = fallen(before, after);
    expect([document.churn.broken, document.churn.brokenInAll]).toEqual([direct.size, all.size]);
    const names = document.brokenModules.flatMap(({ broken, dependent }) => [...broken, ...dependent]);
    expect(names.sort()).toEqual([...new Set([...direct, ...all])].sort());
    expect([direct.size, all.size]).toEqual([1196, 2708]);
    expect(kernelDiffDocumentSchema.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
    const facts = kernelDocument(after);
    expect(kernelFactsDocumentSchema.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts);
  });
});
