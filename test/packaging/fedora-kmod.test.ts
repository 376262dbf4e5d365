import { describe, expect, test } from 'vitest';
import { packageBuilds } from '#packaging';
import { kernel } from '../support/kernel.js';
import { bare, named, names, texts } from '../support/package-set.js';

describe('fedora-kmod', () => {
  test('is tied to one kernel and to its userland', () => {
    const old = kernel({
      release: '2.6.18-1.2257.fc5',
      flavor: 'default',
      modules: { foo: { depends: ['bar'] }, bar: {} },
    });
    const made = packageBuilds('fedora-kmod', [{ ...old, release: '2.6.18-1.2257.fc5-default' }], bare);
    const kmod = named(made, 'kmod-foo-2.6.18-1.2257.fc5');
    expect(texts(kmod, 'requires')).toEqual([
      'foo-kmod-common >= 1.0',
      'kernel-x86_64 = 2.6.18-1.2257.fc5',
      'kmod-bar-2.6.18-1.2257.fc5',
    ]);
    expect(texts(kmod, 'provides')).toEqual(
      expect.arrayContaining(['foo-kmod = 1.0-0', 'kernel-modules = 2.6.18-1.2257.fc5']),
    );
    expect(texts(named(made, 'kernel-core'), 'provides')).toContain('kernel-x86_64 = 2.6.18-1.2257.fc5');
    expect(texts(named(made, 'foo'), 'provides')).toContain('foo-kmod-common = 1.0');
  });

  test('names the variant after the version', () => {
    const pae = kernel({ release: '2.6.18-1.2257.fc5-PAE', flavor: 'PAE', modules: { foo: {} } });
    expect(names(packageBuilds('fedora-kmod', [pae], bare))).toContain('kmod-foo-2.6.18-1.2257.fc5PAE');
  });
});
