import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readRepository } from '#repomd';
import { cli } from '../support/cli.js';
import { indexEntry, indexOf, primaryOf, writeRawRepository } from '../support/raw-repository.js';
import { temporaryDirectory } from '../support/temporary.js';

const updateinfo = (inside: string) => `<updates><update type="security"><id>u</id>${inside}</update></updates>`;
const nested = `${'<b>'.repeat(200)}${'</b>'.repeat(200)}`;
const manyPairs = Array.from({ length: 30 }, (_, index) => `(p${index} and q${index})`).join(' or ');

async function solved(documents: Readonly<Record<string, string>>, ...request: string[]) {
  const directory = await temporaryDirectory();
  await writeRawRepository(directory, documents);
  const words = request.length === 0 ? ['in', 'a'] : request;
  return { directory, ...(await cli('solve', ...words, '--repo', directory)) };
}

it('a repository of this form solves', async () => {
  expect((await solved({ primary: primaryOf(), updateinfo: updateinfo('') })).code).toBe(0);
});

describe('a repository whose checksums are right is refused as input', () => {
  it.each([
    ['is cut off', { primary: primaryOf().slice(0, 300) }],
    ['is empty', { primary: '' }],
    ['is garbage', { primary: '\u0001\u0002 nothing like XML' }],
    ['is a page', { primary: '<!DOCTYPE html><html><body>404</body></html>' }],
    ['is a page without a type', { primary: '<html><body>404</body></html>' }],
    ['is another document', { primary: '<filelists packages="0"/>' }],
    ['has fewer packages than it says', { primary: primaryOf('', 2) }],
    ['has more packages than it says', { primary: primaryOf('', 0) }],
    [
      'has a dependency that multiplies',
      { primary: primaryOf(`<rpm:requires><rpm:entry name="(${manyPairs})"/></rpm:requires>`) },
    ],
  ])('where primary %s', async (_, documents) => {
    const { code, err, directory } = await solved(documents);
    expect(err).not.toContain('internal error');
    expect(code).toBe(2);
    expect(err).toContain(directory);
    expect(err).toContain('to do: ');
  });

  it.each([
    ['has an entity that nobody defined', updateinfo('<severity>&nosuch;</severity>')],
    ['has an element __proto__', updateinfo('<__proto__>x</__proto__>')],
    ['has an element constructor', updateinfo('<constructor>x</constructor>')],
    ['is nested deeply', updateinfo(nested)],
    ['is a page', '<html><body>404</body></html>'],
    ['is empty', ''],
  ])('where updateinfo %s, or it is read all the same', async (_, document) => {
    const { code, err } = await solved({ primary: primaryOf(), updateinfo: document });
    expect(err).not.toContain('internal error');
    expect([0, 2]).toContain(code);
  });

  it.each(['<__proto__>x</__proto__>', '<constructor>x</constructor>', nested, '&nosuch;', '<a b="&nosuch;"/>'])(
    'where the index has %.30s, or it is read all the same',
    async (inside) => {
      const directory = await temporaryDirectory();
      await writeRawRepository(directory, { primary: primaryOf() });
      const entry = indexEntry('primary', 'repodata/primary.xml', Buffer.from(primaryOf()));
      await writeFile(join(directory, 'repodata', 'repomd.xml'), indexOf([inside, entry]));
      const { code, err } = await cli('solve', 'in', 'a', '--repo', directory);
      expect(err).not.toContain('internal error');
      expect([0, 2]).toContain(code);
    },
  );
});

describe('a request that cannot be read is the user to mend', () => {
  it.each([
    ['in', '('.repeat(5000)],
    ['in', '(((('],
    ['rm', '(a or'],
    ['in', 'a', '--lock', '(((('],
    ['in', 'a', '--why', '(((('],
    ['in', `(${manyPairs})`],
    ['in', 'x'.repeat(100_000)],
  ])('%s %.20s', async (...request) => {
    const { code, err } = await solved({ primary: primaryOf() }, ...request);
    expect(err).not.toContain('internal error');
    // What is locked and not there is no error; nor is a name that nothing has.
    expect([0, 1, 2]).toContain(code);
    if (request[2] !== '--lock') expect(code).not.toBe(0);
  });
});

describe('a repository that unpacks to more than anybody needs', () => {
  const limits = { limitOpenBytes: 1 << 20 };
  const bomb = gzipSync(Buffer.alloc(2 << 20));

  it('is refused where that is read, whether in one file or in several', async () => {
    const directory = await temporaryDirectory();
    await writeRawRepository(directory, { primary: primaryOf(), updateinfo: bomb });
    await expect(readRepository(directory, limits)).rejects.toMatchObject({ code: 'too-large' });
    const half = gzipSync(Buffer.from(primaryOf(`<!--${'x'.repeat(600 << 10)}-->`)));
    await writeRawRepository(directory, { primary: half });
    expect((await readRepository(directory, limits)).metadata.get('primary')?.open?.length).toBeGreaterThan(600 << 10);
    await writeRawRepository(directory, { primary: half, updateinfo: half });
    await expect(readRepository(directory, limits)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('is read where that is what nobody reads: it is not unpacked', async () => {
    const directory = await temporaryDirectory();
    const types = Array.from({ length: 40 }, (_, index) => `t${index}`);
    await writeRawRepository(directory, {
      primary: primaryOf(),
      ...Object.fromEntries(types.map((type) => [type, bomb])),
    });
    const { metadata } = await readRepository(directory, limits);
    expect(metadata.size).toBe(41);
    expect([...metadata.values()].filter(({ open }) => open !== null)).toHaveLength(1);
    // But their bytes must be the promised ones, and not too many together.
    await expect(readRepository(directory, { limitBytes: 20 * bomb.length })).rejects.toMatchObject({
      code: 'too-large',
    });
    await writeFile(join(directory, 'repodata', 't39.xml'), Buffer.alloc(bomb.length));
    await expect(readRepository(directory, limits)).rejects.toMatchObject({ code: 'checksum' });
  });

  it('is refused where it lists hundreds of files', async () => {
    const directory = await temporaryDirectory();
    await writeRawRepository(directory, { primary: primaryOf() });
    const bytes = Buffer.from(primaryOf());
    const entries = Array.from({ length: 101 }, (_, index) => indexEntry(`t${index}`, 'repodata/primary.xml', bytes));
    await writeFile(join(directory, 'repodata', 'repomd.xml'), indexOf(entries));
    await expect(readRepository(directory)).rejects.toMatchObject({ code: 'too-large' });
  });
});
