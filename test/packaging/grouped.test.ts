import { describe, expect, test } from 'vitest';
import { packageBuilds } from '#packaging';
import { kernel } from '../support/kernel.js';
import { bare, driverStack, named, names, refusal, texts } from '../support/package-set.js';

describe('grouped', () => {
  test('by subsystem needs no symbol of its own group', () => {
    const made = packageBuilds('grouped', [driverStack], bare);
    expect(names(made)).toEqual([
      'crypto-kmp-default',
      'drivers-net-kmp-default',
      'fs-kmp-default',
      'kernel-default',
      'sound-pci-kmp-default',
    ]);
    const net = named(made, 'drivers-net-kmp-default');
    expect(texts(net, 'requires')).toEqual([
      'ksym(default:kmalloc) = 37a0cb',
      'ksym(default:module_layout) = af29cff5',
    ]);
    expect(texts(net, 'provides')).toEqual(
      expect.arrayContaining(['kmod(libphy.ko)', 'kmod(r8169.ko)', 'ksym(default:phy_attach) = aaaa']),
    );
    expect(texts(net, 'supplements')).toEqual(['modalias(kernel-default:pci:v000010ECd00008168sv*sd*bc*sc*i*)']);
  });

  test('by directory and like an installer', () => {
    expect(names(packageBuilds('grouped', [driverStack], { ...bare, grouping: 'directory' }))).toEqual(
      expect.arrayContaining([
        'drivers-net-phy-kmp-default',
        'drivers-net-ethernet-realtek-kmp-default',
        'fs-btrfs-kmp-default',
      ]),
    );
    expect(names(packageBuilds('grouped', [driverStack], { ...bare, grouping: 'installer' }))).toEqual(
      expect.arrayContaining([
        'nic-modules-kmp-default',
        'nic-shared-modules-kmp-default',
        'btrfs-modules-kmp-default',
      ]),
    );
  });

  test('by community finds two families that share nothing, the same for the same seed', () => {
    const family = (prefix: string) => ({
      [`${prefix}core`]: { exports: { [`${prefix}_a`]: 1, [`${prefix}_b`]: 2, [`${prefix}_c`]: 3 } },
      [`${prefix}one`]: { imports: [`${prefix}_a`, `${prefix}_b`] },
      [`${prefix}two`]: { imports: [`${prefix}_b`, `${prefix}_c`] },
    });
    const two = kernel({ modules: { ...family('usb'), ...family('snd') } });
    const made = packageBuilds('grouped', [two], { ...bare, grouping: 'community', seed: 3 });
    expect(names(made)).toEqual(['kernel-default', 'sndcore-group-kmp-default', 'usbcore-group-kmp-default']);
    expect(JSON.stringify(packageBuilds('grouped', [two], { ...bare, grouping: 'community', seed: 3 }))).toBe(
      JSON.stringify(made),
    );
  });

  test('by a list of patterns', () => {
    const groups = { net: ['drivers/net/**'], rest: ['crypto/*', 'fs/**', 'sound/pci/hda/snd-hd?'] };
    expect(names(packageBuilds('grouped', [driverStack], { ...bare, grouping: 'custom', groups }))).toEqual([
      'kernel-default',
      'net-kmp-default',
      'rest-kmp-default',
    ]);
  });

  test.each([
    [{ net: ['drivers/**'] }, 'kernel/crypto/xxhash_generic.ko is in no group'],
    [{ net: ['drivers/**'], all: ['**'] }, 'kernel/drivers/net/ethernet/realtek/r8169.ko is in the groups net and all'],
    [{ all: ['**'], none: ['arch/**'] }, 'group none has no kernel module'],
    [undefined, 'needs groups'],
  ])('refuses the partition %j', (groups, problem) => {
    expect(refusal(() => packageBuilds('grouped', [driverStack], { grouping: 'custom', groups })).message).toContain(
      problem,
    );
  });

  test('refuses a group whose name no package may have', () => {
    const error = refusal(() =>
      packageBuilds('grouped', [driverStack], { grouping: 'custom', groups: { 'a b': ['**'] } }),
    );
    expect(error.message).toContain('rpm forbids "a b-kmp-default" as name');
  });
});

/** SUSE's kernel module packages manual: its example package, and what `rpm -qp --requires` and `--provides` print of it. */
