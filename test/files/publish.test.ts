import { execFileSync } from 'node:child_process';
import { lstatSync } from 'node:fs';
import { mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimDirectory, readInputFile, tryOutput, withScratch, writeFileAtomic, writeFilesAtomic } from '#files';
import { temporaryDirectory } from '../support/temporary.js';

const both = (content: string) =>
  new Map([
    ['a', content],
    ['b', content],
  ]);

describe('files that belong together', () => {
  it('are all new afterwards, with nothing beside them', async () => {
    const room = await temporaryDirectory();
    await writeFilesAtomic(join(room, 'out'), both('old'));
    await writeFilesAtomic(join(room, 'out'), both('new'));
    expect(await readdir(join(room, 'out'))).toEqual(['a', 'b']);
    expect(await readFile(join(room, 'out', 'a'), 'utf8')).toBe('new');
    expect(await readFile(join(room, 'out', 'b'), 'utf8')).toBe('new');
  });

  it('are all old where one cannot be written', async () => {
    const room = await temporaryDirectory();
    await writeFilesAtomic(room, new Map([['a', 'old']]));
    // A name of 300 characters is none: found out when the first is in place already.
    const files = new Map([
      ['a', 'new'],
      ['x'.repeat(300), 'new'],
    ]);
    await expect(writeFilesAtomic(room, files)).rejects.toMatchObject({ name: 'InputError' });
    expect(await readdir(room)).toEqual(['a']);
    expect(await readFile(join(room, 'a'), 'utf8')).toBe('old');
  });
});

describe('what is written to', () => {
  it('is never a device, a pipe or a directory', async () => {
    const room = await temporaryDirectory();
    execFileSync('mkfifo', [join(room, 'pipe')]);
    for (const name of ['/dev/null', join(room, 'pipe'), room]) {
      await expect(writeFileAtomic(name, 'x')).rejects.toMatchObject({ code: 'unsupported' });
    }
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  it('is what a link leads to, and the link stays', async () => {
    const room = await temporaryDirectory();
    await writeFile(join(room, 'real'), 'old');
    await symlink('real', join(room, 'link'));
    await writeFileAtomic(join(room, 'link'), 'new');
    expect(await readlink(join(room, 'link'))).toBe('real');
    expect(await readFile(join(room, 'real'), 'utf8')).toBe('new');
  });

  it('is refused where the system makes no directories, without waiting for ever', async () => {
    await expect(writeFileAtomic('/proc/nosuch/x', 'x')).rejects.toMatchObject({ code: 'missing' });
    await expect(tryOutput('/proc/nosuch/x')).rejects.toMatchObject({ code: 'missing' });
    await expect(claimDirectory('/proc/nosuch', [], async () => 1)).rejects.toMatchObject({ code: 'missing' });
  });

  it('is tried without a trace', async () => {
    const room = await temporaryDirectory();
    await tryOutput(join(room, 'some', 'where', 'file'));
    expect(await readdir(room)).toEqual([]);
  });
});

describe('a claimed directory', () => {
  it('is refused to a second one until the first is done', async () => {
    const room = join(await temporaryDirectory(), 'out');
    await claimDirectory(room, ['a'], async () => {
      await expect(claimDirectory(room, ['a'], async () => 1)).rejects.toMatchObject({ code: 'resources' });
      await writeFile(join(room, 'a'), '1');
    });
    expect(await readdir(room)).toEqual(['a']);
    expect(await claimDirectory(room, ['a'], async () => 2)).toBe(2);
  });

  it('is not left behind where nothing came of the work', async () => {
    const room = await temporaryDirectory();
    const failed = claimDirectory(join(room, 'a', 'b'), [], () => Promise.reject(new Error('half way')));
    await expect(failed).rejects.toThrow('half way');
    expect(await readdir(room)).toEqual([]);
  });

  it('is taken over from a process that has ended', async () => {
    const room = await temporaryDirectory();
    const space = /\d+/.exec(await readlink('/proc/self/ns/pid'))?.[0];
    const ended = Number(execFileSync('bash', ['-c', 'echo $$'], { encoding: 'utf8' }));
    await writeFile(join(room, '.kmplab.lock'), `${space}-${ended}`);
    expect(await claimDirectory(room, [], async () => 1)).toBe(1);
    expect(await readdir(room)).toEqual([]);
    // What runs in another container cannot be seen from here.
    await writeFile(join(room, '.kmplab.lock'), `1-${ended}`);
    await expect(claimDirectory(room, [], async () => 1)).rejects.toMatchObject({ code: 'resources' });
  });

  it('is refused before the work where its files cannot be written', async () => {
    const room = await temporaryDirectory();
    await mkdir(join(room, 'run.json'));
    let worked = false;
    const claimed = claimDirectory(room, ['run.json'], async () => {
      worked = true;
    });
    await expect(claimed).rejects.toMatchObject({ code: 'unsupported' });
    expect(worked).toBe(false);
  });
});

describe('a temporary directory', () => {
  it('is gone afterwards, and so is what an ended process left', async () => {
    const room = await temporaryDirectory();
    const space = /\d+/.exec(await readlink('/proc/self/ns/pid'))?.[0];
    const ended = Number(execFileSync('bash', ['-c', 'echo $$'], { encoding: 'utf8' }));
    const left = [`kmplab-${space}-${ended}-abcdef`, `kmplab-${space}-${process.pid}-abcdef`, 'kmplab-other', 'mine'];
    for (const name of left) await mkdir(join(room, name));
    await withScratch(async (path) => writeFile(join(path, 'x'), ''), room);
    expect((await readdir(room)).sort()).toEqual(left.slice(1).sort());
  });
});

it('an input that is a pipe is refused, and nobody waits for its writer', async () => {
  const room = await temporaryDirectory();
  execFileSync('mkfifo', [join(room, 'pipe')]);
  const read = readInputFile(join(room, 'pipe'), { limitBytes: 100 });
  await expect(read).rejects.toMatchObject({ code: 'unsupported' });
});

it('an input without a size is read to the limit', async () => {
  expect((await readInputFile('/proc/self/status', { limitBytes: 1 << 20 })).length).toBeGreaterThan(100);
  await expect(readInputFile('/proc/self/status', { limitBytes: 10 })).rejects.toMatchObject({ code: 'too-large' });
});
