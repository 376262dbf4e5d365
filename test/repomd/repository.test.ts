import { createHash } from 'node:crypto';
import { chmod, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { XMLParser } from 'fast-xml-parser';
import { beforeEach, describe, expect, test } from 'vitest';
import { InputError, type InputErrorCode } from '#errors';
import { metadataOf, primaryDocument, readRepository, writeRepository } from '#repomd';
import type { RpmPackage } from '#rpm';
import { packages } from '../support/packages.js';
import { temporaryDirectory } from '../support/temporary.js';

let scratch: string;
let directory: string;

beforeEach(async () => {
  scratch = await temporaryDirectory();
  directory = join(scratch, 'repository');
});

const small = packages({
  'ehci-hcd-kmp-default-5.14.21-lp154.1': {
    provides: ['ksym(default:ehci_init_driver) = d72c5993', 'kmod(ehci_hcd.ko)', 'ehci-hcd-kmp = 5.14.21'],
    requires: ['ksym(default:__fentry__) = bdfb6dbb'],
    supplements: ['modalias(kernel-default:pci:v*d*sv*sd*bc0Csc03i20*)'],
    conflicts: ['old < 1:2-3'],
    files: ['/lib/modules/5.14.21/kernel/drivers/usb/host/ehci-hcd.ko', '/etc/ehci.conf', '/usr/sbin/ehci'],
  },
  'kernel-default-5.14.21-lp154.1': { provides: ['ksym(default:__fentry__) = bdfb6dbb'] },
});

const digest = (algorithm: string, bytes: Uint8Array): string => createHash(algorithm).update(bytes).digest('hex');
const repodata = (name: string): string => join(directory, 'repodata', name);
const fileOf = async (type: string): Promise<string> => {
  const found = (await readdir(join(directory, 'repodata'))).find((name) => name.includes(type));
  if (found === undefined) throw new Error(`no ${type}`);
  return repodata(found);
};

async function refusal(run: () => Promise<unknown>): Promise<{ code: InputErrorCode; message: string }> {
  try {
    await run();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  isArray: (name, _path, _leaf, isAttribute) => !isAttribute && ['rpm:entry', 'package', 'file'].includes(name),
});

describe('a written repository', () => {
  test('is repomd.xml and three gzip files named after their checksums, as createrepo_c names them', async () => {
    const written = await writeRepository(small, directory);
    const names = (await readdir(join(directory, 'repodata'))).sort();
    expect(names).toHaveLength(4);
    for (const name of names.filter((one) => one !== 'repomd.xml')) {
      const bytes = await readFile(repodata(name));
      expect(name).toMatch(/^[0-9a-f]{64}-(primary|filelists|other)\.xml\.gz$/);
      expect(name.slice(0, 64)).toBe(digest('sha256', bytes));
      // RFC 1952: no time, no name, system "Unix".
      expect([...bytes.subarray(3, 10)]).toEqual([0, 0, 0, 0, 0, bytes[8], 3]);
    }
    const index = await readFile(repodata('repomd.xml'));
    expect(written.repomdSha256).toBe(digest('sha256', index));
    expect(written.packages).toBe(2);
  });

  test('says in repomd.xml what each file is, packed and unpacked', async () => {
    await writeRepository(small, directory);
    const { repomd } = xml.parse(await readFile(repodata('repomd.xml'), 'utf8'));
    expect(repomd.data.map(({ type }: { type: string }) => type)).toEqual(['primary', 'filelists', 'other']);
    for (const data of repomd.data) {
      const packed = await readFile(join(directory, data.location.href));
      const open = gunzipSync(packed);
      expect(data.checksum).toEqual({ type: 'sha256', '#text': digest('sha256', packed) });
      expect(data['open-checksum']['#text']).toBe(digest('sha256', open));
      expect([data.size, data['open-size']]).toEqual([String(packed.length), String(open.length)]);
    }
  });

  test('has in primary.xml what rpm-md clients look for, a missing release left out', async () => {
    await writeRepository(small, directory);
    const { metadata } = xml.parse(gunzipSync(await readFile(await fileOf('primary'))).toString());
    const [ehci, kernel] = metadata.package;
    expect(metadata.packages).toBe('2');
    expect(kernel.name).toBe('kernel-default');
    expect(ehci.version).toEqual({ epoch: '0', ver: '5.14.21', rel: 'lp154.1' });
    expect(ehci.location.href).toBe('ehci-hcd-kmp-default-5.14.21-lp154.1.x86_64.rpm');
    expect(ehci.size).toEqual({ package: '1000', installed: '4000', archive: '4000' });
    expect(ehci.format['rpm:requires']['rpm:entry']).toEqual([
      { name: 'ksym(default:__fentry__)', flags: 'EQ', epoch: '0', ver: 'bdfb6dbb' },
    ]);
    expect(ehci.format['rpm:conflicts']['rpm:entry']).toEqual([
      { name: 'old', flags: 'LT', epoch: '1', ver: '2', rel: '3' },
    ]);
    expect(ehci.format['rpm:supplements']['rpm:entry']).toEqual([
      { name: 'modalias(kernel-default:pci:v*d*sv*sd*bc0Csc03i20*)' },
    ]);
    // The rest of the files is in filelists.
    expect(ehci.format.file).toEqual(['/etc/ehci.conf', '/usr/sbin/ehci']);
    expect(ehci.checksum['#text']).not.toBe(kernel.checksum['#text']);
  });

  test('has all files in filelists and the changelog in other, under the same pkgid', async () => {
    const [first] = small;
    if (first === undefined) throw new Error('no package');
    const changed = { ...first, changelog: [{ author: 'A <a@b>', date: 5, text: '- one & two' }] };
    await writeRepository([changed], directory);
    const read = async (type: string) => xml.parse(gunzipSync(await readFile(await fileOf(type))).toString());
    const { metadata } = await read('primary');
    const { filelists } = await read('filelists');
    const { otherdata } = await read('other');
    const pkgid = metadata.package[0].checksum['#text'];
    expect(filelists.package[0]).toMatchObject({ pkgid, name: first.name, file: first.files.map(({ path }) => path) });
    expect(otherdata.package[0]).toMatchObject({
      pkgid,
      changelog: { author: 'A <a@b>', date: '5', '#text': '- one & two' },
    });
  });

  test('has the same bytes for the same packages, and another pkgid for any change', async () => {
    const first = await writeRepository(small, directory);
    const again = await writeRepository(small, `${directory}-again`);
    expect(again.files).toEqual(first.files);
    expect(again.repomdSha256).toBe(first.repomdSha256);
    const changed = small.map((one, index): RpmPackage => (index === 0 ? { ...one, files: [] } : one));
    const other = await writeRepository(changed, `${directory}-other`);
    expect(other.repomdSha256).not.toBe(first.repomdSha256);
  });

  test('takes the place of an older one, but of nothing else', async () => {
    await writeRepository(small, directory);
    const smaller = await writeRepository(small.slice(1), directory);
    expect(await readdir(join(directory, 'repodata'))).toHaveLength(4);
    expect((await readRepository(directory)).repomdSha256).toBe(smaller.repomdSha256);
    await writeFile(join(directory, 'thesis.tex'), 'mine');
    expect((await refusal(() => writeRepository(small, directory))).code).toBe('invalid');
    expect(await readFile(join(directory, 'thesis.tex'), 'utf8')).toBe('mine');
  });

  test('leaves nothing behind when the packages fail to come', async () => {
    function* failing(): Generator<RpmPackage> {
      yield* small;
      throw new Error('no more');
    }
    const source = { length: 3, [Symbol.iterator]: failing };
    await expect(writeRepository(source, directory)).rejects.toThrow('no more');
    expect((await readdir(scratch)).filter((name) => directory.endsWith(name) || name.startsWith('.'))).toEqual([]);
  });

  test('is read back with the same primary that a document in memory has', async () => {
    await writeRepository(small, directory);
    const onDisk = metadataOf(await readRepository(directory), 'primary');
    expect(Buffer.compare(onDisk, primaryDocument(small))).toBe(0);
  });

  test('may be packed with zstd', async () => {
    const plain = await writeRepository(small, `${directory}-gzip`);
    const written = await writeRepository(small, directory, { compression: 'zstd' });
    expect(written.files.map(({ href }) => href.endsWith('.xml.zst'))).toEqual([true, true, true]);
    expect(written.files.map(({ openSha256 }) => openSha256)).toEqual(plain.files.map(({ openSha256 }) => openSha256));
    expect(metadataOf(await readRepository(directory), 'primary').length).toBe(written.files[0]?.openBytes);
  });
});

describe('a repository is refused', () => {
  const patchIndex = async (change: (text: string) => string): Promise<void> => {
    const file = repodata('repomd.xml');
    await writeFile(file, change(await readFile(file, 'utf8')));
  };
  const read = () => readRepository(directory);

  beforeEach(async () => {
    await writeRepository(small, directory);
  });

  test('when one bit of a file differs', async () => {
    const file = await fileOf('filelists');
    const bytes = await readFile(file);
    bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
    await writeFile(file, bytes);
    const error = await refusal(read);
    expect(error.code).toBe('checksum');
    expect(error.message).toContain(file);
  });

  test('when a file ends early or has more than it should', async () => {
    const file = await fileOf('primary');
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, -1));
    expect((await refusal(read)).code).toBe('truncated');
    await writeFile(file, Buffer.concat([bytes, Buffer.from([0])]));
    expect((await refusal(read)).code).toBe('corrupt');
  });

  test('when a file or the index is missing', async () => {
    const file = await fileOf('other');
    await rm(file);
    const error = await refusal(read);
    expect([error.code, error.message.includes(file)]).toEqual(['missing', true]);
    await rm(repodata('repomd.xml'));
    expect((await refusal(read)).code).toBe('missing');
  });

  test('when the unpacked content is not what was promised, though the packed one is', async () => {
    await patchIndex((text) => text.replace(/(<open-checksum type="sha256">)./, (_, start) => `${start}${'0'}`));
    await patchIndex((text) => text.replace(/(<open-checksum type="sha256">0)./, (_, start) => `${start}${'0'}`));
    expect((await refusal(read)).code).toBe('checksum');
  });

  test('when a file unpacks to more than it says: the rest is never unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const file = await fileOf('primary');
    await writeFile(file, bomb);
    const index = (text: string) =>
      text
        .replace(/<checksum type="sha256">[0-9a-f]+/, `<checksum type="sha256">${digest('sha256', bomb)}`)
        .replace(/<size>\d+/, `<size>${bomb.length}`);
    await patchIndex(index);
    expect((await refusal(read)).code).toBe('too-large');
    await patchIndex((text) => text.replace(/<open-size>\d+/, '<open-size>99999999999'));
    expect((await refusal(read)).code).toBe('too-large');
  });

  test.each([
    '../../etc/passwd',
    '/etc/passwd',
    'repodata/../../x.xml.gz',
    'http://example.org/primary.xml.gz',
    'repodata\\x',
    'repodata/%2e%2e/x',
    '',
  ])('when a file lies at "%s"', async (href) => {
    await patchIndex((text) => text.replace(/href="[^"]*"/, `href="${href}"`));
    expect((await refusal(read)).code).toBe('invalid');
  });

  test('when a link leads a file out of it', async () => {
    const file = await fileOf('primary');
    const outside = join(scratch, 'outside.gz');
    await writeFile(outside, await readFile(file));
    await rm(file);
    await symlink(outside, file);
    const error = await refusal(read);
    expect([error.code, error.message.includes('outside the repository')]).toEqual(['invalid', true]);
  });

  test.each([
    ['is cut off', (text: string) => text.slice(0, text.length / 2), 'corrupt'],
    [
      'defines entities',
      (text: string) => text.replace('<repomd', '<!DOCTYPE x [<!ENTITY a "b">]><repomd'),
      'unsupported',
    ],
    ['is another document', () => '<html/>', 'invalid'],
    ['lists nothing', (text: string) => text.replace(/<data[\s\S]*<\/data>/, ''), 'invalid'],
    ['has a checksum of an unknown kind', (text: string) => text.replace('type="sha256"', 'type="md5"'), 'invalid'],
    ['has a checksum of the wrong length', (text: string) => text.replace(/">[0-9a-f]{64}</, '">abc<'), 'invalid'],
    ['has a size that is no number', (text: string) => text.replace(/<size>\d+/, '<size>many'), 'invalid'],
    ['lists a type twice', (text: string) => text.replace('type="filelists"', 'type="primary"'), 'invalid'],
  ] as const)('when its index %s', async (_, change, code) => {
    await patchIndex(change);
    const error = await refusal(read);
    expect(error.code).toBe(code);
    expect(error.message).toContain('repomd.xml');
  });

  test('when the index has no primary and somebody needs it', async () => {
    await patchIndex((text) => text.replace('type="primary"', 'type="primary_renamed"'));
    const repository = await read();
    expect((await refusal(async () => metadataOf(repository, 'primary'))).code).toBe('missing');
  });

  test('when it is larger than accepted', async () => {
    expect((await refusal(() => readRepository(directory, { limitBytes: 100 }))).code).toBe('too-large');
    expect((await refusal(() => readRepository(directory, { limitOpenBytes: 100 }))).code).toBe('too-large');
  });
});

test('a database beside the XML is verified and passed over', async () => {
  await writeRepository(small, directory);
  const database = Buffer.from('not XML');
  await writeFile(repodata('primary.sqlite.bz2'), database);
  await chmod(repodata('primary.sqlite.bz2'), 0o644);
  const file = repodata('repomd.xml');
  const entry = `<data type="primary_db"><checksum type="sha512">${digest('sha512', database)}</checksum><location href="repodata/primary.sqlite.bz2"/></data>`;
  await writeFile(file, (await readFile(file, 'utf8')).replace('</repomd>', `${entry}</repomd>`));
  expect((await readRepository(directory)).metadata.get('primary_db')?.open).toBeNull();
});
