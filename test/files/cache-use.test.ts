import { mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { cacheDirectory, cacheUse, pruneCache } from '#files';
import { cli } from '../support/cli.js';
import { temporaryDirectory } from '../support/temporary.js';

/** Files of ten bytes, each used a day after the one before. */
async function cacheOf(...names: string[]): Promise<string> {
  const directory = await temporaryDirectory();
  for (const [index, name] of names.entries()) {
    const file = join(directory, name);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, '0123456789');
    const used = new Date(Date.UTC(2020, 0, index + 1));
    await utimes(file, used, used);
  }
  return directory;
}

describe('a cache', () => {
  it('tells what lies in it, by folder', async () => {
    const directory = await cacheOf('results/ab/1.json', 'modules/x.wasm', 'results/cd/2.json');
    expect(await cacheUse(directory)).toEqual([
      { name: 'modules', files: 1, bytes: 10 },
      { name: 'results', files: 2, bytes: 20 },
    ]);
    expect(await cacheUse(join(directory, 'not-there'))).toEqual([]);
  });

  it('loses first what nobody has used for longest', async () => {
    const directory = await cacheOf('results/old', 'modules/middle', 'results/new');
    expect(await pruneCache(directory, 20)).toEqual({ files: 1, bytes: 10 });
    expect(await readdir(join(directory, 'results'))).toEqual(['new']);
    expect(await pruneCache(directory, 20)).toEqual({ files: 0, bytes: 0 });
    expect(await pruneCache(directory, 0)).toEqual({ files: 2, bytes: 20 });
  });

  it('does not follow links out of it', async () => {
    const directory = await cacheOf('results/old');
    const elsewhere = await cacheOf('kept/file');
    await symlink(join(elsewhere, 'kept'), join(directory, 'results', 'link'));
    await pruneCache(directory, 0);
    expect(await readdir(join(elsewhere, 'kept'))).toEqual(['file']);
  });

  it.each([
    [{ KMPLAB_CACHE: '/c', XDG_CACHE_HOME: '/x' }, '/c'],
    [{ KMPLAB_CACHE: '', XDG_CACHE_HOME: '/x' }, '/x/kmplab'],
  ])('lies where the user says: %j', (environment, place) => {
    expect(cacheDirectory(environment)).toBe(place);
  });

  it('is shown and pruned on the command line', async () => {
    vi.stubEnv('KMPLAB_CACHE', await cacheOf('results/old', 'results/new'));
    expect((await cli('cache')).out).toContain('2 files');
    expect((await cli('cache', 'prune', '--max', '10')).out).toContain('removed 1 file');
    expect(await cli('cache', 'prune', '--max', 'lots')).toMatchObject({ code: 2 });
    vi.unstubAllEnvs();
  });
});
