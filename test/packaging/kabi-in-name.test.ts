import { describe, expect, test } from 'vitest';
import { packageBuilds } from '#packaging';
import { kernel } from '../support/kernel.js';
import { bare, driverStack, named, names, texts } from '../support/package-set.js';

describe('kabi-in-name', () => {
  const foo = kernel({
    release: '5.3.18-59.5-default',
    image: { printk: 0x1 },
    modules: { foo: { imports: ['printk'] } },
  });

  test('has the kernel in the name as the proposal wrote it', () => {
    const made = packageBuilds('kabi-in-name', [foo], bare);
    const kmp = named(made, 'foo-kmp-default-5.3.18_59.5');
    expect(`${kmp.name}-${kmp.evr.version}`).toBe('foo-kmp-default-5.3.18_59.5-1.0');
    expect(texts(kmp, 'provides')).not.toContain('multiversion(kernel)');
    expect(texts(kmp, 'requires')).toEqual(['ksym(default:printk) = 1']);
  });

  test('has it as the hackweek25 branch does', () => {
    expect(names(packageBuilds('kabi-in-name', [foo], { ...bare, naming: 'hackweek25' }))).toEqual([
      'foo-k5.3.18_59.5-kmp-default',
      'kernel-default',
    ]);
  });

  test('may name what it needs for its own kernel', () => {
    const made = packageBuilds('kabi-in-name', [driverStack], { ...bare, naming: 'hackweek25', hardRequires: true });
    expect(texts(named(made, 'r8169-k6.1.0_53-kmp-default'), 'requires')).toContain(
      'libphy-k6.1.0_53-kmp-default = 1.0',
    );
  });

  test("takes the driver's own version, made fit for rpm", () => {
    const versioned = { ...foo, modules: foo.modules.map((one) => ({ ...one, driverVersion: '3.2.6-k' })) };
    expect(named(packageBuilds('kabi-in-name', [versioned], bare), 'foo-kmp-default-5.3.18_59.5').evr.version).toBe(
      '3.2.6_k',
    );
  });
});
