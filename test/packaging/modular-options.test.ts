import { describe, expect, test } from 'vitest';
import { packageBuilds } from '#packaging';
import { bare, driverStack, named, names, texts } from '../support/package-set.js';

describe('modular, with options', () => {
  test('may hold what finds the root file system in the kernel package', () => {
    const made = packageBuilds('modular', [driverStack], { ...bare, contents: 'boot' });
    expect(names(made)).not.toContain('btrfs-kmp-default');
    expect(texts(named(made, 'kernel-default'), 'provides')).toContain('kmod(btrfs.ko)');
    expect(named(made, 'kernel-default').requires).toEqual([]);
  });

  test('may require by name and version what depmod says', () => {
    const made = packageBuilds('modular', [driverStack], { ...bare, hardRequires: true });
    expect(texts(named(made, 'r8169-kmp-default'), 'requires')).toEqual([
      'ksym(default:module_layout) = af29cff5',
      'ksym(default:phy_attach) = aaaa',
      'libphy-kmp-default = 6.1.0',
    ]);
  });

  test('may turn soft dependencies, which may be aliases, into weak ones', () => {
    const recommending = packageBuilds('modular', [driverStack], { ...bare, softdeps: 'recommends' });
    expect(texts(named(recommending, 'btrfs-kmp-default'), 'recommends')).toEqual(['xxhash_generic-kmp-default']);
    const supplementing = packageBuilds('modular', [driverStack], { ...bare, softdeps: 'supplements' });
    expect(texts(named(supplementing, 'xxhash_generic-kmp-default'), 'supplements')).toEqual(['btrfs-kmp-default']);
  });
});
