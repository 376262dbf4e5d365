import { describe, expect, test } from 'vitest';
import type { KernelBuild } from '#kernel';
import { packageBuilds } from '#packaging';
import { type KernelSpec, kernel } from '../support/kernel.js';
import { driverStack, refusal } from '../support/package-set.js';

const step = (release: string, more: Partial<KernelSpec> = {}) => kernel({ release, image: { a: 1 }, ...more });
const nic = (driverVersion: string): Partial<KernelSpec> => ({
  modules: { nic: { path: 'kernel/drivers/net/nic.ko', driverVersion } },
});

describe('every kind of bad input is refused, with the package and the rule', () => {
  test.each<[string, string, readonly KernelBuild[], object, readonly string[]]>([
    [
      'a partition that misses a kernel module',
      'grouped',
      [driverStack],
      { grouping: 'custom', groups: { net: ['drivers/**'] } },
      ['kernel/crypto/xxhash_generic.ko is in no group', 'every kernel module in exactly one group'],
    ],
    [
      'a partition that doubles one',
      'grouped',
      [driverStack],
      {
        grouping: 'custom',
        groups: { net: ['drivers/net/**'], phy: ['drivers/net/phy/*'], rest: ['crypto/*', 'fs/**', 'sound/**'] },
      },
      ['libphy.ko is in the groups net and phy', 'no two packages hold one file'],
    ],
    [
      'a name that rpm forbids',
      'modular',
      [kernel({ modules: { odd: { path: 'kernel/lib/a b.ko' } } })],
      {},
      ['rpm forbids "a b-kmp-default" as name', 'letters, digits'],
    ],
    [
      'builds that sort wrongly',
      'modular',
      [step('6.1.0-10-default'), step('6.1.0-9-default')],
      {},
      ['kernel-default.x86_64 6.1.0-9 does not sort after 6.1.0-10', 'ascending order'],
    ],
    [
      'a package that sorts before that of the older kernel',
      'suse-kmp',
      [step('6.1.0-9-default', nic('1.10')), step('6.1.0-10-default', nic('1.9'))],
      {},
      ['nic-kmp-default-1.9_k6.1.0_10-0.x86_64 does not sort after nic-kmp-default-1.10_k6.1.0_9-0.x86_64'],
    ],
    [
      'flavors that share a directory',
      'modular',
      [step('6.1.0-1-default'), step('6.1.0-1-default', { flavor: 'rt' })],
      {},
      ['two kernel builds have the release 6.1.0-1-default', 'one directory'],
    ],
    [
      'flavors that share a name',
      'split layout=fedora',
      [step('6.1.0-1-default'), step('6.1.0-1-core', { flavor: 'core' })],
      {},
      ['two packages are called kernel-core-6.1.0-1.x86_64', 'one package per name'],
    ],
    [
      'colliding NEVRAs',
      'yocto',
      [step('6.1.0-1-default'), step('6.1.0-1-DEFAULT', { flavor: 'other' })],
      { patterns: false },
      ['two packages are called kernel-6.1.0-1-default-6.1.0-1.x86_64'],
    ],
  ])('%s', (_, scheme, builds, options, words) => {
    const { code, message } = refusal(() => packageBuilds(scheme, builds, options));
    expect(code).toBe('invalid');
    for (const word of words) expect(message).toContain(word);
  });
});
