import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { writeRepository } from '#repomd';
import { type Libsolv, loadLibsolv } from '#solve';
import { readParsed } from '../../src/run/repository/directory-content.js';
import { cli } from '../support/cli.js';
import { advisoriesOf, packages } from '../support/packages.js';
import { temporaryDirectory } from '../support/temporary.js';

let cache: string;
let repository: string;

beforeEach(async () => {
  cache = await temporaryDirectory();
  vi.stubEnv('KMPLAB_CACHE', cache);
  repository = join(await temporaryDirectory(), 'repository');
  await writeRepository(packages({ 'a-1-1': { requires: ['b'] }, 'b-1-1': {} }), repository);
  return () => vi.unstubAllEnvs();
});

const files = async (): Promise<string[]> =>
  (await readdir(cache, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

const reachable = { use: 'reachable', limitOpenBytes: 1 << 20 } as const;
const solveA = () => cli('solve', 'in', 'a', '--repo', repository, '--json');

it('a repository that was solved over once is found again, and the answer is the same to the byte', async () => {
  const first = await solveA();
  expect(first.code).toBe(0);
  const [kept = ''] = await files();
  expect(await solveA()).toEqual(first);
  expect(await files()).toEqual([kept]);

  // What is kept is what answers: put that of another repository in its place.
  const other = join(await temporaryDirectory(), 'repository');
  await writeRepository(packages({ 'a-1-1': {} }), other);
  const second = await cli('solve', 'in', 'a', '--repo', other, '--json');
  const [foreign = ''] = (await files()).filter((file) => file !== kept);
  await writeFile(kept, await readFile(foreign));
  expect((await solveA()).out).toEqual(second.out.replaceAll(other, repository));
});

it('what was parsed is loaded, and not the metadata', async () => {
  const { data } = await readParsed(repository, reachable);
  expect('solv' in data).toBe(true);
  const libsolv: Libsolv = await loadLibsolv();
  const pool = libsolv.createPool({ arch: 'x86_64', distType: 'rpm' });
  pool.addRepo('r').addSolv('solv' in data ? data.solv : new Uint8Array());
  expect(pool.packages(pool.solvables()).map(({ name }) => name)).toEqual(['a', 'b']);
  libsolv.dispose();
});

it('a damaged file of the cache is noticed and made again', async () => {
  const first = await solveA();
  const [kept = ''] = await files();
  const whole = await readFile(kept);
  await writeFile(kept, whole.subarray(0, whole.length - 9));
  expect(await solveA()).toEqual(first);
  expect(await readFile(kept)).toEqual(whole);
});

it('a repository that is damaged later is refused, though it was parsed before', async () => {
  await solveA();
  const metadata = join(repository, 'repodata');
  const name = (await readdir(metadata)).find((file) => file.includes('primary')) ?? '';
  await writeFile(join(metadata, name), 'another');
  const { code, err } = await solveA();
  expect(code).toBe(2);
  expect(err).toContain(name);
});

it('the packages of another repository are not taken for these', async () => {
  const first = await solveA();
  const other = join(await temporaryDirectory(), 'repository');
  await writeRepository(packages({ 'a-1-1': {} }), other);
  const second = await cli('solve', 'in', 'a', '--repo', other, '--json');
  expect(second.code).toBe(0);
  expect(second.out).not.toEqual(first.out);
});

it('a cache that takes nothing does not stand in the way', async () => {
  const first = await solveA();
  vi.stubEnv('KMPLAB_CACHE', join(repository, 'repodata', 'repomd.xml'));
  expect(await solveA()).toEqual(first);
});

it('updates of a repository come along, also when it is found again; of installed packages none do', async () => {
  const offered = packages({ 'a-1-1': {} });
  const published = join(await temporaryDirectory(), 'repository');
  const advisories = advisoriesOf([{ id: 'U-1', type: 'security', packages: ['a'] }], offered);
  await writeRepository(offered, published, { advisories });
  const made = await readParsed(published, reachable);
  expect(made.patches).toEqual({ 'U-1': 'security' });
  expect((await readParsed(published, reachable)).patches).toEqual(made.patches);
  expect((await readParsed(published, { ...reachable, use: 'installed' })).patches).toBeUndefined();
});

it('a repository that unpacks to more than was said is refused, and taken where more is said', async () => {
  const provides = Array.from(
    { length: 20_000 },
    (_, index) => `a-long-name-of-a-capability-that-nobody-needs-${index}`,
  );
  await writeRepository(packages({ 'a-1-1': { provides } }), repository);
  const refused = await cli('solve', 'in', 'a', '--repo', repository, '--metadata', '1');
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--metadata')]);
  expect((await cli('solve', 'in', 'a', '--repo', repository, '--metadata', '3')).code).toBe(0);
  // Also where it was parsed before, with a larger limit.
  expect((await cli('solve', 'in', 'a', '--repo', repository, '--metadata', '1')).code).toBe(2);
});
