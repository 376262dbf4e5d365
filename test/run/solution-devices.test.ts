import { describe, expect, it } from 'vitest';
import type { Audit, AuditedDevice, Solution } from '#run-document';
import type { Solved } from '#solve';
import { withSolutionDevices } from '../../src/run/step/solution-devices.js';
import { solveOn } from '../support/machine.js';
import { audit } from '../support/run-document.js';

const line = (device: string, kernel: string, state: AuditedDevice['state']): AuditedDevice => ({
  device,
  class: 'network',
  modalias: device,
  kernel,
  state,
  drivers: [],
});

function audited(nextBoot: string | null, ...devices: readonly AuditedDevice[]): Audit {
  return { ...audit('driven'), kernels: [], devices: [...devices], nextBoot };
}

/** An outcome whose two solutions leave systems of one package each. */
async function unsolved(): Promise<Solved> {
  const repository = { 'a-2-1': { conflicts: ['old'] } };
  return solveOn({ installed: { 'old-1-1': {}, 'a-1-1': {} }, repository }, { verb: 'in', names: ['a'] });
}

function devicesOf({ effect }: Solution): unknown {
  return effect.status === 'solved' ? effect.devices : null;
}

describe('devices that a solution would cost', () => {
  const before = audited('5', line('nic', '5', 'driven'), line('disk', '5', 'driven'), line('tv', '5', 'noDriver'));

  it('are those driven at the next boot before and not after, with their new state', async () => {
    const after = audited(
      '6',
      line('nic', '6', 'refused'),
      line('nic', '5', 'driven'),
      line('disk', '6', 'driven'),
      line('tv', '6', 'driven'),
    );
    const outcome = withSolutionDevices(
      await unsolved(),
      () => before,
      (result) => (result.some(({ nevra }) => nevra.startsWith('old-')) ? before : after),
    );
    if (outcome.status !== 'unsolvable') throw new Error(outcome.status);
    const all = outcome.problems.flatMap(({ solutions }) => solutions.map(devicesOf));
    expect(all).toHaveLength(2);
    expect(all).toContainEqual({ nextBoot: '6', driven: 2, lost: [{ device: 'nic', state: 'refused' }] });
    expect(all).toContainEqual({ nextBoot: '5', driven: 2, lost: [] });
  });

  it('are all of them where no kernel would be left', async () => {
    const outcome = withSolutionDevices(
      await unsolved(),
      () => before,
      () => audited(null),
    );
    const [problem] = outcome.status === 'unsolvable' ? outcome.problems : [];
    const lost = ['nic', 'disk'].map((device) => ({ device, state: 'noDriver' }));
    expect(problem?.solutions.map(devicesOf)).toEqual([
      { nextBoot: null, driven: 0, lost },
      { nextBoot: null, driven: 0, lost },
    ]);
  });
});
