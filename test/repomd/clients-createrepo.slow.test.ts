import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KernelBuild, loadBuiltinKernel } from '#kernel';
import { type PackageSet, packageBuilds, readyDesigns } from '#packaging';
import { metadataOf, readRepository, writeRepository } from '#repomd';
import { dependencyKinds } from '#rpm';
import { buildEmptyRpms, tool } from '../support/clients.js';

let scratch: string;
let build: KernelBuild;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'kmplab-createrepo-'));
  const whole = await loadBuiltinKernel('debian-6.1.0-53-amd64');
  // One dash, as stock rpm wants it; and few enough for rpmbuild.
  const modules = whole.modules.filter(({ path }) => /ethernet\/intel|realtek|usb\/storage|fs\/ext4/.test(path));
  build = { ...whole, release: '6.1.0.53-default', modules };
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  htmlEntities: true,
  isArray: (name, _path, _leaf, isAttribute) => !isAttribute && ['rpm:entry', 'package', 'file'].includes(name),
});

interface Entry {
  readonly name: string;
  readonly flags?: string;
  readonly epoch?: string;
  readonly ver?: string;
  readonly rel?: string;
}

/** What primary.xml says of dependencies, by package: the part that both writers must agree on to the letter. */
async function dependencies(repository: string): Promise<Map<string, Record<string, string[]>>> {
  const text = Buffer.from(metadataOf(await readRepository(repository), 'primary')).toString();
  const { metadata } = xml.parse(text);
  return new Map(
    metadata.package.map((one: Record<string, Record<string, Record<string, Entry[]>>>) => [
      one['name'],
      Object.fromEntries(
        dependencyKinds.map((kind) => [
          kind,
          (one['format']?.[`rpm:${kind}`]?.['rpm:entry'] ?? [])
            .map(({ name, flags, epoch, ver, rel }) => [name, flags, epoch, ver, rel].join('|'))
            .sort(),
        ]),
      ),
    ]),
  );
}

const cases: readonly (readonly [string, Record<string, unknown>])[] = [
  // OpenWrt's `kernel = 6.1.187-1-<md5>` is no version that stock rpm would put into a package.
  ...readyDesigns()
    .filter(({ name }) => name !== 'openwrt')
    .map(({ name }) => [name, {}] as const),
  ['split', { layout: 'fedora' }],
  ['modular', { firmware: 'vendor', licences: 'shared', softdeps: 'supplements', hardRequires: true }],
];

describe('createrepo_c', () => {
  test.each(cases)('says of real RPMs under %s %o what our metadata says', async (scheme, options) => {
    const set: PackageSet = packageBuilds(scheme, [build], options);
    const directory = join(scratch, `${scheme}${Object.values(options).join('-')}`);
    const ours = join(directory, 'ours');
    await writeRepository(set.packages, ours);
    const [rpm] = await buildEmptyRpms(set.packages, directory);
    const theirs = dirname(dirname(rpm ?? ''));
    await tool('createrepo_c', ['--quiet', '--no-database', theirs]);
    const expected = await dependencies(theirs);
    const actual = await dependencies(ours);
    expect(new Set(actual.keys())).toEqual(new Set(expected.keys()));
    for (const [name, kinds] of expected) expect({ name, ...actual.get(name) }).toEqual({ name, ...kinds });
  });

  test('reads every package of ours and finds nothing to complain of', async () => {
    const ours = join(scratch, 'whole');
    const set = packageBuilds('modular', [await loadBuiltinKernel('debian-6.1.0-53-amd64')]);
    await writeRepository(set.packages, ours);
    const merged = join(scratch, 'merged');
    await mkdir(merged);
    await tool('mergerepo_c', ['--all', '--no-database', '-r', `file://${ours}`, '-o', merged]);
    const text = Buffer.from(metadataOf(await readRepository(merged), 'primary')).toString();
    expect(/packages="(\d+)"/.exec(text)?.[1]).toBe(String(set.packages.length));
    // modifyrepo_c takes the index apart and writes it again with one more document.
    const extra = join(scratch, 'updateinfo.xml');
    await writeFile(extra, '<updates/>\n');
    await tool('modifyrepo_c', [extra, join(ours, 'repodata')]);
    expect([...(await readRepository(ours)).metadata.keys()]).toEqual(['primary', 'filelists', 'other', 'updateinfo']);
    expect(await readdir(join(ours, 'repodata'))).toHaveLength(5);
    expect(await readFile(join(ours, 'repodata', 'repomd.xml'), 'utf8')).toContain('updateinfo');
  });
});
