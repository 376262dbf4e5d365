import { describe, expect, test } from 'vitest';
import { type PackageSet, packageBuilds } from '#packaging';
import { kernel } from '../support/kernel.js';
import { bare, driverStack, named, names, texts } from '../support/package-set.js';

describe('what packages carry beside kernel modules', () => {
  test('firmware by vendor, asked for by file', () => {
    const made = packageBuilds('modular', [driverStack], { ...bare, firmware: 'vendor', firmwareStrength: 'requires' });
    expect(texts(named(made, 'r8169-kmp-default'), 'requires')).toContain('firmware(rtl_nic/rtl8168d-1.fw)');
    const vendor = named(made, 'kernel-firmware-rtl_nic');
    expect(vendor.arch).toBe('noarch');
    expect(vendor.files.map(({ path }) => path)).toEqual([
      '/lib/firmware/rtl_nic/rtl8168d-1.fw',
      '/lib/firmware/rtl_nic/rtl8168e-2.fw',
    ]);
  });

  test('firmware by driver, recommended', () => {
    const made = packageBuilds('modular', [driverStack], { ...bare, firmware: 'driver' });
    expect(texts(named(made, 'r8169-kmp-default'), 'recommends')).toHaveLength(2);
    expect(texts(named(made, 'kernel-firmware-r8169'), 'provides')).toContain('firmware(rtl_nic/rtl8168e-2.fw)');
  });

  test('firmware that two drivers name, once', () => {
    const tuners = kernel({
      modules: { cx18: { firmware: ['xc3028.fw'] }, xc2028: { firmware: ['xc3028.fw', 'other.fw'] } },
    });
    const made = packageBuilds('modular', [tuners], { ...bare, firmware: 'driver', firmwareStrength: 'requires' });
    const held = made.packages.flatMap(({ files }) => files.map(({ path }) => path));
    expect(held.filter((path) => path === '/lib/firmware/xc3028.fw')).toHaveLength(1);
    expect(texts(named(made, 'xc2028-kmp-default'), 'requires')).toEqual(['firmware(other.fw)', 'firmware(xc3028.fw)']);
  });

  test('licences and changelogs once, or once for each package', () => {
    const duplicated = packageBuilds('modular', [driverStack], {
      ...bare,
      licences: 'duplicated',
      changelog: 'duplicated',
    });
    const shared = packageBuilds('modular', [driverStack], { ...bare, licences: 'shared', changelog: 'shared' });
    const plain = packageBuilds('modular', [driverStack], bare);
    const bytes = (set: PackageSet, name: string): number => named(set, name).installedBytes;
    expect(bytes(duplicated, 'btrfs-kmp-default') - bytes(plain, 'btrfs-kmp-default')).toBe(18_092);
    expect(duplicated.packages.every(({ changelog }) => changelog.length === 10)).toBe(true);
    expect(texts(named(shared, 'btrfs-kmp-default'), 'requires')).toContain('kernel-licences');
    expect(shared.packages.filter(({ changelog }) => changelog.length > 0).map(({ name }) => name)).toEqual([
      'kernel-changelog',
    ]);
    expect(names(shared)).toHaveLength(names(plain).length + 2);
  });
});
