import { describe, expect, test } from 'vitest';
import { packageBuilds } from '#packaging';
import { bare, driverStack, named, texts } from '../support/package-set.js';

describe('uname-r', () => {
  test('ties to the exact release and to no symbol', () => {
    const made = packageBuilds('uname-r', [driverStack], { ...bare, hardRequires: false });
    expect(texts(named(made, 'r8169-kmp-default'), 'requires')).toEqual(['kernel-uname-r = 6.1.0-53-default']);
    expect(made.packages.flatMap((one) => texts(one, 'provides')).filter((text) => text.startsWith('ksym('))).toEqual(
      [],
    );
  });

  test('names what depmod says unless told not to', () => {
    const made = packageBuilds('uname-r', [driverStack], bare);
    expect(texts(named(made, 'r8169-kmp-default'), 'requires')).toContain('libphy-kmp-default = 6.1.0-53');
  });

  test('packages a kernel without checksums', () => {
    expect(packageBuilds('uname-r', [{ ...driverStack, modversions: false }], bare).packages).toHaveLength(6);
  });
});
