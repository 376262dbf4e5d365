import { describe, expect, it } from 'vitest';
import { solveOn, told } from '../support/machine.js';
import type { PackageSpec } from '../support/packages.js';
import { firstOf, onlyProblem } from '../support/reasons.js';

/**
 * What libsolv with libzypp's settings did with kernels and KMPs when it was tried by hand (libsolv 1b580675; the rows of `in` also with
 * zypper 1.14.42 in a root of its own). These are its answers, not ours; the lab must give the same.
 */
const nicAlias = 'pci:v00008086d000015BEsv000017AAsd00002292bc02sc00i00';
const supplements = ['modalias(kernel-default:pci:v00008086d000015BEsv*sd*bc*sc*i*)'];
const parallel = 'multiversion(kernel)';

function kernel(version: number, crc: string): Record<string, PackageSpec> {
  return { [`kernel-default-${version}-1`]: { provides: [parallel, `ksym(default:netif_rx) = ${crc}`] } };
}

function nic(nvr: string, crc: string, more: PackageSpec = {}): Record<string, PackageSpec> {
  return { [nvr]: { provides: [parallel], requires: [`ksym(default:netif_rx) = ${crc}`], supplements, ...more } };
}

const kernel5 = { ...kernel(5, 'aa'), ...nic('nic-kmp-default-1.0_k5-1', 'aa') };
const kernel6 = { ...kernel(6, 'bb'), ...nic('nic-kmp-default-1.0_k6-1', 'bb') };
const updated = { installed: kernel5, repository: { ...kernel5, ...kernel6 }, modaliases: [nicAlias] };

describe("a kernel update, with libzypp's settings", () => {
  it.each(['up', 'dup'] as const)('%s brings the kernel and the rebuilt KMP', async (verb) => {
    expect(told(await solveOn(updated, { verb }))).toEqual(['+ kernel-default-6-1', '+ nic-kmp-default-1.0_k6-1']);
  });

  it.each([false, true])('in kernel-default brings the kernel alone (no-recommends %s)', async (noRecommends) => {
    const solved = await solveOn(updated, { verb: 'in', names: ['kernel-default'], noRecommends });
    expect(told(solved)).toEqual(['+ kernel-default-6-1']);
  });

  it('inr finds nothing to add afterwards', async () => {
    const after = { ...updated, installed: { ...kernel5, ...kernel(6, 'bb') } };
    expect(told(await solveOn(after, { verb: 'inr' }))).toEqual([]);
  });

  it('what is recommended and comes along is not told as left out', async () => {
    const { outcome } = await solveOn({ ...updated, installed: {} }, { verb: 'in', names: ['kernel-default'] });
    // The older build of the driver supplements this machine too.
    expect(outcome).toMatchObject({
      steps: [{ nevra: 'kernel-default-6-1.x86_64' }, { nevra: 'nic-kmp-default-1.0_k6-1.x86_64' }],
      recommendedNotInstalled: ['nic-kmp-default-1.0_k5-1.x86_64'],
    });
  });

  it('a fresh install takes the KMP of the hardware that is there, and no other', async () => {
    const request = { verb: 'in', names: ['kernel-default'] } as const;
    const fresh = { ...updated, installed: {} };
    expect(told(await solveOn(fresh, request))).toEqual(['+ kernel-default-6-1', '+ nic-kmp-default-1.0_k6-1']);
    expect(told(await solveOn({ ...fresh, modaliases: [] }, request))).toEqual(['+ kernel-default-6-1']);
  });

  it('names with the kernel in them bring the KMP by themselves', async () => {
    const named = {
      installed: { ...kernel(5, 'aa'), ...nic('nic-k5-kmp-default-1.0-1', 'aa') },
      repository: { ...kernel(6, 'bb'), ...nic('nic-k6-kmp-default-1.0-1', 'bb') },
      modaliases: [nicAlias],
    };
    const solved = await solveOn(named, { verb: 'in', names: ['kernel-default'] });
    expect(told(solved)).toEqual(['+ kernel-default-6-1', '+ nic-k6-kmp-default-1.0-1']);
  });

  it('up of the KMP alone pulls the kernel that its new build needs', async () => {
    const solved = await solveOn(updated, { verb: 'up', names: ['nic-kmp-default'] });
    expect(told(solved)).toEqual(['+ kernel-default-6-1', '+ nic-kmp-default-1.0_k6-1']);
  });
});

describe('a driver rebuilt for the same kernel', () => {
  const template = { conflicts: ['nic-kmp-default-k5'], provides: [parallel, 'nic-kmp-default-k5'] };
  const newer = (more: PackageSpec) => ({
    installed: { ...kernel(5, 'aa'), ...nic('nic-kmp-default-1.0_k5-1', 'aa', more) },
    repository: { ...kernel(5, 'aa'), ...nic('nic-kmp-default-1.1_k5-1', 'aa', more) },
    modaliases: [nicAlias],
  });

  it('is not installed by up where the template conflicts with its own kind', async () => {
    expect(told(await solveOn(newer(template), { verb: 'up' }))).toEqual([]);
  });

  it('is a conflict where it is asked for by name', async () => {
    const solved = await solveOn(newer(template), { verb: 'in', names: ['nic-kmp-default = 1.1_k5'] });
    expect(told(solved)).toContain('pkgConflicts');
    const { by, with: other, dependencies } = firstOf(onlyProblem(solved.outcome).reasons, 'conflicts');
    const builds = ['nic-kmp-default-1.0_k5-1.x86_64', 'nic-kmp-default-1.1_k5-1.x86_64'];
    expect([[by, other].sort(), dependencies]).toEqual([builds, ['nic-kmp-default-k5']]);
  });

  it('replaces the old one where packages may be removed', async () => {
    const request = { verb: 'in', names: ['nic-kmp-default = 1.1_k5'], allowUninstall: true } as const;
    expect(told(await solveOn(newer(template), request))).toEqual([
      '+ nic-kmp-default-1.1_k5-1',
      '- nic-kmp-default-1.0_k5-1',
    ]);
  });

  it('lands beside the old one without that conflict', async () => {
    expect(told(await solveOn(newer({}), { verb: 'up' }))).toEqual(['+ nic-kmp-default-1.1_k5-1']);
  });
});

describe('an unsolvable request', () => {
  it('says which kernel a KMP fits and what changed in the others', async () => {
    const image = (version: number, crc: string): Record<string, PackageSpec> => ({
      [`kernel-default-${version}-1`]: {
        provides: [
          parallel,
          `kernel-uname-r = ${version}-default`,
          `ksym(default:netif_rx) = ${crc}`,
          'ksym(default:kfree) = 1',
        ],
      },
    });
    const lagging = nic('nic-kmp-default-1.0_k5-1', 'aa', {
      requires: ['ksym(default:netif_rx) = aa', 'ksym(default:kfree) = 1', 'ksym(default:gone) = 2'],
    });
    const solved = await solveOn(
      { installed: image(6, 'bb'), repository: lagging },
      { verb: 'in', names: ['nic-kmp-default'] },
    );
    expect(told(solved)).toContain('pkgNothingProvidesDep');
    expect(onlyProblem(solved.outcome).kabi).toEqual([
      {
        package: 'nic-kmp-default-1.0_k5-1.x86_64',
        symbols: 3,
        builtFor: null,
        lastCompatible: null,
        notFor: [
          {
            kernel: '6-default',
            relation: 'unknown',
            changed: 1,
            missing: 1,
            examples: [
              { symbol: 'netif_rx', wanted: 0xaa, found: 0xbb },
              { symbol: 'gone', wanted: 2, found: null },
            ],
          },
        ],
      },
    ]);
  });

  it('leaves the system as it was', async () => {
    const solved = await solveOn({ installed: kernel(6, 'bb') }, { verb: 'in', names: ['no-such-package'] });
    expect(solved.outcome.status).toBe('unsolvable');
    expect(solved.result).toEqual([{ nevra: 'kernel-default-6-1.x86_64', repository: '@System' }]);
  });
});
