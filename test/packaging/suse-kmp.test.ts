import { describe, expect, test } from 'vitest';
import type { KernelBuild } from '#kernel';
import { packageBuilds } from '#packaging';
import { nevra } from '#rpm';
import { kernel } from '../support/kernel.js';
import { bare, driverStack, named, names, refusal, texts } from '../support/package-set.js';

describe('suse-kmp', () => {
  const manual = kernel({
    release: '4.4.73-5-default',
    image: { __fentry__: 0xbdfb6dbb, module_layout: 0x86aec989, param_ops_int: 0xdbc5e1fa, printk: 0x27e1a049 },
    modules: {
      hello: {
        path: 'updates/hello.ko',
        exports: { exported_function: 0xe52d5bcf },
        imports: ['__fentry__', 'module_layout', 'param_ops_int', 'printk'],
        inTree: false,
      },
    },
  });
  const made = packageBuilds('suse-kmp', [manual], { ...bare, prefix: 'suse' });
  const hello = named(made, 'suse-hello-kmp-default');

  test("makes the manual's suse-hello", () => {
    expect(nevra(hello)).toBe('suse-hello-kmp-default-1.0_k4.4.73_5-0.x86_64');
    expect(texts(hello, 'requires')).toEqual([
      'ksym(default:__fentry__) = bdfb6dbb',
      'ksym(default:module_layout) = 86aec989',
      'ksym(default:param_ops_int) = dbc5e1fa',
      'ksym(default:printk) = 27e1a049',
    ]);
    expect(texts(hello, 'provides')).toEqual([
      'kmod(hello.ko)',
      'ksym(default:exported_function) = e52d5bcf',
      'multiversion(kernel)',
      'suse-hello-kmp = 1.0',
      'suse-hello-kmp = 1.0_k4.4.73_5',
      'suse-hello-kmp-default = 1.0_k4.4.73_5-0',
      'suse-hello-kmp-default(x86-64) = 1.0_k4.4.73_5-0',
      'suse-hello-kmp-default-k4.4.73_5',
    ]);
    expect(hello.files.map(({ path }) => path)).toEqual(['/lib/modules/4.4.73-5-default/updates/hello.ko']);
  });

  test('cannot be installed twice for one kernel, and is wanted beside its userland', () => {
    expect(texts(hello, 'conflicts')).toEqual(['suse-hello-kmp-default-k4.4.73_5']);
    expect(texts(hello, 'enhances')).toEqual(['kernel-default']);
    expect(texts(hello, 'supplements')).toEqual(['(kernel-default and suse-hello)']);
  });

  test('brings the certificate of a signed external kernel module', () => {
    const signed = { ...manual, modules: manual.modules.map((one) => ({ ...one, signer: 'ACME' })) };
    const set = packageBuilds('suse-kmp', [signed], { ...bare, prefix: 'suse' });
    expect(names(set)).toContain('suse-hello-ueficert');
    expect(texts(named(set, 'suse-hello-kmp-default'), 'requires')).toContain('suse-hello-ueficert');
  });

  test('is one package for each flavor', () => {
    const rt: KernelBuild = { ...manual, release: '4.4.73-5-rt', flavor: 'rt' };
    const both = packageBuilds('suse-kmp', [manual, rt], { ...bare, prefix: 'suse' });
    expect(names(both)).toEqual(['kernel-default', 'kernel-rt', 'suse-hello-kmp-default', 'suse-hello-kmp-rt']);
    expect(texts(named(both, 'suse-hello-kmp-rt'), 'requires')).toContain('ksym(rt:printk) = 27e1a049');
  });

  test('leaves in the kernel what is not said to be external', () => {
    const set = packageBuilds('suse-kmp', [driverStack], { ...bare, external: ['r81*'] });
    expect(names(set)).toEqual(['kernel-default', 'r8169-kmp-default']);
    expect(refusal(() => packageBuilds('suse-kmp', [driverStack], { external: ['nope'] })).message).toContain('nope');
  });
});
