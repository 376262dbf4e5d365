import { describe, expect, it } from 'vitest';
import { renderReport } from '#report';
import { type HistoryResult, historyTotals, type MachineUpdate } from '#run-document';
import { historyViews } from '../../src/report/view/histories.js';
import { runDocument } from '../support/run-document.js';

function update(changes: Partial<MachineUpdate> = {}): MachineUpdate {
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
    driverOnly: null,
    ...changes,
  };
}

function history(): HistoryResult {
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
  return {
    name: 'two <b>builds</b>',
    file: 'history.yaml',
    description: 'Two builds',
    error: null,
    kernels: [
      { release: '6.1.0-1-default', date: '2026-01-01' },
      { release: '6.1.0-2-default', date: '2026-02-01' },
    ],
    drivers: [{ name: 'vendor_nic', builds: 2 }],
    schemes: ['monolithic', 'modular publish=changed'],
    profiles: ['server-intel'],
    buildService: [
      { ...build, scheme: 'monolithic', rebuilt: 1, reasons, kernelModulesRebuilt: 4000, bytesRebuilt: 10 },
      { ...build, scheme: 'modular', rebuilt: 1, reasons, kernelModulesRebuilt: 1000, bytesRebuilt: 5 },
    ],
    machines: [
      machine('monolithic', [update({ downloadBytes: 9_000_000 }), update({ downloadBytes: 1_000_000 })], 10),
      machine(
        'modular publish=changed',
        [
          update({
            driverOnly: { package: 'nic-kmp', status: 'solved', packages: 1, bringsKernel: false, loads: true },
          }),
          update({
            driverOnly: { package: 'nic-kmp', status: 'solved', packages: 0, bringsKernel: false, loads: false },
          }),
          update({
            lost: ['Disk'],
            linksStopped: { reason: 'kmpOfSeveralKernels', package: 'odd-kmp-1-1', kernels: 2 },
            status: 'unsolvable',
            problems: 2,
          }),
        ],
        28,
      ),
    ],
    claims: [{ claim: 'Less to build', scheme: 'modular publish=changed', status: 'holds', sentence: 'Because.' }],
    rerun: 'kmplab run history.yaml',
  };
}

describe('histories in the report', () => {
  it('add up to a row for each scheme', () => {
    const [monolithic, changed] = historyTotals(history());
    expect(monolithic).toMatchObject({
      kernelModulesRebuilt: 4000,
      // Two updates of packages, with 100 kB of metadata each.
      downloadBytes: 10.2e6,
      daysWaited: 10,
      driverAsked: 0,
    });
    // What is built is asked of the scheme itself; what did nothing did not bring the driver.
    expect(changed).toMatchObject({
      kernelModulesRebuilt: 1000,
      downloadBytes: 3.3e6,
      downloadBytesMedian: 1e6,
      unsolvable: 1,
      machinesLosing: 1,
      daysWaited: 28,
      driverAsked: 2,
      driverAlone: 1,
      driverLoaded: 1,
    });
  });

  it('draw shares of the monolithic kernel and say per machine what is amiss', () => {
    const [view] = historyViews(runDocument({ histories: [history()] }));
    expect(view?.chart.groups.map(({ bars }) => bars.map(({ share }) => share))).toEqual([
      [1, 1],
      [0.25, 3.3 / 10.2],
    ]);
    expect(view?.machines.map(({ summary }) => summary)).toEqual([
      'server-intel under monolithic: 10 days without vendor_nic',
      'server-intel under modular publish=changed: lacks a driver after 1 update, 28 days without vendor_nic',
    ]);
    expect(view?.machines[1]?.rows[2]).toEqual(
      expect.arrayContaining([
        'no solution (2 problems)',
        'Disk, odd-kmp-1-1 has kernel modules of 2 kernels, and must have them of one',
      ]),
    );
  });

  it('are a section of the page, escaped, and left out where none ran', async () => {
    const page = await renderReport(runDocument({ histories: [history()] }));
    expect(page).toContain('two &lt;b&gt;builds&lt;/b&gt;');
    expect(page).toContain('<section id="histories"');
    expect(await renderReport(runDocument())).not.toContain('id="histories"');
  });

  it('that could not be run say why', async () => {
    const broken = {
      ...history(),
      error: 'history.yaml: no such kernel\n  to do: name another',
      machines: [],
      claims: [],
    };
    const page = await renderReport(runDocument({ histories: [broken] }));
    expect(page).toContain('no such kernel');
    expect(page).toContain('to do: name another');
  });
});
