import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readModuleFile } from '../../src/kernel/read/module-file.js';
import { type KoSpec, koFile } from '../support/elf.js';

const imports = [
  { name: 'module_layout', crc: 0xaf29cff5 },
  { name: 'kmalloc', crc: 0x00000011 },
];
const exports = [
  { name: 'usb_register', crc: 0xd72c5993 },
  { name: 'usb_alloc', crc: 0x12345678, gplOnly: true, namespace: 'USB' },
  { name: 'usb_free', crc: 0x9abcdef0, gplOnly: true },
];
const sorted = [
  { name: 'usb_alloc', crc: 0x12345678, gplOnly: true, namespace: 'USB' },
  { name: 'usb_free', crc: 0x9abcdef0, gplOnly: true, namespace: null },
  { name: 'usb_register', crc: 0xd72c5993, gplOnly: false, namespace: null },
];

const shapes: Record<string, KoSpec> = {
  'x86-64 of today': {},
  'arm64, little endian': { machine: 183 },
  's390x, 64 bits, big endian': { machine: 22, littleEndian: false },
  'ppc, 32 bits, big endian': { machine: 20, littleEndian: false, wordBytes: 4 },
  'arm, 32 bits, little endian': { machine: 40, wordBytes: 4 },
  'i386, 32 bits, addends in place': { machine: 3, wordBytes: 4, addendsInPlace: true },
  'pointers instead of relative references': { references: 'pointers' },
  'pointers, big endian': { references: 'pointers', littleEndian: false },
  'CRCs in a section of their own': { crcs: 'relative' },
  'CRCs as absolute symbols': { crcs: 'absolute', references: 'pointers' },
  'CRCs as absolute symbols, 32 bits': { crcs: 'absolute', references: 'pointers', wordBytes: 4 },
};

describe('readModuleFile', () => {
  test.each(Object.entries(shapes))('reads exports and imports: %s', (_name, shape) => {
    const file = readModuleFile(koFile({ ...shape, imports, exports }), 'x.ko');
    expect(file.malformed).toEqual([]);
    expect(file.exports).toEqual(sorted);
    expect(file.imports).toEqual([...imports].reverse());
    expect(file.modversions).toBe(true);
  });

  test('reads tables without namespaces, as before 5.4', () => {
    const file = readModuleFile(koFile({ exports, namespaces: false, references: 'pointers' }), 'x.ko');
    expect(file.exports).toEqual(sorted.map((symbol) => ({ ...symbol, namespace: null })));
  });

  test('a single export is no special case', () => {
    expect(readModuleFile(koFile({ exports: exports.slice(0, 1) }), 'x.ko').exports).toEqual(sorted.slice(2));
  });

  test('takes the extended table of versions, with names of any length', () => {
    const long = [{ name: 'x'.repeat(300), crc: 7 }, ...imports];
    const file = readModuleFile(koFile({ imports: long, extendedVersions: true }), 'x.ko');
    expect(new Set(file.imports)).toEqual(new Set(long));
  });

  test('a name that fills its field has no end mark', () => {
    const name = 'y'.repeat(56);
    expect(readModuleFile(koFile({ imports: [{ name, crc: 1 }] }), 'x.ko').imports).toEqual([{ name, crc: 1 }]);
  });

  test('a kernel module without CRCs is told from one without imports', () => {
    const without = readModuleFile(koFile({ imports: null, exports, crcs: 'none' }), 'x.ko');
    expect(without.modversions).toBe(false);
    expect(without.exports.map(({ crc }) => crc)).toEqual([null, null, null]);
    expect(readModuleFile(koFile({ imports: [] }), 'x.ko')).toMatchObject({ modversions: true, imports: [] });
  });

  test('reads .modinfo: doubles once, names as modprobe writes them, soft dependencies in any order', () => {
    const modinfo = [
      'license=GPL v2',
      'alias=pci:v1',
      'alias=pci:v2',
      'alias=pci:v1',
      'softdep=post: z pre: a crypto-crc32c',
      'softdep=pre: b a',
      'weakdep=w1 w2',
      'depends=usb-core,snd',
      'import_ns=USB',
      'firmware=a/b.bin',
      'intree=Y',
      'version=1.2 = 3',
      'vermagic=6.1 SMP ',
      'malformed',
      '=x',
    ];
    expect(readModuleFile(koFile({ modinfo }), 'x.ko')).toMatchObject({
      license: 'GPL v2',
      aliases: ['pci:v1', 'pci:v2'],
      softdeps: { pre: ['a', 'crypto-crc32c', 'b'], post: ['z'] },
      weakdeps: ['w1', 'w2'],
      depends: ['usb_core', 'snd'],
      importNamespaces: ['USB'],
      firmware: ['a/b.bin'],
      inTree: true,
      driverVersion: '1.2 = 3',
      vermagic: '6.1 SMP ',
    });
  });

  test('damage to one section leaves the others', () => {
    const file = readModuleFile(koFile({ modinfo: null, imports, exports }), 'x.ko');
    expect(file.malformed.map(({ section }) => section)).toEqual(['.modinfo']);
    expect(file.exports).toHaveLength(3);
  });

  test('what is no kernel module has a name and a reason', () => {
    const read = (bytes: Uint8Array) => () => readModuleFile(bytes, 'x.ko');
    expect(read(new Uint8Array())).toThrow(expect.objectContaining({ code: 'unsupported', file: 'x.ko' }));
    expect(read(Buffer.from('#!/bin/sh\nexit 0\nexit 0\n'))).toThrow(expect.objectContaining({ code: 'unsupported' }));
    const executable = Buffer.from(koFile());
    executable.writeUInt16LE(2, 16);
    expect(read(executable)).toThrow(expect.objectContaining({ code: 'unsupported' }));
    const classless = Buffer.from(koFile());
    classless.writeUInt8(9, 4);
    expect(read(classless)).toThrow(expect.objectContaining({ code: 'corrupt' }));
  });

  test('every cut is an error, because the section table stands at the end', () => {
    const bytes = koFile({ imports, exports, modinfo: ['license=GPL'] });
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readModuleFile(bytes.subarray(0, length), 'x.ko')).toThrow(
        expect.objectContaining({ name: 'InputError', code: length < 20 ? 'unsupported' : 'truncated' }),
      );
    }
  });

  test('no damage leads to anything but a named error or a noted section', () => {
    const shape = fc.constantFrom(...Object.values(shapes));
    const damage = fc.array(fc.record({ at: fc.nat(5000), value: fc.nat(255) }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(shape, damage, (spec, bytesToChange) => {
        const bytes = Buffer.from(koFile({ ...spec, imports, exports, modinfo: ['alias=pci:v1'] }));
        for (const { at, value } of bytesToChange) bytes.writeUInt8(value, at % bytes.length);
        try {
          readModuleFile(bytes, 'x.ko');
        } catch (error) {
          expect(error).toMatchObject({ name: 'InputError', file: 'x.ko' });
        }
      }),
      { seed: 3, numRuns: 1000 },
    );
  });
});
