import { describe, expect, it } from 'vitest';
import type { MachineHistory, MachineUpdate } from '#run-document';
import { claimsOf } from '../../src/run/history/claims.js';
import { historyTotals } from '../../src/run/history/totals.js';
import { driver, history, update } from '../support/history.js';

const scheme = 'modular';

function machine(name: string, updates: readonly MachineUpdate[]): MachineHistory {
  return { scheme: name, profile: 'server', drivers: [], updates: [...updates], daysBehind: 0, waits: [] };
}

/** The claim of one machine under a scheme beside the same one with the monolithic kernel. */
function claimed(claim: string, own: readonly MachineUpdate[], monolithic: readonly MachineUpdate[] = [update()]) {
  const machines = [machine('monolithic', monolithic), machine(scheme, own)];
  return claimsOf(['monolithic', scheme], { buildService: [], machines }).find((one) => one.claim === claim);
}

describe('totals of a history', () => {
  it('are a row for each scheme', () => {
    const { schemes, buildService, machines } = history();
    const [monolithic, changed] = historyTotals(schemes, { buildService, machines });
    const none = { asked: 0, alone: 0, loaded: 0, kernel: 0, nothing: 0, unsolvable: 0 };
    expect(monolithic).toMatchObject({
      kernelModulesRebuilt: 4000,
      // Two updates of packages, with 100 kB of metadata each.
      downloadBytes: 10.2e6,
      daysWaited: 10,
      drivers: none,
    });
    // What is built is asked of the scheme itself; what did nothing did not bring the driver.
    expect(changed).toMatchObject({
      kernelModulesRebuilt: 1000,
      downloadBytes: 3.3e6,
      downloadBytesMedian: 1e6,
      unsolvable: 1,
      machinesLosing: 1,
      daysWaited: 28,
      drivers: { ...none, asked: 2, alone: 1, loaded: 1, nothing: 1 },
    });
  });

  it('take the median, half-way between two middle values', () => {
    const updates = [10, 20, 30, 40].map((packages) => update({ packages }));
    const [row] = historyTotals([scheme], { buildService: [], machines: [machine(scheme, updates)] });
    expect(row?.packagesMedian).toBe(25);
  });

  it('sort requests for one driver into those that came alone and those that did not', () => {
    const questions = [
      driver({}),
      driver({ promise: broken }),
      driver({ bringsKernel: true, promise: broken }),
      driver({ packages: 0, promise: { promise: 'driverAlone', status: 'notApplicable', why: 'nothingCame' } }),
      driver({ status: 'unsolvable', packages: 0, promise: broken }),
      driver({ of: 'nextKernel' }),
    ];
    const updates = questions.map((one) => update({ driverOnly: [one] }));
    const [row] = historyTotals([scheme], { buildService: [], machines: [machine(scheme, updates)] });
    expect(row?.drivers).toEqual({ asked: 5, alone: 2, loaded: 1, kernel: 1, nothing: 1, unsolvable: 1 });
  });
});

const broken = {
  promise: 'driverAlone' as const,
  status: 'broken' as const,
  total: 1,
  evidence: [{ kind: 'unsolvable' as const }],
};

describe('claims of a history', () => {
  it('count packages and metadata together as what is downloaded', () => {
    const with_ = (downloadBytes: number, metadataBytes: number) => [update({ downloadBytes, metadataBytes })];
    const monolithic = with_(100, 10);
    const status = (own: readonly MachineUpdate[]) => claimed('lessToDownload', own, monolithic)?.status;
    expect(status(with_(80, 20))).toBe('holds');
    // More metadata alone, or more packages alone, decides nothing.
    expect(status(with_(105, 4))).toBe('holds');
    expect(status(with_(80, 40))).toBe('fails');
    expect(status(with_(109, 2))).toBe('fails');
    expect(status(with_(100, 10))).toBe('fails');
  });

  it('hold a loss of a device against a scheme wherever the promise was broken, at the purge too', () => {
    const lost = {
      promise: 'drivenStaysDriven' as const,
      status: 'broken' as const,
      total: 1,
      evidence: [{ kind: 'noKernel' as const }],
    };
    const purged = { kernels: ['1'], packages: 1, bytes: 1, solves: 3, work: 1, lost: [], promises: [lost] };
    expect(claimed('noDeviceLost', [update()])).toMatchObject({ status: 'holds', tested: 1, kept: 1, updates: 0 });
    expect(claimed('noDeviceLost', [update({ promises: [lost] }), update()])?.status).toBe('fails');
    expect(claimed('noDeviceLost', [update({ purged })])?.status).toBe('fails');
    expect(claimed('noDeviceLost', [update({ undriven: ['Disk'] })])).toMatchObject({ updates: 1, devices: ['Disk'] });
  });

  it('are unknown where nothing was asked, and not applicable where the name has the kernel in it', () => {
    const next = driver({ of: 'nextKernel' });
    expect(claimed('driverAlone', [update()])?.status).toBe('unknown');
    expect(claimed('nextDriverAlone', [update()])?.status).toBe('unknown');
    expect(claimed('nextDriverAlone', [update({ driverOnly: [driver({})] })])?.status).toBe('notApplicable');
    expect(claimed('nextDriverAlone', [update({ driverOnly: [driver({}), next] })])?.status).toBe('holds');
    expect(claimed('driverAlone', [update({ driverOnly: [driver({}), driver({ promise: broken })] })])?.status).toBe(
      'partly',
    );
  });
});
