import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { KernelBuild } from '#kernel';
import { packageBuilds } from '#packaging';
import { primaryDocument } from '#repomd';
import { type HistoryResult, type MachineHistory, parseRunDocument } from '#run-document';
import { claimSentence } from '#tell';
import { cli } from '../support/cli.js';
import { smallHistory, smallHistoryBuilds } from '../support/small-history.js';
import { temporaryDirectory } from '../support/temporary.js';

const schemes = ['monolithic', 'modular', 'modular publish=changed'];

async function run(...args: readonly string[]) {
  const { code, out, err } = await cli('run', ...args, '--samples', '0', '--json');
  return { code, err, run: code === 0 || out !== '' ? parseRunDocument(out, 'stdout') : null };
}

describe('a history of three builds', () => {
  let lived: Promise<HistoryResult> | null = null;

  /** Run once, by whichever test comes first. */
  async function history() {
    lived ??= live();
    const result = await lived;
    const machine = (scheme: string): MachineHistory => {
      const found = result.machines.find((one) => one.scheme === scheme);
      if (found === undefined) throw new Error(`no machine under ${scheme}`);
      return found;
    };
    return { result, machine };
  }

  async function live(): Promise<HistoryResult> {
    const { file, profile } = await smallHistory(await temporaryDirectory());
    const { code, run: document } = await run(file, '--hardware', profile, '--jobs', '1', '--scheme', ...schemes);
    expect(code).toBe(0);
    const [first] = document?.histories ?? [];
    if (first === undefined) throw new Error('the run has no history');
    return first;
  }

  it('brings what is new and installed, as packages and as bytes', async () => {
    const { machine } = await history();
    const sets = Object.values(smallHistoryBuilds).map(
      (build) => (scheme: string) => packageBuilds(scheme, [build], { patterns: false }).packages,
    );
    for (const scheme of ['monolithic', 'modular']) {
      const kernels = machine(scheme).updates.filter(({ event }) => event !== 'driver');
      // Every package of each of these builds is wanted: the image, and what drives the two devices.
      expect(kernels.map(({ packages }) => packages)).toEqual(sets.map((of) => of(scheme).length));
      const bytes = (of: (scheme: string) => readonly { readonly packageBytes: number }[]) =>
        of(scheme).reduce((sum, { packageBytes }) => sum + packageBytes, 0);
      expect(kernels.map(({ downloadBytes }) => downloadBytes)).toEqual(sets.map(bytes));
    }
    const changed = machine('modular publish=changed').updates.filter(({ event }) => event !== 'driver');
    // All of the first build; the image and r8152; the image.
    expect(changed.map(({ packages }) => packages)).toEqual([4, 2, 1]);
  });

  it('is of machines with a user space, which is installed with the first kernel and not counted', async () => {
    const { machine } = await history();
    for (const scheme of ['monolithic', 'modular'])
      expect(machine(scheme).updates[0]?.request).toBe('zypper in kernel-default base-system');
  });

  it('builds again what a changed checksum reaches', async () => {
    const { result } = await history();
    const rows = result.buildService.map((row) => [
      row.scheme,
      row.to,
      row.rebuilt,
      row.packages,
      row.kernelModulesRebuilt,
    ]);
    expect(rows).toEqual([
      ['monolithic', '6.1.0-2-default', 1, 1, 3],
      ['monolithic', '6.1.0-3-default', 1, 1, 3],
      ['modular', '6.1.0-2-default', 2, 4, 1],
      ['modular', '6.1.0-3-default', 1, 4, 0],
    ]);
  });

  it('loses devices where part of a kernel is published, and says why', async () => {
    const { machine } = await history();
    for (const scheme of ['monolithic', 'modular'])
      expect(machine(scheme).updates.map(({ lost }) => lost)).toEqual(machine(scheme).updates.map(() => []));
    const february = machine('modular publish=changed').updates.find(({ what }) => what === '6.1.0-2-default');
    // The new r8152 lies alone in its kernel's directory: depmod misses usbcore there, and weak-modules2 then links nothing.
    expect(february).toMatchObject({ lost: ['disk', 'nic'], nextBoot: '6.1.0-2-default' });
    expect(february?.linksStopped).toMatchObject({ reason: 'inconsistent', kernelModule: 'r8152' });
    const march = machine('modular publish=changed').updates.find(({ what }) => what === '6.1.0-3-default');
    expect(march).toMatchObject({ lost: [], linksStopped: null });
  });

  it('counts the days without the driver that a vendor is late with', async () => {
    const { result, machine } = await history();
    // Built for the first kernel by 11 January. The second one of 1 February refuses that, until 11 February; the third takes it.
    const days = (scheme: string) => machine(scheme).waits;
    expect(days('monolithic')).toEqual([{ driver: 'vendor_nic', days: 10 }]);
    expect(days('modular')).toEqual([{ driver: 'vendor_nic', days: 10 }]);
    // Here the build of 11 February needs usbcore, which the second kernel does not see: until 1 March, 28 days.
    expect(days('modular publish=changed')).toEqual([{ driver: 'vendor_nic', days: 28 }]);
    expect(result.machines.map(({ daysBehind }) => daysBehind)).toEqual([0, 0, 0]);
  });

  it('asks each time whether the network driver could come without the kernel', async () => {
    const { machine } = await history();
    const answers = (scheme: string, of = 'nextKernel') =>
      machine(scheme).updates.flatMap(({ driverOnly }) =>
        driverOnly
          .filter((one) => one.of === of)
          .map(({ of: _of, promise, ...rest }) => ({ ...rest, promise: promise.status })),
      );
    const kernel = {
      package: 'kernel-default',
      status: 'solved',
      packages: 1,
      bringsKernel: true,
      loads: true,
      promise: 'broken',
    };
    expect(answers('monolithic')).toEqual([kernel, kernel]);
    const driver = { package: 'r8152-kmp-default', status: 'solved', promise: 'broken' };
    // The third build's driver imports the checksums of the second kernel, which has one of that name and so links no other.
    const alone = { ...driver, packages: 1, bringsKernel: false, loads: false };
    // Without usbcore, which did not come along, the new kernel does not load the driver.
    const together = { ...driver, packages: 2, bringsKernel: true, loads: false };
    expect(answers('modular')).toEqual([together, alone]);
    expect(answers('modular publish=changed')).toEqual([together]);
    // Built again for the third kernel: one package for that kernel, or all of it.
    const rebuilt = { ...driver, packages: 1, bringsKernel: false, loads: true, promise: 'kept' };
    expect(answers('modular', 'sameKernel')).toEqual([rebuilt]);
    expect(answers('monolithic', 'sameKernel')).toEqual([kernel]);
  });

  it('purges the oldest of three kernels, in three solves, with all that needs it', async () => {
    const { machine } = await history();
    const purges = (scheme: string) =>
      machine(scheme).updates.flatMap(({ date, purged }) => {
        if (purged === null) return [];
        const { work, bytes, promises, ...rest } = purged;
        expect(promises.length).toBe(12);
        expect(work).toBeGreaterThan(0);
        return [{ date, ...rest }];
      });
    // `latest,latest-1,running`: nothing is tried before the third kernel; then it is solved to see that all is well, without the first
    // kernel, and for the transaction.
    const none = { kernels: [], packages: 0, solves: 1, lost: [] };
    const first = { kernels: ['6.1.0-1-default'], solves: 3, lost: [] };
    const nothing = [
      { date: '2026-01-01', ...none },
      { date: '2026-02-01', ...none },
    ];
    // The kernel, and the vendor's driver that was built for it.
    expect(purges('monolithic')).toEqual([...nothing, { date: '2026-03-01', ...first, packages: 2 }]);
    // And r8152, whose checksum no other kernel has. usbcore and nvme fit those that stay, and nothing tells whose they are.
    expect(purges('modular')).toEqual([...nothing, { date: '2026-03-01', ...first, packages: 3 }]);
  });

  it('adds up what the disk holds, kernels that were purged and what they left behind', async () => {
    const { machine } = await history();
    const sizeOf = (scheme: string, build: KernelBuild, wanted = /./) =>
      packageBuilds(scheme, [build], { patterns: false })
        .packages.filter(({ name }) => wanted.test(name))
        .reduce((sum, { installedBytes }) => sum + installedBytes, 0);
    const { one, two, three } = smallHistoryBuilds;
    const kernelDays = (scheme: string) => machine(scheme).updates.filter(({ event }) => event !== 'driver');
    for (const scheme of ['monolithic', 'modular']) {
      const [, afterDriver] = machine(scheme).updates;
      const driver = (afterDriver?.installedBytes ?? 0) - sizeOf(scheme, one);
      // libsolv counts in KiB, and two packages came.
      expect(Math.abs(driver - (afterDriver?.installedBytesChange ?? 0))).toBeLessThan(2 * 1024);
      const left = scheme === 'modular' ? sizeOf(scheme, one, /usbcore|nvme/) : 0;
      expect(kernelDays(scheme).map(({ installedBytes }) => installedBytes)).toEqual([
        sizeOf(scheme, one),
        sizeOf(scheme, one) + driver + sizeOf(scheme, two),
        sizeOf(scheme, two) + driver + sizeOf(scheme, three) + left,
      ]);
      expect(kernelDays(scheme).at(-1)?.leftBehind).toEqual({ packages: left > 0 ? 2 : 0, bytes: left });
    }
  });

  it('counts the metadata of all that a repository has by then', async () => {
    const { machine } = await history();
    for (const scheme of ['monolithic', 'modular']) {
      const sizes = Object.values(smallHistoryBuilds).map(
        (build) =>
          gzipSync(primaryDocument(packageBuilds(scheme, [build], { patterns: false }).packages), { level: 9 }).length,
      );
      const days = machine(scheme).updates.filter(({ event }) => event !== 'driver');
      const [a = 0, b = 0, c = 0] = sizes;
      expect(days.map(({ metadataBytes }) => metadataBytes)).toEqual([a, a + b, a + b + c]);
    }
  });

  it('makes one sentence of each claim under each scheme, true to its numbers', async () => {
    const { result } = await history();
    const status = (claim: string, scheme: string) =>
      result.claims.find((one) => one.claim === claim && one.scheme === scheme)?.status;
    expect(result.claims.map(({ scheme }) => scheme)).not.toContain('monolithic');
    expect(status('lessToBuild', 'modular')).toBe('holds');
    // One request of two brings the driver alone, and no kernel loads it.
    expect(status('nextDriverAlone', 'modular')).toBe('fails');
    // All four packages are wanted, so that there is nothing to save, and two of them stay after the purge.
    expect(status('smallerSystem', 'modular')).toBe('fails');
    const told = (claim: string) => {
      const found = result.claims.find((one) => one.claim === claim && one.scheme === 'modular');
      return found === undefined ? '' : claimSentence(found);
    };
    const smaller = told('smallerSystem');
    expect(smaller).toContain('After 1 of 1 purge drivers of purged kernels are still there, at worst 2 packages');
    expect(status('nextDriverAlone', 'modular publish=changed')).toBe('fails');
    expect(status('noDeviceLost', 'modular')).toBe('holds');
    expect(status('noDeviceLost', 'modular publish=changed')).toBe('fails');
    expect(status('noLongerWait', 'modular')).toBe('holds');
    expect(status('noLongerWait', 'modular publish=changed')).toBe('fails');
    expect(status('driverAlone', 'modular')).toBe('holds');
    expect(told('lessToBuild')).toContain('1 of 6 are built again');
  });
});

describe('a scheme that saves nothing', () => {
  it('makes no smaller system, where all packages are as large and all are wanted', async () => {
    const { file, profile } = await smallHistory(await temporaryDirectory(), (text) =>
      text.replace(/ {2}- \{ kernel: three.*\n/, ''),
    );
    const { run: document } = await run(file, '--hardware', profile, '--jobs', '1', '--scheme', 'modular');
    const claim = document?.histories[0]?.claims.find((one) => one.claim === 'smallerSystem');
    expect(claim?.status).toBe('fails');
  });
});

describe('a vendor who takes longer than a kernel lives', () => {
  it('is waited for after the purge took his driver along, and asked for by name again', async () => {
    const { file, profile } = await smallHistory(await temporaryDirectory(), (text) =>
      text.replace('lagDays: 10', 'lagDays: 45'),
    );
    const { run: document } = await run(file, '--hardware', profile, '--jobs', '1', '--scheme', 'monolithic');
    const [machine] = document?.histories[0]?.machines ?? [];
    // His driver for the first kernel comes two weeks after the second one, which refuses it; the third one of 1 March has the first one
    // purged, and his driver with it. The one for the second kernel comes on 18 March and fits the third.
    expect(machine?.waits).toEqual([{ driver: 'vendor_nic', days: 14 + 17 }]);
    const drivers = machine?.updates.filter(({ event }) => event === 'driver') ?? [];
    const asked = 'zypper in vendor_nic-kmp-default';
    expect(drivers.slice(0, 2).map(({ date, request }) => [date, request])).toEqual([
      ['2026-02-15', asked],
      ['2026-03-18', asked],
    ]);
  });
});

describe('what is wrong with a history', () => {
  it.each([
    ['a kernel that is not there', (text: string) => text.replace('two.kernel', 'four.kernel'), ['four.kernel']],
    [
      'only one build',
      (text: string) => text.replace(/ {2}- \{ kernel: (two|three).*\n/g, ''),
      ['one build', 'to do: add builds'],
    ],
    ['a key that does not exist', (text: string) => text.replace('lagDays', 'lagWeeks'), ['lagWeeks']],
  ])('%s is named, the others still run, and the exit code is 2', async (_what, edit, named) => {
    const directory = await temporaryDirectory();
    const { file, profile } = await smallHistory(directory, edit);
    const { file: good } = await smallHistory(await temporaryDirectory());
    const { code, run: document } = await run(
      file,
      good,
      '--hardware',
      profile,
      '--scheme',
      'monolithic',
      '--jobs',
      '1',
    );
    expect(code).toBe(2);
    const [bad, other] = document?.histories ?? [];
    for (const word of named) expect(bad?.error).toContain(word);
    expect(bad?.machines).toEqual([]);
    expect(other?.error).toBeNull();
    expect(document?.verdict.status).toBe('unknown');
  });

  it.each([
    [['--scheme', 'modulr'], ['there is no scheme "modulr"']],
    [
      ['--scheme', 'modular publish=some'],
      ['publish=some', 'publish=changed'],
    ],
    [
      ['--scheme', 'yocto'],
      ['yocto', 'to do'],
    ],
    [['--hardware', 'laptpo'], ['laptpo']],
  ])('%j is refused before anything runs', async (flags, named) => {
    const { file } = await smallHistory(await temporaryDirectory());
    const { code, err, run: document } = await run(file, ...flags);
    expect([code, document]).toEqual([2, null]);
    for (const word of named) expect(err).toContain(word);
  });
});

describe('the workers of a history', () => {
  it('make the same document, whatever their number', { timeout: 120_000 }, async () => {
    const { file, profile } = await smallHistory(await temporaryDirectory());
    const laptop = join('scenarios', 'hardware', 'laptop-amd.yaml');
    const of = async (jobs: string) => {
      const { run: document } = await run(file, '--hardware', profile, laptop, '--scheme', ...schemes, '--jobs', jobs);
      return JSON.stringify(document?.histories);
    };
    expect(await of('3')).toBe(await of('1'));
  });
});
