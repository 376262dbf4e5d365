import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { builtinNames } from '#kernel';
import { cli } from '../support/cli.js';
import { debOf } from '../support/deb.js';
import { koFile } from '../support/elf.js';

let room: string;
beforeEach(async () => {
  room = await mkdtemp(join(tmpdir(), 'kmplab-cli-kernel-'));
});
afterEach(async () => rm(room, { recursive: true, force: true }));

describe('kmplab kernel', () => {
  test('show lists the kernels that come along', async () => {
    const { code, out } = await cli('kernel', 'show');
    const known = await builtinNames();
    expect([code, out.trim().split('\n')]).toEqual([0, known]);
  });

  test('import writes a build that show can read', async () => {
    const deb = join(room, 'image.deb');
    const nic = koFile({ imports: [{ name: 'kmalloc', crc: 0x11 }], modinfo: ['license=GPL'] });
    await writeFile(
      deb,
      await debOf(
        { Package: 'x', Version: '6.1.9-3', Architecture: 'amd64' },
        { './lib/modules/6.1.0-9-amd64/kernel/nic.ko': nic },
      ),
    );
    const file = join(room, 'out.zst');
    const imported = await cli('kernel', 'import', deb, '--flavor', 'default', '-o', file);
    expect(imported).toMatchObject({ code: 0, out: expect.stringContaining(`written to ${file}`) });
    expect(imported.out).toContain('6.1.0-9-amd64: Linux 6.1.9-3, x86_64, flavor default');
    const shown = await cli('kernel', 'show', file, '--json');
    expect(JSON.parse(shown.out)).toMatchObject({
      kernel: { kernelModules: 1, imports: 1 },
      graph: { exportsOfImage: 1 },
    });
  });

  test('a failed import leaves nothing behind and names the file', async () => {
    const file = join(room, 'broken.deb');
    await writeFile(file, '!<arch>\nnothing more');
    const { code, err } = await cli('kernel', 'import', file, '-o', join(room, 'out.zst'));
    expect([code, err]).toEqual([2, expect.stringContaining(file)]);
    expect(await readdir(room)).toEqual(['broken.deb']);
  });

  test('show compares two builds', async () => {
    const { code, out } = await cli('kernel', 'show', 'debian-6.1.0-50-amd64', 'debian-6.1.0-51-amd64');
    expect(code).toBe(0);
    expect(out).toContain('CRCs changed    15 of');
    expect(out).toContain('do not load     direct 3 of 4,022 (< 0.1 %), all ');
  });

  test('show renders what it shows as a page', async () => {
    const file = join(room, 'update.html');
    const shown = await cli('kernel', 'show', 'debian-6.1.0-50-amd64', 'debian-6.1.0-51-amd64', '--html', file);
    expect(shown).toMatchObject({
      code: 0,
      out: expect.stringContaining('do not load'),
      err: expect.stringContaining(file),
    });
    const page = await readFile(file, 'utf8');
    expect(page).toContain('6.1.0-50-amd64');
    const printed = await cli('kernel', 'show', 'debian-6.1.0-50-amd64', 'debian-6.1.0-51-amd64', '--html', '-');
    expect(printed.out).toBe(page);
    expect((await cli('kernel', 'show', 'debian-6.1.0-50-amd64', '--html', '-', '--json')).code).toBe(2);
  });

  test('a mistyped kernel is answered with the known ones', async () => {
    const { code, err } = await cli('kernel', 'show', 'debian-6.1.0-57-amd64');
    expect([code, err]).toEqual([2, expect.stringContaining('debian-6.1.0-56-amd64')]);
  });

  test('synth and evolve make builds that go on', async () => {
    const file = join(room, 's.zst');
    expect(await cli('kernel', 'synth', '--modules', '150', '--seed', '3', '-o', file)).toMatchObject({ code: 0 });
    const evolved = await cli(
      'kernel',
      'evolve',
      file,
      '--regime',
      'core-struct',
      '--builds',
      '2',
      '-o',
      join(room, 'next'),
      '--json',
    );
    expect(JSON.parse(evolved.out)).toMatchObject([
      { seed: 1, change: { churn: { brokenInAll: 150 } } },
      { seed: 2, change: { churn: { brokenInAll: 150 } } },
    ]);
    expect(await readdir(join(room, 'next'))).toHaveLength(2);
  });

  test.each([
    ['a regime that is none', ['evolve', 'debian-6.1.0-56-amd64', '--regime', 'x'], 'kabi-maintained'],
    ['too few kernel modules', ['synth', '--modules', '99'], '100 to 100000'],
    ['a number that is none', ['synth', '--modules', 'many'], 'whole number'],
    ['a history that is not there', ['history', '/no/such/file'], '/no/such/file'],
  ])('refuses %s', async (_what, args, named) => {
    const { code, err } = await cli('kernel', ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(named)]);
  });

  test('history tells what each kernel does to drivers from outside of the tree', async () => {
    const { code, out } = await cli('kernel', 'history', 'scenarios/histories/debian-6.1.yaml');
    expect(code).toBe(0);
    // -48 to -49 changes nothing, so that the driver built for -48 loads; -50 changes everything.
    expect(out).toMatch(/6\.1\.0-49-amd64;.*vendor_nic 5\.20\.2 loads/);
    expect(out).toMatch(/6\.1\.0-50-amd64;.*vendor_nic refused \(\d+ imports\) for 7 days/);
  });
});

describe('kmplab hardware', () => {
  test('list names the ready profiles', async () => {
    const { code, out } = await cli('hardware', 'list');
    expect([code, out]).toEqual([0, expect.stringMatching(/^kvm-guest: /m)]);
  });

  test('capture writes a profile that can be read again', async () => {
    const database = join(room, 'udev.txt');
    await writeFile(database, 'P: /devices/a\nE: MODALIAS=virtio:d00000001v00001AF4\n');
    const file = join(room, 'mine.yaml');
    expect(await cli('hardware', 'capture', database, '-o', file, '--name', 'mine')).toMatchObject({ code: 0 });
    const printed = await cli('hardware', 'capture', database, '--json');
    expect(JSON.parse(printed.out)).toMatchObject({
      devices: [{ class: 'network', modalias: 'virtio:d00000001v00001AF4' }],
    });
    const { readHardwareProfile } = await import('#hardware');
    expect((await readHardwareProfile(file)).name).toBe('mine');
  });
});
