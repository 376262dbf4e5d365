import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { driverGaps, type History, readHistory, writeKernelBuild } from '#kernel';
import { laterBy, parseHistory } from '../../src/kernel/history/read.js';
import { kernel } from '../support/kernel.js';

const build = (release: string, crc: number) =>
  kernel({ release, image: { kmalloc: crc }, modules: { ixgbe: { imports: ['kmalloc'], aliases: ['pci:v8086*'] } } });

let room: string;
beforeEach(async () => {
  room = await mkdtemp(join(tmpdir(), 'kmplab-history-'));
});
afterEach(async () => rm(room, { recursive: true, force: true }));

async function history(lagDays: number): Promise<History> {
  await writeKernelBuild(build('1-default', 0x11), join(room, 'one.zst'));
  await writeKernelBuild(build('2-default', 0x11), join(room, 'two.zst'));
  await writeKernelBuild(build('3-default', 0x33), join(room, 'three.zst'));
  const file = join(room, 'h.yaml');
  await writeFile(
    file,
    `name: h
description: three builds
chain:
  - { kernel: one.zst, date: 2026-01-01 }
  - { kernel: two.zst, date: 2026-02-01 }
  - { kernel: three.zst, date: 2026-03-01 }
drivers:
  - { name: vendor_nic, vendor: V, like: ixgbe, version: '5', lagDays: ${lagDays} }
`,
  );
  return readHistory(file);
}

describe('a history', () => {
  test('has a driver build for each kernel, later by the lag, with the imports of that kernel', async () => {
    const { builds, driverBuilds } = await history(10);
    expect(builds.map(({ date, build: { release } }) => [date, release])).toEqual([
      ['2026-01-01', '1-default'],
      ['2026-02-01', '2-default'],
      ['2026-03-01', '3-default'],
    ]);
    expect(driverBuilds.map(({ date, version, builtFor }) => [date, version, builtFor])).toEqual([
      ['2026-01-11', '5.1', '1-default'],
      ['2026-02-11', '5.2', '2-default'],
      ['2026-03-11', '5.3', '3-default'],
    ]);
    expect(driverBuilds[2]?.kernelModule).toMatchObject({
      name: 'vendor_nic',
      path: 'updates/vendor_nic.ko',
      inTree: false,
      signer: 'V',
      imports: [{ name: 'kmalloc', crc: 0x33 }],
      aliases: ['pci:v8086*'],
    });
  });

  test('tells when a kernel comes before the driver it would load', async () => {
    expect(driverGaps(await history(10))).toEqual([
      { date: '2026-01-01', kernel: '1-default', driver: 'vendor_nic', loads: null, refusedImports: 0, gapDays: 10 },
      {
        date: '2026-02-01',
        kernel: '2-default',
        driver: 'vendor_nic',
        loads: { version: '5.1', builtFor: '1-default' },
        refusedImports: 0,
        gapDays: 0,
      },
      { date: '2026-03-01', kernel: '3-default', driver: 'vendor_nic', loads: null, refusedImports: 1, gapDays: 10 },
    ]);
    expect(driverGaps(await history(0)).map(({ gapDays }) => gapDays)).toEqual([0, 0, 0]);
  });

  test('an older build may serve where a newer one does not', async () => {
    const { builds, driverBuilds, ...head } = await history(0);
    const [one, , three] = builds;
    if (one === undefined || three === undefined) throw new Error('three builds');
    const back = { ...head, builds: [{ ...one, date: '2026-04-01' }], driverBuilds };
    expect(driverGaps(back)).toMatchObject([
      { loads: { version: '5.2', builtFor: '2-default' }, refusedImports: 1, gapDays: 0 },
    ]);
  });

  test('can be evolved', async () => {
    await writeKernelBuild(build('6.1-1-default', 0x11), join(room, 'one.zst'));
    const file = join(room, 'e.yaml');
    await writeFile(
      file,
      `name: e
description: evolved
evolved: { from: one.zst, date: 2026-12-31, regime: new-symbols, seed: 1, builds: 2, everyDays: 30 }
drivers: [{ name: nic, vendor: V, like: ixgbe, version: '1', lagDays: 0 }]
`,
    );
    const { builds, ...rest } = await readHistory(file);
    expect(builds.map(({ date, build: { release } }) => [date, release])).toEqual([
      ['2026-12-31', '6.1-1-default'],
      ['2027-01-30', '6.1-2-default'],
      ['2027-03-01', '6.1-3-default'],
    ]);
    expect(driverGaps({ builds, ...rest }).every(({ gapDays }) => gapDays === 0)).toBe(true);
  });

  test('calendar days cross months, leap days and changes of the clock', () => {
    expect(laterBy('2028-02-28', 1)).toBe('2028-02-29');
    expect(laterBy('2026-03-28', 2)).toBe('2026-03-30');
    expect(laterBy('2026-12-31', 1)).toBe('2027-01-01');
  });

  const good = 'name: a\ndescription: b\nchain: [{ kernel: k, date: 2026-01-01 }]\n';
  test.each([
    ['no YAML', 'name: [', 'corrupt'],
    ['an unknown key', `${good}extra: 1\n`, 'unknown-key'],
    ['a day that is none', good.replace('01-01', '02-30'), 'invalid'],
    ['neither chain nor evolved', 'name: a\ndescription: b\n', 'invalid'],
    ['builds out of order', good.replace(']', ', { kernel: l, date: 2025-01-01 }]'), 'invalid'],
    ['an alias', 'name: &a x\ndescription: *a\n', 'unsupported'],
  ])('names %s', (_what, text, code) => {
    expect(() => parseHistory(text, 'h.yaml')).toThrow(expect.objectContaining({ code, file: 'h.yaml' }));
  });

  test('names a kernel, a driver or a file that is not there', async () => {
    const file = join(room, 'h.yaml');
    await writeFile(file, good);
    await expect(readHistory(file)).rejects.toMatchObject({ code: 'missing' });
    await writeKernelBuild(build('1-default', 1), join(room, 'k'));
    await writeFile(file, `${good}drivers: [{ name: x, vendor: V, like: nothing, version: '1', lagDays: 1 }]\n`);
    await expect(readHistory(file)).rejects.toMatchObject({ code: 'missing', place: { part: 'driver x' } });
    await expect(readHistory(join(room, 'no.yaml'))).rejects.toMatchObject({ code: 'missing' });
  });
});
