import type { SolverFlag } from '@opensuse/libsolv-wasm';
import { describe, expect, it } from 'vitest';
import { loadLibsolv } from '#solve';
import { jobsOf } from '../../src/solve/jobs.js';
import { solverFlags } from '../../src/solve/libzypp.js';
import { setUp } from '../../src/solve/machine.js';
import { type Asked, fullRequest, type MachineSpec, smallMachine } from '../support/machine.js';

/**
 * What libsolv answers under flags that zypper leaves alone for these requests, so that no scenario can ask for it: the other half of why
 * zypper does what the scenarios show. Explicit obsoletes are kept unless libsolv is told otherwise (solver_create()).
 */
async function solveWith(
  spec: MachineSpec,
  asked: Asked,
  flags: Partial<Record<SolverFlag, boolean>>,
): Promise<string[]> {
  const request = fullRequest(asked);
  const libsolv = await loadLibsolv();
  try {
    const machine = setUp(libsolv, smallMachine(spec).input);
    const solver = machine.pool.createSolver();
    const all = { ...Object.fromEntries(solverFlags(request, {})), ...flags };
    for (const [flag, value] of Object.entries(all)) solver.setFlag(flag as SolverFlag, value);
    if (solver.run(jobsOf(machine, request)) > 0) return ['unsolvable'];
    const stays = new Set(solver.transaction().installedResult());
    const name = (id: (typeof machine.installed)[number]): string => machine.pool.packages([id])[0]?.nevra ?? '';
    const gone = machine.installed.filter((id) => !stays.has(id)).map((id) => `- ${name(id)}`);
    const come = [...stays].filter((id) => !machine.installed.includes(id)).map((id) => `+ ${name(id)}`);
    return [...come, ...gone].sort();
  } finally {
    libsolv.dispose();
  }
}

const parallel = 'multiversion(kernel)';
const kernel5 = { 'kernel-default-5-1': { provides: [parallel, 'ksym(default:netif_rx) = aa'] } };
const nic = (nvr: string, obsoletes: readonly string[] = []) => ({
  [nvr]: { provides: [parallel], requires: ['ksym(default:netif_rx) = aa'], obsoletes },
});

describe('a multiversion KMP that obsoletes its older versions', () => {
  const rebuilt = {
    installed: { ...kernel5, ...nic('nic-kmp-default-1.0_k5-1') },
    repository: nic('nic-kmp-default-1.1_k5-1', ['nic-kmp-default < 1.1_k5']),
  };
  const added = '+ nic-kmp-default-1.1_k5-1.x86_64';

  it.each([
    [false, [added]],
    [true, [added, '- nic-kmp-default-1.0_k5-1.x86_64']],
  ])('erases them with keepExplicitObsoletes %s: %j', async (keepExplicitObsoletes, expected) => {
    expect(await solveWith(rebuilt, { verb: 'up' }, { keepExplicitObsoletes })).toEqual(expected);
  });
});

describe('removing a kernel that an installed KMP needs', () => {
  const machine = { installed: { ...kernel5, ...nic('nic-kmp-default-1.0_k5-1') } };

  it.each([
    [false, ['unsolvable']],
    [true, ['- kernel-default-5-1.x86_64', '- nic-kmp-default-1.0_k5-1.x86_64']],
  ])('takes the KMP along with allowUninstall %s: %j', async (allowUninstall, expected) => {
    expect(await solveWith(machine, { verb: 'rm', names: ['kernel-default'] }, { allowUninstall })).toEqual(expected);
  });
});
