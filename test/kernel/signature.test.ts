import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packKernelBuild, unpackKernelBuild } from '#kernel';
import { MalformedPart } from '../../src/kernel/read/malformed-part.js';
import { readModuleFile } from '../../src/kernel/read/module-file.js';
import { readSignature } from '../../src/kernel/read/signature.js';
import { koFile } from '../support/elf.js';
import { kernel } from '../support/kernel.js';
import { pkcs7, signed } from '../support/signature.js';

const file = Buffer.from('a kernel module');
const value = Buffer.alloc(300, 0xab);

describe('the signature of a kernel module', () => {
  test('is absent where none is appended', () => {
    expect(readSignature(file)).toBeNull();
    expect(readSignature(Buffer.alloc(0))).toBeNull();
  });

  test('names signer, key, hash and value of a PKCS#7 signature, past other names and certificates', () => {
    const issuer = [
      ['55040a', 'ACME'],
      ['550403', 'ACME key'],
    ] as const;
    const bytes = signed(file, pkcs7({ issuer, serial: '66f54e', value, certificates: true }));
    expect(readSignature(bytes)).toEqual({
      format: 'PKCS#7',
      signer: 'ACME key',
      keyId: '66:F5:4E',
      hashAlgorithm: 'sha256',
      value,
    });
  });

  test.each([
    ['608648016503040202', 'sha384'],
    ['608648016503040203', 'sha512'],
    ['2b0e03021a', 'sha1'],
    ['2a0304', '1.2.3.4'],
  ])('says of the hash %s that it is %s', (hash, name) => {
    expect(readSignature(signed(file, pkcs7({ hash, value })))?.hashAlgorithm).toBe(name);
  });

  test('takes the sign off a serial number', () => {
    expect(readSignature(signed(file, pkcs7({ serial: '00ff01', value })))?.keyId).toBe('FF:01');
    expect(readSignature(signed(file, pkcs7({ serial: '00', value })))?.keyId).toBe('00');
  });

  test('knows a key by its identifier alone, and an issuer without a common name', () => {
    const byKey = readSignature(signed(file, pkcs7({ subjectKeyIdentifier: '998d2b', value })));
    expect(byKey).toMatchObject({ signer: null, keyId: '99:8D:2B' });
    const nameless = readSignature(signed(file, pkcs7({ issuer: [['55040a', 'ACME']], value })));
    expect(nameless).toMatchObject({ signer: null, keyId: '01' });
  });

  test('reads those from before Linux 4.3, whose trailer names signer, key and hash', () => {
    const trailer = { idType: 1, hash: 4, signer: 'Old key', keyId: Buffer.from([1, 2, 0xab]) };
    expect(readSignature(signed(file, value, trailer))).toEqual({
      format: 'X509',
      signer: 'Old key',
      keyId: '01:02:AB',
      hashAlgorithm: 'sha256',
      value,
    });
  });

  test.each([
    ['a kind that nobody knows', signed(file, value, { idType: 9 })],
    ['a length beyond the file', signed(file, value).subarray(30)],
    ['no PKCS#7', signed(file, Buffer.from('hello'))],
    ['a PKCS#7 that is cut off', signed(file, pkcs7({ value }).subarray(0, 60))],
    ['a PKCS#7 of another content', signed(file, Buffer.from('30053003020101', 'hex'))],
  ])('is malformed with %s, and the kernel module is read all the same', (_what, bytes) => {
    expect(() => readSignature(bytes)).toThrow(MalformedPart);
    const trailer = bytes.subarray(bytes.indexOf(file) === -1 ? 0 : file.length);
    const read = readModuleFile(Buffer.concat([koFile({ modinfo: ['license=GPL'] }), trailer]), 'a.ko');
    expect(read).toMatchObject({ license: 'GPL', signature: null });
    expect(read.malformed.map(({ section }) => section)).toEqual(['signature']);
  });

  test('never throws anything else, whatever is appended', () => {
    const whole = pkcs7({ value: Buffer.alloc(20) });
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        try {
          readSignature(signed(file, damaged));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedPart);
        }
      }),
    );
  });

  test('is kept in the file of a build, also where only some kernel modules have one', async () => {
    const signature = { format: 'PKCS#7', keyId: '01:02', hashAlgorithm: 'sha256' } as const;
    const build = kernel({
      modules: { a: { signer: 'K', signature }, b: {}, c: { signature: { ...signature, keyId: '03' } } },
    });
    expect(await unpackKernelBuild(await packKernelBuild(build), 'x')).toEqual(build);
  });
});
