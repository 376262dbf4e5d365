import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ordinaryPackages } from '#channel';
import { listFilesSorted } from '#files';
import { joinParts, metadataOf, readRepository, writePart, writeRepository } from '#repomd';
import { readChannelFile, writeChannel } from '#run';
import { temporaryDirectory } from '../support/temporary.js';

describe('a repository of parts', () => {
  it('has the documents of one that is written at once', async () => {
    const directory = await temporaryDirectory();
    const packages = [...ordinaryPackages({ packages: 200, seed: 3 }, 'x86_64')];
    const parts = [];
    for (const some of [packages.slice(0, 1), packages.slice(1, 1), packages.slice(1)])
      parts.push(await writePart(some, await temporaryDirectory()));
    const joined = await joinParts(parts, join(directory, 'joined'));
    const whole = await writeRepository(packages, join(directory, 'whole'));
    expect(joined.packages).toBe(200);
    expect(joined.files.map(({ type, openBytes, openSha256 }) => ({ type, openBytes, openSha256 }))).toEqual(
      whole.files.map(({ type, openBytes, openSha256 }) => ({ type, openBytes, openSha256 })),
    );
    // Every checksum is looked at here.
    const [a, b] = [await readRepository(joined.directory), await readRepository(whole.directory)];
    expect(Buffer.compare(metadataOf(a, 'primary'), metadataOf(b, 'primary'))).toBe(0);
  });
});

describe('writing a channel', () => {
  let directory = '';
  let file = '';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kmplab-test-'));
    file = join(directory, 'channel.yaml');
  });

  afterAll(() => rm(directory, { recursive: true, force: true }));

  const yaml = (kernels: number, more = ''): string =>
    `kernelModules: [tun]\nchannel: { kernels: ${kernels}, builds: [debian-6.1.0-56-amd64], regime: security-fix${more} }\n`;

  async function written(text: string, cache: string | null) {
    const packaged: string[] = [];
    await writeFile(file, text);
    const options = { cache, identity: 'test', onProgress: (what: string) => packaged.push(what) };
    const repositories = await writeChannel(await readChannelFile(file), join(directory, 'out'), options);
    return {
      kernels: repositories.get('kernels'),
      packaged: packaged.filter((what) => what.startsWith('packaging')).map((what) => what.replace('packaging ', '')),
    };
  }

  it('packages only what is new, and comes to the same bytes without a cache', async () => {
    const cache = join(directory, 'cache');
    expect((await written(yaml(2), cache)).packaged).toEqual([
      'debian-6.1.0-56-amd64',
      'debian-6.1.0-56-amd64~security-fix.1.1',
    ]);
    const more = await written(yaml(3), cache);
    expect(more.packaged).toEqual(['debian-6.1.0-56-amd64~security-fix.1.2']);
    const again = await written(yaml(3), null);
    expect(again.packaged).toHaveLength(3);
    expect(again.kernels?.repomdSha256).toBe(more.kernels?.repomdSha256);
  });

  it('makes a part anew that was damaged', async () => {
    const cache = join(directory, 'cache');
    const before = await written(yaml(3), cache);
    expect(before.packaged).toEqual([]);
    const damaged = (await listFilesSorted(cache)).find((path) => path.endsWith('-primary.xml.gz')) ?? '';
    const bytes = await readFile(join(cache, damaged));
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(join(cache, damaged), bytes);
    const after = await written(yaml(3), cache);
    expect(after.packaged).toHaveLength(1);
    expect(after.kernels?.repomdSha256).toBe(before.kernels?.repomdSha256);
  });

  it('says where a channel is wrong', async () => {
    await writeFile(file, yaml(2).replace('security-fix', 'stabel'));
    const options = { cache: null, identity: 'test', onProgress: () => undefined };
    await expect(writeChannel(await readChannelFile(file), join(directory, 'out'), options)).rejects.toThrow(
      /no regime stabel[\s\S]*write "stable"/,
    );
    await writeFile(file, yaml(2).replace('kernels: 2', 'kernels: [2, 3]'));
    await expect(writeChannel(await readChannelFile(file), join(directory, 'out'), options)).rejects.toThrow(
      /one depth, and this one has 2, 3/,
    );
    await writeFile(file, yaml(200));
    await expect(readChannelFile(file)).rejects.toThrow(/channel\.yaml:2/);
  });
});
