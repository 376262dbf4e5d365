import { describe, expect, it } from 'vitest';
import type { BuildServiceUpdate, Claim, MachineHistory, MachineUpdate } from '#run-document';
import { claimsOf } from '../../src/run/history/claims.js';
import { historyTotals } from '../../src/run/history/totals.js';
import { driver, update } from '../support/history.js';

type Of<Id extends Claim['claim']> = Extract<Claim, { claim: Id }>;

function machine(
  scheme: string,
  profile: string,
  updates: readonly MachineUpdate[],
  changes: Partial<MachineHistory> = {},
): MachineHistory {
  return { scheme, profile, drivers: [], updates: [...updates], daysBehind: 0, waits: [], ...changes };
}

function built(scheme: string, kernelModulesRebuilt: number, kernelModules = 100): BuildServiceUpdate {
  const reasons = { image: 1, new: 0, changed: 0, tied: 0 };
  const sizes = { packages: 4, bytes: 10, rebuilt: 1, bytesRebuilt: 10 };
  return { scheme, from: 'a', to: 'b', kernelModules, kernelModulesRebuilt, reasons, ...sizes };
}

interface Lived {
  readonly scheme?: string;
  readonly machines?: readonly MachineHistory[];
  readonly buildService?: readonly BuildServiceUpdate[];
}

function claim<Id extends Claim['claim']>(id: Id, { scheme = 'modular', machines = [], buildService = [] }: Lived) {
  const found = claimsOf(['monolithic', scheme], { buildService, machines }).find((one) => one.claim === id);
  return found as Of<Id>;
}

const sized = (...sizes: readonly number[]) => sizes.map((installedBytes) => update({ installedBytes }));
const loaded = (downloadBytes: number, metadataBytes: number) => [update({ downloadBytes, metadataBytes })];

describe('the claims of a history', () => {
  it('are seven of every scheme but the monolithic kernel', () => {
    const claims = claimsOf(['split', 'monolithic', 'modular'], { buildService: [], machines: [] });
    expect(claims.map((one) => `${one.claim} ${one.scheme} ${one.status}`)).toEqual(
      [
        'lessToBuild',
        'smallerSystem',
        'lessToDownload',
        'driverAlone',
        'nextDriverAlone',
        'noDeviceLost',
        'noLongerWait',
      ].flatMap((id) => [`${id} split unknown`, `${id} modular unknown`]),
    );
  });

  it('of less to build holds where each update leaves some kernel module as it was', () => {
    const of = (...rebuilt: readonly number[]) =>
      claim('lessToBuild', {
        buildService: [built('monolithic', 100), ...rebuilt.map((one) => built('modular', one))],
      });
    expect(of(25, 50)).toMatchObject({ status: 'holds', tested: 2, kept: 2, kernelModules: 200, rebuilt: 75 });
    expect(of(25, 50).shares).toEqual([0.25, 0.5]);
    expect(of(25, 100)).toMatchObject({ status: 'partly', tested: 2, kept: 1, shares: [0.25, 1] });
    expect(of(100)).toMatchObject({ status: 'fails', kept: 0 });
    expect(of()).toMatchObject({ status: 'unknown', tested: 0, shares: [0, 0] });
  });

  it('of less to build speaks of the scheme, whatever of it is published', () => {
    const scheme = 'modular publish=changed';
    expect(claim('lessToBuild', { scheme, buildService: [built('modular', 10)] })).toMatchObject({
      tested: 1,
      rebuilt: 10,
    });
  });

  it('of a smaller system holds where a machine is smaller after the installation and after each kernel', () => {
    const pair = (own: readonly MachineUpdate[], other: readonly MachineUpdate[]) =>
      claim('smallerSystem', { machines: [machine('monolithic', 'a', other), machine('modular', 'a', own)] });
    expect(pair(sized(10, 30, 20), sized(40, 50, 60))).toMatchObject({
      status: 'holds',
      tested: 1,
      kept: 1,
      first: [10, 10],
      firstMonolithic: [40, 40],
      most: [30, 30],
      mostMonolithic: [60, 60],
    });
    expect(pair(sized(10, 50), sized(40, 50)).status).toBe('fails');
    // A day on which only a driver came is another number of days under another scheme.
    const rebuilt = update({ event: 'driver', installedBytes: 99 });
    expect(pair([...sized(10), rebuilt, ...sized(20)], sized(40, 50))).toMatchObject({
      status: 'holds',
      most: [20, 20],
    });
  });

  it('give ranges over machines, and compare each with itself under the monolithic kernel', () => {
    const machines = [
      machine('monolithic', 'a', sized(40)),
      machine('monolithic', 'b', sized(80)),
      machine('modular', 'a', sized(50)),
      machine('modular', 'b', sized(60)),
      machine('modular', 'nobody else has this one', sized(1)),
    ];
    expect(claim('smallerSystem', { machines })).toMatchObject({
      status: 'partly',
      tested: 2,
      kept: 1,
      first: [50, 60],
      firstMonolithic: [40, 80],
    });
  });

  it('count purges that took a kernel, and what they left at worst', () => {
    const purged = { kernels: ['1'], packages: 1, bytes: 1, solves: 3, work: 1, lost: [], promises: [] };
    const leaves = (packages: number, bytes: number, kernels = ['1']) =>
      update({ purged: { ...purged, kernels }, leftBehind: { packages, bytes } });
    const own = [leaves(2, 20), leaves(9, 90), leaves(3, 30), leaves(0, 0), leaves(7, 700, []), update()];
    const machines = [machine('monolithic', 'a', sized(1)), machine('modular', 'a', own)];
    expect(claim('smallerSystem', { machines }).left).toEqual({ purges: 4, leaving: 3, packages: 9, bytes: 90 });
    const none = [machine('monolithic', 'a', sized(1)), machine('modular', 'a', [leaves(0, 0)])];
    expect(claim('smallerSystem', { machines: none }).left).toEqual({ purges: 1, leaving: 0, packages: 0, bytes: 0 });
  });

  it('of less to download give packages and metadata apart, over all days', () => {
    const machines = [
      machine('monolithic', 'a', [...loaded(100, 10), ...loaded(50, 5)]),
      machine('monolithic', 'b', loaded(70, 7)),
      machine('modular', 'a', [...loaded(20, 30), ...loaded(1, 2)]),
      machine('modular', 'b', loaded(60, 40)),
    ];
    expect(claim('lessToDownload', { machines })).toMatchObject({
      status: 'partly',
      tested: 2,
      kept: 1,
      packages: [21, 60],
      metadata: [32, 40],
      packagesMonolithic: [70, 150],
      metadataMonolithic: [7, 15],
    });
  });

  it('of a driver alone count what was asked of the kernel that is there, and of the next one apart', () => {
    const same = driver({});
    const refused = driver({
      promise: { promise: 'driverAlone', status: 'broken', total: 1, evidence: [{ kind: 'unsolvable' }] },
    });
    const next = driver({ of: 'nextKernel', bringsKernel: true });
    const machines = [machine('modular', 'a', [update({ driverOnly: [same, refused, next] })])];
    expect(claim('driverAlone', { machines })).toMatchObject({
      claim: 'driverAlone',
      status: 'partly',
      tested: 2,
      kept: 1,
      asked: 2,
      alone: 2,
    });
    expect(claim('nextDriverAlone', { machines })).toMatchObject({
      claim: 'nextDriverAlone',
      status: 'holds',
      tested: 1,
      kept: 1,
      kernel: 1,
    });
  });

  it('call a next driver not applicable only where every package is published and drivers were asked for at all', () => {
    const asked = (scheme: string, ...questions: readonly ReturnType<typeof driver>[]) =>
      claim('nextDriverAlone', { scheme, machines: [machine(scheme, 'a', [update({ driverOnly: [...questions] })])] })
        .status;
    expect(asked('modular', driver({}))).toBe('notApplicable');
    expect(asked('modular')).toBe('unknown');
    expect(asked('modular publish=changed', driver({}))).toBe('unknown');
  });

  it('of no lost device count the updates that broke it and name each device once', () => {
    const machines = [
      machine('modular', 'a', [update({ undriven: ['Disk', 'NIC'] }), update({ undriven: ['Disk'] }), update()]),
      machine('modular', 'b', [update()]),
    ];
    expect(claim('noDeviceLost', { machines })).toMatchObject({
      status: 'partly',
      tested: 2,
      kept: 1,
      updates: 2,
      devices: ['Disk', 'NIC'],
    });
  });

  it('of no longer wait compare machines with a vendor driver, and hold where they wait as long', () => {
    const waits = (days: number) => ({
      drivers: ['nic'],
      waits: [
        { driver: 'nic', days },
        { driver: 'disk', days: 1 },
      ],
    });
    const pair = (own: number, other: number) => [
      machine('monolithic', 'a', [update()], waits(other)),
      machine('modular', 'a', [update()], waits(own)),
      machine('monolithic', 'without', [update()]),
      machine('modular', 'without', [update()]),
    ];
    expect(claim('noLongerWait', { machines: pair(5, 5) })).toMatchObject({
      status: 'holds',
      tested: 1,
      days: 6,
      daysMonolithic: 6,
    });
    expect(claim('noLongerWait', { machines: pair(6, 5) })).toMatchObject({
      status: 'fails',
      days: 7,
      daysMonolithic: 6,
    });
    expect(claim('noLongerWait', { machines: pair(4, 5) }).status).toBe('holds');
  });
});

describe('the totals of a scheme', () => {
  const row = (...machines: readonly MachineHistory[]) =>
    historyTotals(['modular'], { buildService: [built('modular', 10), built('modular', 20, 300)], machines })[0];

  it('take medians of updates that published a kernel, and of what is there in the end', () => {
    const own = [
      update({
        event: 'install',
        packages: 99,
        work: 99,
        downloadBytes: 99,
        installedBytes: 5,
        leftBehind: { packages: 8, bytes: 1 },
      }),
      update({ packages: 1, work: 3, downloadBytes: 5, installedBytes: 6 }),
      update({
        event: 'driver',
        packages: 99,
        work: 99,
        downloadBytes: 99,
        installedBytes: 7,
        leftBehind: { packages: 2, bytes: 1 },
      }),
    ];
    expect(row(machine('modular', 'a', own))).toMatchObject({
      machines: 1,
      kernelModules: 400,
      kernelModulesRebuilt: 30,
      packagesMedian: 1,
      workMedian: 3,
      downloadBytesMedian: 5,
      installedBytesMedian: 7,
      leftBehind: 2,
    });
  });

  it('count solves of purges, violations, machines that lose a device and days behind', () => {
    const promise = (id: 'drivenStaysDriven' | 'rootMounted', status: 'kept' | 'broken') =>
      status === 'kept'
        ? { promise: id, status }
        : { promise: id, status, total: 1, evidence: [{ kind: 'noKernel' as const }] };
    const purged = { kernels: ['1'], packages: 1, bytes: 1, solves: 3, work: 1, lost: [], promises: [] };
    const losing = machine(
      'modular',
      'a',
      [update({ purged, violations: 2, promises: [promise('drivenStaysDriven', 'broken')] })],
      {
        daysBehind: 4,
      },
    );
    const keeping = machine('modular', 'b', [
      update({ violations: 1, promises: [promise('rootMounted', 'broken'), promise('drivenStaysDriven', 'kept')] }),
    ]);
    expect(row(losing, keeping)).toMatchObject({ purgeSolves: 3, violations: 3, machinesLosing: 1, daysBehind: 4 });
  });

  it('are zeros of a scheme that nobody lived under', () => {
    expect(row()).toMatchObject({ machines: 0, packagesMedian: 0, workMedian: 0, installedBytesMedian: 0 });
  });
});
