import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { packageBuilds } from '#packaging';
import { kernel } from '../support/kernel.js';
import { bare, driverStack, named, names, texts } from '../support/package-set.js';

describe('openwrt', () => {
  test('ties to version and configuration by one hash', () => {
    const made = packageBuilds('openwrt', [driverStack], bare);
    const hash = createHash('md5')
      .update(
        ['binfmt_script=y', 'btrfs=m', 'libphy=m', 'r8169=m', 'snd-hda=m', 'xxhash_generic=m']
          .map((line) => `${line}\n`)
          .join(''),
      )
      .digest('hex');
    expect(texts(named(made, 'kmod-r8169'), 'requires')).toEqual([`kernel = 6.1.0-53-${hash}`, 'kmod-libphy']);
    expect(texts(named(made, 'kernel'), 'provides')).toContain(`kernel = 6.1.0-53-${hash}`);
  });
});

describe('yocto', () => {
  test('has the version in every name and one package that requires all', () => {
    const made = packageBuilds('yocto', [driverStack], bare);
    expect(texts(named(made, 'kernel-module-r8169-6.1.0-53-default'), 'requires')).toEqual([
      'kernel-6.1.0-53-default',
      'kernel-module-libphy-6.1.0-53-default',
    ]);
    expect(texts(named(made, 'kernel-modules'), 'requires')).toHaveLength(5);
    expect(names(made)).toContain('kernel-module-xxhash-generic-6.1.0-53-default');
  });

  test('lets kernel modules share a package where their legal names are one', () => {
    const twins = kernel({ modules: { xt_DSCP: {}, xt_dscp: {} } });
    const shared = named(packageBuilds('yocto', [twins], bare), 'kernel-module-xt-dscp-6.1.0-1-default');
    expect(shared.files).toHaveLength(2);
  });
});
