import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Advisory,
  metadataOf,
  readAdvisories,
  readRepository,
  updateinfoDocument,
  writeRepository,
} from '#repomd';
import { parseEvr, type RpmPackage } from '#rpm';
import { packages } from '../support/packages.js';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-advisory-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const kernel: Advisory = {
  id: 'kmplab-2026-1',
  type: 'security',
  severity: 'important',
  title: 'Kernel <6.1.190> & "drivers"',
  references: [{ type: 'cve', id: 'CVE-2026-1', href: 'https://example.org/?a=1&b=2', title: 'A hole' }],
  packages: [
    { name: 'kernel-default', evr: parseEvr('6.1.190-1'), arch: 'x86_64', suggestion: 'reboot' },
    { name: 'e1000e-kmp-default', evr: parseEvr('1:6.1.190-1'), arch: 'x86_64' },
  ],
};

test('updateinfo.xml has the elements and attributes that openSUSE publishes', () => {
  expect(updateinfoDocument([kernel], 1_000)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<updates>
  <update from="kmplab" status="stable" type="security" version="1">
    <id>kmplab-2026-1</id>
    <title>Kernel &lt;6.1.190&gt; &amp; &quot;drivers&quot;</title>
    <issued date="1000"/>
    <severity>important</severity>
    <description>Kernel &lt;6.1.190&gt; &amp; &quot;drivers&quot;</description>
    <references>
      <reference href="https://example.org/?a=1&amp;b=2" id="CVE-2026-1" title="A hole" type="cve"/>
    </references>
    <pkglist>
      <collection>
        <package name="kernel-default" epoch="0" version="6.1.190" release="1" arch="x86_64">
          <filename>kernel-default-6.1.190-1.x86_64.rpm</filename>
          <reboot_suggested>True</reboot_suggested>
        </package>
        <package name="e1000e-kmp-default" epoch="1" version="6.1.190" release="1" arch="x86_64">
          <filename>e1000e-kmp-default-6.1.190-1.x86_64.rpm</filename>
        </package>
      </collection>
    </pkglist>
  </update>
</updates>
`);
});

describe('a repository with advisories', () => {
  const content = packages({ 'a-2-1': {}, 'b-2-1': {} });
  const advising = (of: readonly RpmPackage[], more: Partial<Advisory> = {}): Advisory => ({
    ...kernel,
    packages: of,
    ...more,
  });
  const write = (advisories: readonly Advisory[]) => writeRepository(content, join(scratch, 'written'), { advisories });

  test('has them beside primary, and without any has no such file', async () => {
    const { files } = await write([advising(content)]);
    expect(files.map(({ type }) => type)).toEqual(['primary', 'filelists', 'other', 'updateinfo']);
    const read = await readRepository(join(scratch, 'written'));
    expect(Buffer.from(metadataOf(read, 'updateinfo')).toString()).toBe(updateinfoDocument([advising(content)]));
    expect((await write([])).files.map(({ type }) => type)).toEqual(['primary', 'filelists', 'other']);
  });

  test('tells what each is for', async () => {
    await write([advising(content), advising(content, { id: 'kmplab-2026-2', type: 'optional' })]);
    const read = readAdvisories(await readRepository(join(scratch, 'written')));
    expect(read?.types).toEqual({ 'kmplab-2026-1': 'security', 'kmplab-2026-2': 'optional' });
    await write([]);
    expect(readAdvisories(await readRepository(join(scratch, 'written')))).toBeNull();
  });

  test.each([
    ['is cut off', '<updates><update type="security">', 'not well-formed'],
    ['has an update without id', '<updates><update type="security"/></updates>', 'no list of updates'],
    ['has an update without type', '<updates><update><id>a</id></update></updates>', 'no list of updates'],
    ['is another document', '<html/>', 'no list of updates'],
    ['defines entities', '<!DOCTYPE a [<!ENTITY b "c">]><updates/>', 'document type'],
  ])('is refused where its updateinfo %s', async (_, xml, problem) => {
    await write([]);
    const repository = await readRepository(join(scratch, 'written'));
    const updateinfo = { type: 'updateinfo', href: 'repodata/x.xml', bytes: xml.length, open: Buffer.from(xml) };
    const metadata = new Map([...repository.metadata, ['updateinfo', updateinfo] as const]);
    expect(() => readAdvisories({ ...repository, metadata })).toThrow(problem);
  });

  test('may list no update at all', async () => {
    await write([]);
    const repository = await readRepository(join(scratch, 'written'));
    for (const xml of ['<updates/>', '<updates>\n</updates>']) {
      const open = Buffer.from(xml);
      const metadata = new Map([['updateinfo', { type: 'updateinfo', href: 'x', bytes: 1, open }]]);
      expect(readAdvisories({ ...repository, metadata })?.types).toEqual({});
    }
  });

  test.each<[string, readonly Advisory[]]>([
    ['names c-2-1.x86_64, which the repository does not hold', [advising(packages({ 'a-2-1': {}, 'c-2-1': {} }))]],
    ['names a-3-1.x86_64, which the repository does not hold', [advising(packages({ 'a-3-1': {} }))]],
    ['is there twice', [advising(content), advising(content)]],
    ['names no package', [advising([])]],
    ['has no proper name', [advising(content, { id: 'two words' })]],
  ])('is refused where one %s, and nothing is left behind', async (problem, advisories) => {
    const directory = join(scratch, 'refused');
    await expect(writeRepository(content, directory, { advisories })).rejects.toThrow(problem);
    await expect(readRepository(directory)).rejects.toThrow('repomd.xml');
  });
});
