import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pathBelow } from '#files';
import { cli } from '../support/cli.js';
import { temporaryDirectory } from '../support/temporary.js';

describe('a path below a root', () => {
  it('leads where a system with that root would be led, and never out of it', async () => {
    const room = await temporaryDirectory();
    const root = join(room, 'root');
    await mkdir(join(root, 'usr/lib'), { recursive: true });
    await mkdir(join(room, 'usr'));
    await writeFile(join(root, 'usr/lib/x'), 'inside');
    await writeFile(join(room, 'outside'), 'outside');
    await writeFile(join(root, 'outside'), 'inside');
    const links = { lib: 'usr/lib', absolute: '/usr/lib', climbs: '../../../outside', out: join(room, 'outside') };
    for (const [name, target] of Object.entries(links)) await symlink(target, join(root, name));
    expect(await pathBelow(root, 'lib/x')).toBe(join(root, 'usr/lib/x'));
    expect(await pathBelow(root, 'absolute/x')).toBe(join(root, 'usr/lib/x'));
    expect(await pathBelow(root, 'climbs')).toBe(join(root, 'outside'));
    expect(await pathBelow(root, 'out')).toBeNull();
    expect(await pathBelow(root, '../../outside')).toBe(join(root, 'outside'));
    expect(await pathBelow(root, 'nosuch/x')).toBeNull();
    await symlink('circle', join(root, 'circle'));
    await expect(pathBelow(root, 'circle')).rejects.toMatchObject({ code: 'corrupt' });
  });
});

describe('an audited root', () => {
  const hasRpm = (() => {
    try {
      execFileSync('rpm', ['--version']);
      return true;
    } catch {
      return false;
    }
  })();

  it.runIf(hasRpm)('is left as it was, byte for byte', async () => {
    const root = await temporaryDirectory();
    const database = join(root, 'var/lib/rpm');
    await mkdir(database, { recursive: true });
    execFileSync('rpm', ['--dbpath', database, '--define', '_db_backend sqlite', '--initdb']);
    // A system that was shut down has the database alone; SQLite makes the others for whoever reads it in place.
    for (const name of ['.rpm.lock', 'rpmdb.sqlite-shm', 'rpmdb.sqlite-wal'])
      await rm(join(database, name), { force: true });
    const before = await Promise.all(
      (await readdir(database)).sort().map(async (name) => [name, await readFile(join(database, name))]),
    );
    expect((await cli('audit', '--root', root)).code).toBe(1);
    const after = await Promise.all(
      (await readdir(database)).sort().map(async (name) => [name, await readFile(join(database, name))]),
    );
    expect(after).toEqual(before);
  });

  it.runIf(hasRpm)('does not hand over a database that lies outside', async () => {
    const room = await temporaryDirectory();
    const database = join(room, 'host');
    await mkdir(database);
    execFileSync('rpm', ['--dbpath', database, '--define', '_db_backend sqlite', '--initdb']);
    await mkdir(join(room, 'root/var/lib'), { recursive: true });
    await symlink('../../../host', join(room, 'root/var/lib/rpm'));
    const { code, err } = await cli('audit', '--root', join(room, 'root'));
    expect([code, err]).toEqual([2, expect.stringContaining('no rpm database')]);
  });
});
