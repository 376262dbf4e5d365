import type { DriverOnly, HistoryResult, MachineUpdate } from '#run-document';
import { historyTotals } from '../../src/run/history/totals.js';

/** A new build of a driver for the kernel that is there, which came alone and is used. */
export function driver(changes: Partial<DriverOnly>): DriverOnly {
  return {
    of: 'sameKernel',
    package: 'nic-kmp',
    status: 'solved',
    packages: 1,
    bringsKernel: false,
    loads: true,
    promise: { promise: 'driverAlone', status: 'kept' },
    ...changes,
  };
}

export function update(changes: Partial<MachineUpdate> = {}): MachineUpdate {
  return {
    date: '2026-02-01',
    event: 'kernel',
    what: '6.1.0-2-default',
    request: 'zypper up',
    status: 'solved',
    packages: 3,
    erased: 0,
    downloadBytes: 1_000_000,
    metadataBytes: 100_000,
    installedBytesChange: 2_000_000,
    rules: 12,
    work: 5_000_000,
    problems: 0,
    violations: 0,
    purged: null,
    installedBytes: 3_000_000,
    leftBehind: { packages: 0, bytes: 0 },
    nextBoot: '6.1.0-2-default',
    newest: '6.1.0-2-default',
    lost: [],
    waitsFor: [],
    linksStopped: null,
    driverOnly: [],
    undriven: [],
    promises: [],
    ...changes,
  };
}

/** Two builds on one machine, under the monolithic kernel and one other scheme. */
export function history(): HistoryResult {
  const build = { from: '6.1.0-1-default', to: '6.1.0-2-default', packages: 4, bytes: 10, kernelModules: 4000 };
  const reasons = { image: 1, new: 0, changed: 0, tied: 0 };
  const machine = (scheme: string, updates: MachineUpdate[], days: number) => ({
    scheme,
    profile: 'server-intel',
    drivers: ['vendor_nic'],
    updates,
    daysBehind: 0,
    waits: [{ driver: 'vendor_nic', days }],
  });
  const schemes = ['monolithic', 'modular publish=changed'];
  const buildService = [
    { ...build, scheme: 'monolithic', rebuilt: 1, reasons, kernelModulesRebuilt: 4000, bytesRebuilt: 10 },
    { ...build, scheme: 'modular', rebuilt: 1, reasons, kernelModulesRebuilt: 1000, bytesRebuilt: 5 },
  ];
  const machines = [
    machine('monolithic', [update({ downloadBytes: 9_000_000 }), update({ downloadBytes: 1_000_000 })], 10),
    machine(
      'modular publish=changed',
      [
        update({ driverOnly: [driver({})] }),
        update({
          driverOnly: [
            driver({
              packages: 0,
              loads: false,
              promise: { promise: 'driverAlone', status: 'notApplicable', why: 'nothingCame' },
            }),
          ],
        }),
        update({
          lost: ['Disk'],
          undriven: ['Disk'],
          linksStopped: { reason: 'kmpOfSeveralKernels', package: 'odd-kmp-1-1', kernels: 2 },
          status: 'unsolvable',
          problems: 2,
        }),
      ],
      28,
    ),
  ];
  return {
    name: 'two <b>builds</b>',
    file: 'history.yaml',
    description: 'Two builds',
    error: null,
    bug: false,
    kernels: [
      { release: '6.1.0-1-default', date: '2026-01-01' },
      { release: '6.1.0-2-default', date: '2026-02-01' },
    ],
    drivers: [{ name: 'vendor_nic', builds: 2 }],
    schemes,
    profiles: ['server-intel'],
    buildService,
    machines,
    totals: historyTotals(schemes, { buildService, machines }),
    claims: [
      {
        claim: 'lessToBuild',
        scheme: 'modular publish=changed',
        status: 'holds',
        tested: 1,
        kept: 1,
        kernelModules: 4000,
        rebuilt: 1000,
        shares: [0.25, 0.25],
      },
    ],
    rerun: 'kmplab run history.yaml',
  };
}
