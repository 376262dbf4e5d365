import { describe, expect, test } from 'vitest';
import { packageBuilds } from '#packaging';
import { kernel } from '../support/kernel.js';
import { bare, driverStack, named, texts } from '../support/package-set.js';

describe('rhel-kmod', () => {
  const made = packageBuilds('rhel-kmod', [driverStack], bare);

  test('has eight hex digits, kernel() for the kernel and ksym() among drivers', () => {
    expect(texts(named(made, 'kernel-core'), 'provides')).toContain('kernel(kmalloc) = 0x0037a0cb');
    expect(texts(named(made, 'kmod-libphy'), 'provides')).toContain('ksym(phy_attach) = 0x0000aaaa');
    expect(texts(named(made, 'kmod-r8169'), 'requires')).toEqual([
      'kernel(module_layout) = 0xaf29cff5',
      'ksym(phy_attach) = 0x0000aaaa',
    ]);
  });

  test('provides its hardware, with the version of the driver', () => {
    const mlx5 = kernel({
      modules: {
        mlx5_core: {
          driverVersion: '5.7-1.0.2',
          aliases: ['pci:v000015B3d00001013sv*sd*bc*sc*i*', 'pci:v000015B3d00001014sv*sd*bc*sc*i*'],
        },
      },
    });
    const kmod = named(packageBuilds('rhel-kmod', [mlx5], bare), 'kmod-mlx5_core');
    expect(texts(kmod, 'provides')).toEqual(
      expect.arrayContaining([
        'kernel-modules >= 6.1.0-1-default',
        'mlx5_core-kmod = 5.7_1.0.2-0.6.1.0_1',
        'modalias(pci:v000015B3d0000101[34]sv*sd*bc*sc*i*) = 5.7_1.0.2',
      ]),
    );
    expect(kmod.supplements).toEqual([]);
  });

  test('notes who uses symbols that are not on the stablelist', () => {
    expect(packageBuilds('rhel-kmod', [driverStack], { ...bare, stablelist: ['module_layout'] }).notes).toEqual([
      'kmod-btrfs: symbols not on the stablelist: 1',
      'kmod-libphy: symbols not on the stablelist: 1',
    ]);
  });
});
