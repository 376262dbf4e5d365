import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  listFilesSorted,
  pathExists,
  readInputFile,
  readInputText,
  sha256Hex,
  writeDirectoryAtomic,
  writeFileAtomic,
} from '#files';

let room: string;
beforeEach(async () => {
  room = await mkdtemp(join(tmpdir(), 'kmplab-files-'));
});
afterEach(async () => {
  await chmod(room, 0o755);
  await rm(room, { recursive: true, force: true });
});

describe('writing', () => {
  test('makes parent directories, replaces an older file and leaves nothing beside it', async () => {
    const file = join(room, 'a', 'b', 'c.txt');
    await writeFileAtomic(file, 'old');
    await writeFileAtomic(file, 'new');
    expect(await readFile(file, 'utf8')).toBe('new');
    expect(await readdir(join(room, 'a', 'b'))).toEqual(['c.txt']);
  });

  test('keeps the old file and cleans up when writing fails', async () => {
    const directory = join(room, 'taken');
    await mkdir(directory);
    await writeFile(join(directory, 'inside'), '');
    await expect(writeFileAtomic(directory, 'x')).rejects.toMatchObject({ name: 'InputError', file: directory });
    expect(await readdir(room)).toEqual(['taken']);
  });

  test('names a parent that is a file', async () => {
    await writeFile(join(room, 'file'), '');
    await expect(writeFileAtomic(join(room, 'file', 'x'), 'x')).rejects.toMatchObject({ name: 'InputError' });
  });

  test('a directory appears whole or not at all', async () => {
    const directory = join(room, 'out');
    const failure = new Error('half way');
    const half = writeDirectoryAtomic(directory, async (aside) => {
      await writeFile(join(aside, 'one'), '1');
      throw failure;
    });
    await expect(half).rejects.toBe(failure);
    expect(await readdir(room)).toEqual([]);

    await writeDirectoryAtomic(directory, async (aside) => writeFile(join(aside, 'one'), '1'));
    expect(await readdir(directory)).toEqual(['one']);
    expect((await stat(directory)).mode & 0o777).toBe(0o755 & ~process.umask());
  });

  test('a directory with entries is replaced only when the caller knows them', async () => {
    const directory = join(room, 'out');
    await writeDirectoryAtomic(directory, async (aside) => writeFile(join(aside, 'one'), '1'));
    const write = async (aside: string): Promise<void> => writeFile(join(aside, 'two'), '2');
    await expect(writeDirectoryAtomic(directory, write)).rejects.toMatchObject({ code: 'invalid' });
    expect(await readdir(directory)).toEqual(['one']);
    await writeDirectoryAtomic(directory, write, { mayReplace: (entries) => entries.includes('one') });
    expect(await readdir(directory)).toEqual(['two']);
    expect(await readdir(room)).toEqual(['out']);
  });
});

describe('reading', () => {
  test('says what is missing, too large, not a file, not text', async () => {
    await writeFile(join(room, 'latin1'), Buffer.from([0xe4]));
    const read = (name: string, limitBytes = 10): Promise<unknown> => readInputText(join(room, name), { limitBytes });
    await expect(read('nothing')).rejects.toMatchObject({ code: 'missing', file: join(room, 'nothing') });
    await expect(read('latin1', 0)).rejects.toMatchObject({ code: 'too-large' });
    await expect(read('latin1')).rejects.toMatchObject({ code: 'corrupt' });
    await expect(read('')).rejects.toMatchObject({ code: 'unsupported' });
    await expect(read('a\0b')).rejects.toMatchObject({ code: 'invalid' });
    await expect(pathExists(join(room, 'a\0b'))).rejects.toMatchObject({ code: 'invalid' });
    await expect(read('latin1/below')).rejects.toMatchObject({ code: 'missing' });
  });

  test('reads bytes, and tells whether a path exists', async () => {
    await writeFile(join(room, 'b'), Buffer.from([1, 2]));
    expect([...(await readInputFile(join(room, 'b'), { limitBytes: 2 }))]).toEqual([1, 2]);
    expect(await pathExists(join(room, 'b'))).toBe(true);
    expect(await pathExists(join(room, 'b', 'c'))).toBe(false);
  });

  test('hashes as FIPS 180-2 says of "abc"', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('listing', () => {
  test('is sorted by code unit, follows links to files inside, and reports every link it leaves out', async () => {
    await mkdir(join(room, 'd', 'e'), { recursive: true });
    for (const name of ['b', 'B', 'd/z', 'd/e/a', 'd.x']) await writeFile(join(room, name), '');
    await symlink('..', join(room, 'd', 'loop'));
    await symlink('/etc/passwd', join(room, 'outside'));
    await symlink('nowhere', join(room, 'dangling'));
    await symlink('b', join(room, 'link'));
    const skipped: string[] = [];
    const files = await listFilesSorted(room, { onSkipped: (path) => skipped.push(path) });
    expect(files).toEqual(['B', 'b', 'd.x', 'd/e/a', 'd/z', 'link']);
    expect(skipped.sort()).toEqual(['d/loop', 'dangling', 'outside']);
  });

  test('names a directory that is missing', async () => {
    await expect(listFilesSorted(join(room, 'no'))).rejects.toMatchObject({ code: 'missing' });
  });
});
