import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { load } from '../src/index.js';
import { addPackages, nevras, testInstance, testPool } from './support/pool.js';

const libsolv = await testInstance();

const primary = `<?xml version="1.0" encoding="UTF-8"?>
<metadata xmlns="http://linux.duke.edu/metadata/common" xmlns:rpm="http://linux.duke.edu/metadata/rpm" packages="1">
<package type="rpm"><name>usbcore-kmp</name><arch>x86_64</arch><version epoch="0" ver="6.1" rel="1"/>
<checksum type="sha256" pkgid="YES">${'0'.repeat(64)}</checksum><summary>s &amp; t</summary><description>d</description>
<size package="1000" installed="2000" archive="0"/><location href="x.rpm"/><format><rpm:vendor>V</rpm:vendor>
<rpm:provides><rpm:entry name="ksym(default:usb_register)" flags="EQ" epoch="0" ver="1a2b"/></rpm:provides>
<rpm:requires><rpm:entry name="(kmod(a.ko) if kernel)"/></rpm:requires>
<file>/usr/bin/u</file></format></package></metadata>`;
const filelists = `<filelists xmlns="http://linux.duke.edu/metadata/filelists" packages="1">
<package pkgid="${'0'.repeat(64)}" name="usbcore-kmp" arch="x86_64"><version epoch="0" ver="6.1" rel="1"/>
<file>/lib/modules/6.1/usbcore.ko</file></package></filelists>`;
const bytes = (text: string) => new TextEncoder().encode(text);
// The same text by zstd 1.5.7's command line: `printf '=Ver: 2.0\n=Pkg: z 1 1 noarch\n' | zstd -q | base64`
const zstd = Uint8Array.from(Buffer.from('KLUv/QRY6QAAPVZlcjogMi4wCj1Qa2c6IHogMSAxIG5vYXJjaAo0fAyR', 'base64'));

function newRepo() {
  const pool = libsolv.createPool({ arch: 'x86_64' });
  return { pool, repo: pool.addRepo('r') };
}

describe('rpm-md', () => {
  it('is read plain and compressed', () => {
    for (const document of [bytes(primary), new Uint8Array(gzipSync(primary))]) {
      const { pool, repo } = newRepo();
      repo.addRpmmd({ primary: document });
      pool.createWhatprovides();
      expect(pool.packages(repo.solvables())).toMatchObject([
        { nevra: 'usbcore-kmp-6.1-1.x86_64', vendor: 'V', downloadBytes: 1000 },
      ]);
      expect(pool.dependencies(repo.solvables(), 'requires')).toEqual([['(kmod(a.ko) if kernel)']]);
      expect(pool.whatProvides('ksym(default:usb_register) = 01a2b')).toHaveLength(1);
      pool.dispose();
    }
  });

  it('is read in several gzip members', () => {
    const { pool, repo } = newRepo();
    const halves = [primary.slice(0, 300), primary.slice(300)].map((half) => gzipSync(half));
    repo.addRpmmd({ primary: new Uint8Array(Buffer.concat(halves)) });
    expect(nevras(pool, repo.solvables())).toEqual(['usbcore-kmp-6.1-1.x86_64']);
  });

  it('takes complete file lists along', () => {
    const { pool, repo } = newRepo();
    repo.addRpmmd({ primary: bytes(primary), filelists: bytes(filelists) });
    addPackages(pool.addRepo('other'), '=Pkg: x 1 1 noarch\n=Req: /lib/modules/6.1/usbcore.ko');
    pool.addFileProvides();
    pool.createWhatprovides();
    expect(nevras(pool, pool.whatProvides('/lib/modules/6.1/usbcore.ko'))).toEqual(['usbcore-kmp-6.1-1.x86_64']);
  });

  it.each([
    ['not XML', bytes('certainly not XML')],
    ['XML that ends too early', bytes(primary.slice(0, 500))],
    ['a truncated gzip stream', new Uint8Array(gzipSync(primary)).slice(0, -20)],
    ['a corrupt gzip stream', new Uint8Array(gzipSync(primary)).map((byte, at) => (at === 40 ? byte ^ 0xff : byte))],
  ])('is refused when it is %s', (_what, document) => {
    const { pool, repo } = newRepo();
    expect(() => repo.addRpmmd({ primary: document })).toThrowError(expect.objectContaining({ code: 'invalidInput' }));
    pool.dispose();
  });

  it('is refused when it unpacks to more than the limit', async () => {
    const small = await load({ unpackedBytesMax: 1_000_000 });
    const bomb = new Uint8Array(gzipSync(`<metadata>${' '.repeat(2_000_000)}</metadata>`));
    expect(bomb.length).toBeLessThan(5_000);
    const repo = small.createPool({ arch: 'x86_64' }).addRepo('r');
    expect(() => repo.addRpmmd({ primary: bomb })).toThrowError(expect.objectContaining({ code: 'limit' }));
    small.dispose();
  });

  it('is refused when it unpacks to more than the limit, in zstd too', async () => {
    const small = await load({ unpackedBytesMax: 1_000_000 });
    // RFC 8878: magic number, frame header with a window of 128 KiB, then blocks that repeat one byte for 128 KiB.
    const blocks = Array.from({ length: 24 }, (_, n) => [n === 23 ? 3 : 2, 0x00, 0x10, 0x20]).flat();
    const bomb = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38, ...blocks);
    const read = (libsolv: typeof small) => libsolv.createPool({ arch: 'x86_64' }).addRepo('r').addTestcase(bomb);
    expect(() => read(small)).toThrowError(expect.objectContaining({ code: 'limit' }));
    // It is a good document otherwise: three mebibytes of nothing.
    read(libsolv);
    small.dispose();
  });

  it('without packages is an empty repository, as .solv too', () => {
    const empty = '<metadata xmlns="http://linux.duke.edu/metadata/common" packages="0"></metadata>';
    const { pool, repo } = newRepo();
    repo.addRpmmd({ primary: bytes(empty), filelists: bytes('<filelists packages="0"/>') });
    const second = pool.addRepo('again');
    second.addSolv(repo.toSolv());
    pool.createWhatprovides();
    expect(pool.solvables()).toEqual([]);
    expect(pool.createSolver().solve([{ action: 'update', select: { kind: 'all' } }]).status).toBe('solved');
  });

  it('keeps names of 65,536 bytes and outside ASCII, into .solv and back', () => {
    const names = ['ü'.repeat(32_768), `${'x'.repeat(65_535)}字`];
    const [head = '', body = ''] = primary.replace('</metadata>', '').split(/(?=<package )/);
    const { pool, repo } = newRepo();
    const packages = names.map((name) => body.replaceAll('usbcore-kmp', name));
    repo.addRpmmd({ primary: bytes(`${head}${packages.join('')}</metadata>`) });
    const second = pool.addRepo('again');
    second.addSolv(repo.toSolv());
    pool.createWhatprovides();
    expect(pool.packages(second.solvables()).map(({ name }) => name)).toEqual(names);
  });

  it('in xz is refused with a hint', () => {
    const { repo } = newRepo();
    const xz = Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4);
    expect(() => repo.addRpmmd({ primary: xz })).toThrowError(expect.objectContaining({ code: 'unsupported' }));
  });
});

describe('the testcase format', () => {
  it('is read from zstd too', () => {
    const { pool, repo } = newRepo();
    repo.addTestcase(zstd);
    expect(nevras(pool, repo.solvables())).toEqual(['z-1-1.noarch']);
  });
});

describe('solv', () => {
  it('holds what was read, and reads back to the same bytes', () => {
    const { pool, repo } = newRepo();
    repo.addRpmmd({ primary: bytes(primary) });
    const solv = repo.toSolv();
    expect(Buffer.from(solv.subarray(0, 4)).toString()).toBe('SOLV');
    const second = newRepo();
    second.repo.addSolv(solv);
    expect(second.pool.packages(second.repo.solvables())).toMatchObject([
      { nevra: 'usbcore-kmp-6.1-1.x86_64', installedBytes: 2000 },
    ]);
    expect(second.pool.dependencies(second.repo.solvables(), 'provides')).toEqual(
      pool.dependencies(repo.solvables(), 'provides'),
    );
    expect(Buffer.from(second.repo.toSolv()).equals(Buffer.from(solv))).toBe(true);
  });

  it('is refused when it is truncated', () => {
    const { repo } = newRepo();
    repo.addRpmmd({ primary: bytes(primary) });
    const solv = repo.toSolv();
    expect(() => newRepo().repo.addSolv(solv.slice(0, solv.length - 10))).toThrowError(
      expect.objectContaining({ code: 'invalidInput' }),
    );
  });
});

describe('other formats', () => {
  it('reads patches from updateinfo', () => {
    const updateinfo = `<updates><update from="x" status="stable" type="security" version="1"><id>SUSE-1</id><title>t</title>
      <issued date="1"/><description>d</description><pkglist><collection><package name="a" version="2" release="1" arch="x86_64"/>
      </collection></pkglist></update></updates>`;
    const { pool, repo } = newRepo();
    repo.addUpdateinfo(bytes(updateinfo));
    expect(nevras(pool, repo.solvables())).toEqual(['patch:SUSE-1-1.noarch']);
    expect(pool.dependencies(repo.solvables(), 'conflicts')).toEqual([['a.x86_64 < 2-1', 'a.noarch < 2-1']]);
  });

  it('reads susetags', () => {
    const { pool, repo } = newRepo();
    repo.addSusetags('=Ver: 2.0\n=Pkg: a 1 2 noarch\n+Req:\nb >= 1\n-Req:\n+Prv:\na = 1-2\n-Prv:\n=Siz: 1024 2048\n');
    expect(nevras(pool, repo.solvables())).toEqual(['a-1-2.noarch']);
    expect(pool.dependencies(repo.solvables(), 'requires')).toEqual([['b >= 1']]);
  });

  it('reads helix', () => {
    const { pool, repo } = newRepo();
    repo.addHelix(
      '<channel><subchannel><package><name>h</name><history><update><arch>noarch</arch><version>1</version><release>2</release></update></history></package></subchannel></channel>',
    );
    expect(nevras(pool, repo.solvables())).toEqual(['h-1-2.noarch']);
  });

  it('leaves an empty repository empty', () => {
    const pool = testPool(libsolv, '', { empty: '' });
    expect(pool.solvables()).toEqual([]);
    expect(pool.createSolver().solve([{ action: 'update', select: { kind: 'all' } }]).status).toBe('solved');
  });
});
