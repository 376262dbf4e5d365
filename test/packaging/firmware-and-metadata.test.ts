import { describe, expect, test } from 'vitest';
import { type PackageSet, packageBuilds } from '#packaging';
import { kernel } from '../support/kernel.js';
import { bare, driverStack, named, names, texts } from '../support/package-set.js';

const many = kernel({ modules: Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`m${at}`, {}])) });

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

  test('firmware weighs what the build knows of it, installed and packed', () => {
    const firmwareBytes = { 'rtl_nic/rtl8168d-1.fw': 1500, 'rtl_nic/not-named.fw': 9_000_000 };
    const vendor = (build: typeof driverStack) =>
      named(packageBuilds('modular', [build], { ...bare, firmware: 'vendor' }), 'kernel-firmware-rtl_nic');
    const [with_, without] = [vendor({ ...driverStack, firmwareBytes }), vendor(driverStack)];
    expect(with_.installedBytes - without.installedBytes).toBe(1500);
    expect(with_.packageBytes - without.packageBytes).toBe(1500);
    expect(without.installedBytes).toBe(0);
  });

  test('a changelog as long as it is said to be, and none that nobody could write', () => {
    const made = (changelog: 'duplicated' | 'shared', changelogEntryBytes: number) =>
      packageBuilds('modular', [driverStack], { ...bare, changelog, changelogEntryBytes });
    const lengths = (set: PackageSet) => [
      ...new Set(set.packages.flatMap(({ changelog }) => changelog.map(({ text }) => text.length))),
    ];
    expect(lengths(made('shared', 54_572))).toEqual([54_572]);
    expect(lengths(made('duplicated', 5000))).toEqual([5000]);
    expect(lengths(made('shared', 1)).every((length) => length > 1)).toBe(true);
    expect(() =>
      packageBuilds('modular', [many], { ...bare, changelog: 'duplicated', changelogEntryBytes: 1_000_000 }),
    ).toThrow(/changelogs of 0\.3 GB in \d+ packages/);
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
