import { describe, expect, it } from 'vitest';
import { judgeKernel } from '../../src/run/scenario/kernel-expectations.js';
import { audit } from '../support/run-document/audit.js';

const found = audit('refused');
const [older, newer] = ['6.1.0-52-amd64', '6.1.0-53-amd64'];

/** Aspect, what was found, and whether that was right. */
function judged(expected: Parameters<typeof judgeKernel>[1], release: string | null = newer) {
  return judgeKernel('audit', expected, found, release).map((one) => [one.aspect, one.found, one.passed]);
}

describe('what is expected of a kernel', () => {
  it('is held against its counts, what stops its kernel modules and what taints it', () => {
    expect(judged({ loadable: 2816, weakUpdates: 0, shadowed: 0 })).toEqual([
      ['audit.loadable', { is: 2816 }, true],
      ['audit.weakUpdates', { is: 4023 }, false],
      ['audit.shadowed', { is: 0 }, true],
    ]);
    expect(judged({ refusals: { symbols: 1207, signature: 1 }, taints: { unsigned: 2816 } })).toEqual([
      ['audit.refusals.symbols', { is: 1207 }, true],
      ['audit.refusals.signature', { is: 0 }, false],
      ['audit.taints.unsigned', { is: 2816 }, true],
    ]);
  });

  it('is held against its root file system and its devices', () => {
    expect(judged({ root: 'mounted', devices: { network: 'refused' } })).toEqual([
      ['audit.root', { is: 'notMounted' }, false],
      ['audit.devices.network', { names: ['refused'], of: 1 }, true],
    ]);
    expect(judged({ root: 'mounted', devices: { toaster: 'driven' } }, older)).toEqual([
      ['audit.root', { is: 'mounted' }, true],
      ['audit.devices.toaster', { absent: 'device' }, false],
    ]);
  });

  it('fails in each of its parts where the kernel is not installed', () => {
    const all = { loadable: 0, refusals: { symbols: 0 }, taints: { unsigned: 0 }, root: 'mounted' } as const;
    expect(judged(all, '6.1.0-54-amd64').map(([, what, passed]) => [what, passed])).toEqual([
      [{ absent: 'kernel' }, false],
      [{ absent: 'kernel' }, false],
      [{ absent: 'kernel' }, false],
      [{ absent: 'kernel' }, false],
    ]);
  });

  it('of a root file system fails where no profile says what it takes', () => {
    const silent = { ...found, kernels: found.kernels.map((kernel) => ({ ...kernel, root: null })) };
    const [result] = judgeKernel('audit', { root: 'notMounted' }, silent, newer);
    expect(result).toMatchObject({ passed: false, found: { absent: 'rootNeeds' } });
  });
});
