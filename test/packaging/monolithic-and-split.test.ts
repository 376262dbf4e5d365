import { describe, expect, test } from 'vitest';
import { packageBuilds } from '#packaging';
import { kernel } from '../support/kernel.js';
import { bare, driverStack, named, names, texts } from '../support/package-set.js';

describe('monolithic', () => {
  test('is one package that provides every symbol and requires none', () => {
    const made = packageBuilds('monolithic', [driverStack], bare);
    expect(names(made)).toEqual(['kernel-default']);
    expect(texts(named(made, 'kernel-default'), 'provides')).toEqual(
      expect.arrayContaining([
        'ksym(default:phy_attach) = aaaa',
        'ksym(default:kmalloc) = 37a0cb',
        'kmod(snd_hda.ko)',
        'kmod(r8169.ko)',
      ]),
    );
    expect(named(made, 'kernel-default').requires).toEqual([]);
  });
});

describe('split', () => {
  test('as SUSE does ties extra and optional by the kernel package of the same version', () => {
    const made = packageBuilds('split', [driverStack], bare);
    expect(names(made)).toEqual([
      'kernel-default',
      'kernel-default-base',
      'kernel-default-extra',
      'kernel-default-optional',
    ]);
    expect(texts(named(made, 'kernel-default-extra'), 'requires')).toEqual(['kernel-default_x86_64 = 6.1.0-53']);
    expect(texts(named(made, 'kernel-default-optional'), 'requires')).toEqual([
      'kernel-default-extra_x86_64 = 6.1.0-53',
    ]);
    expect(texts(named(made, 'kernel-default-extra'), 'supplements')).toEqual([
      'packageand(product(SLED):kernel-default_x86_64)',
    ]);
    expect(texts(named(made, 'kernel-default-extra'), 'provides')).toContain('multiversion(kernel)');
  });

  test('as SUSE does has a base in the place of the kernel, without symbols', () => {
    const base = named(packageBuilds('split', [driverStack], bare), 'kernel-default-base');
    expect(texts(base, 'conflicts')).toEqual(['kernel-default']);
    expect(texts(base, 'provides').filter((text) => /^(ksym|kmod|firmware)\(/.test(text))).toEqual([]);
    expect(texts(base, 'provides')).toContain('kernel-default = 6.1.0-53');
  });

  test('as Fedora does ties its parts by the release', () => {
    const made = packageBuilds('split', [driverStack], { ...bare, layout: 'fedora' });
    expect(names(made)).toEqual([
      'kernel',
      'kernel-core',
      'kernel-modules',
      'kernel-modules-core',
      'kernel-modules-extra',
    ]);
    expect(texts(named(made, 'kernel-core'), 'requires')).toEqual(['kernel-modules-core-uname-r = 6.1.0-53-default']);
    expect(texts(named(made, 'kernel-core'), 'provides')).toEqual(
      expect.arrayContaining([
        'installonlypkg(kernel)',
        'kernel(kmalloc) = 0x0037a0cb',
        'kernel-core-uname-r = 6.1.0-53-default',
        'kernel-uname-r = 6.1.0-53-default',
      ]),
    );
    expect(texts(named(made, 'kernel-modules-core'), 'requires')).toEqual(['kernel-uname-r = 6.1.0-53-default']);
    expect(texts(named(made, 'kernel-modules-extra'), 'requires')).toEqual([
      'kernel-modules-core-uname-r = 6.1.0-53-default',
      'kernel-modules-uname-r = 6.1.0-53-default',
      'kernel-uname-r = 6.1.0-53-default',
    ]);
  });

  test('puts a dependency at least as low as whoever needs it', () => {
    const needy = kernel({
      modules: {
        btrfs: { path: 'kernel/fs/btrfs/btrfs.ko', depends: ['oddity'] },
        oddity: { path: 'kernel/drivers/isdn/oddity.ko', depends: [] },
      },
    });
    const held = named(packageBuilds('split', [needy], bare), 'kernel-default-base').files.map(({ path }) => path);
    expect(held).toContain('/lib/modules/6.1.0-1-default/kernel/drivers/isdn/oddity.ko');
  });
});
