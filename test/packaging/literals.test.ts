import { describe, expect, test } from 'vitest';
import { packageBuilds } from '#packaging';
import type { DependencyKind } from '#rpm';
import { type KernelSpec, kernel } from '../support/kernel.js';
import { bare, named, texts } from '../support/package-set.js';

/**
 * Literal examples of the sources that schemes are made after, letter by letter. Those of whole packages are in the tests of their schemes:
 * suse-hello of SUSE's manual, ehci-pci of the Hack Week proposal, foo-kmp-default-5.3.18_59.5-1.0.
 */
interface Literal {
  readonly source: string;
  readonly literal: string;
  readonly kind: DependencyKind;
  readonly scheme: string;
  readonly of: string;
  readonly build: KernelSpec;
}

/** Device ids that differ in one digit, as mlx5_core's do. */
const mellanox = [...'3456789ABCDEF'].map((digit) => `pci:v000015B3d0000101${digit}sv*sd*bc*sc*i*`);
const ehci: KernelSpec = {
  release: '6.4.0-150600.21-default',
  image: { usb_hcd_pci_probe: 0x492fdaa7, module_layout: 0xaf29cff5, printk: 0x0001a2b3 },
  builtin: ['kernel/drivers/usb/host/ehci-pci.ko'],
  modules: {
    'ehci-platform': { path: 'kernel/drivers/usb/host/ehci-platform.ko', imports: ['module_layout', 'printk'] },
  },
};
const fedora: KernelSpec = {
  release: '6.11.4-301.fc41.x86_64',
  image: { printk: 0x0001a2b3 },
  modules: {
    foo: {
      path: 'kernel/fs/foo.ko',
      driverVersion: '5.7-1.0.2',
      aliases: mellanox,
      imports: ['printk'],
      exports: { foo_sym: 0xbdfb6dbb },
      firmware: ['foo.bin'],
    },
    bar: { path: 'kernel/fs/bar.ko', imports: ['foo_sym'] },
  },
};

const literals: readonly Literal[] = [
  ...(
    [
      ['provides', 'modular', 'kernel-default', 'ksym(default:usb_hcd_pci_probe) = 492fdaa7'],
      ['provides', 'modular', 'kernel-default', 'ksym(default:printk) = 1a2b3'],
      ['provides', 'modular', 'kernel-default', 'kmod(ehci_pci.ko)'],
      ['provides', 'modular', 'kernel-default', 'kernel-uname-r = 6.4.0-150600.21-default'],
      ['requires', 'modular', 'ehci-platform-kmp-default', 'ksym(default:module_layout) = af29cff5'],
      ['provides', 'modular', 'ehci-platform-kmp-default', 'multiversion(kernel)'],
      ['requires', 'uname-r', 'ehci-platform-kmp-default', 'kernel-uname-r = 6.4.0-150600.21-default'],
    ] as const
  ).map(([kind, scheme, of, literal]) => ({ source: 'rpm-config-SUSE', kind, scheme, of, literal, build: ehci })),
  ...(
    [
      ['provides', 'rhel-kmod', 'kernel-core', 'kernel(printk) = 0x0001a2b3'],
      ['requires', 'rhel-kmod', 'kmod-foo', 'kernel(printk) = 0x0001a2b3'],
      ['provides', 'rhel-kmod', 'kmod-foo', 'ksym(foo_sym) = 0xbdfb6dbb'],
      ['requires', 'rhel-kmod', 'kmod-bar', 'ksym(foo_sym) = 0xbdfb6dbb'],
      ['provides', 'rhel-kmod', 'kmod-foo', 'kmod(foo.ko)'],
      ['provides', 'rhel-kmod', 'kmod-foo', 'modalias(pci:v000015B3d0000101[3456789ABCDEF]sv*sd*bc*sc*i*) = 5.7_1.0.2'],
      ['recommends', 'rhel-kmod firmware=vendor', 'kmod-foo', 'firmware(foo.bin)'],
      ['provides', 'split layout=fedora', 'kernel-core', 'installonlypkg(kernel)'],
      ['provides', 'split layout=fedora', 'kernel-modules-core', 'installonlypkg(kernel-module)'],
      ['provides', 'split layout=fedora', 'kernel-core', 'kernel-core-uname-r = 6.11.4-301.fc41.x86_64'],
      ['requires', 'split layout=fedora', 'kernel-modules-core', 'kernel-uname-r = 6.11.4-301.fc41.x86_64'],
    ] as const
  ).map(([kind, scheme, of, literal]) => ({ source: 'kernel-srpm-macros', kind, scheme, of, literal, build: fedora })),
];

describe('literal examples', () => {
  test.each(literals.map((one) => [one.source, one.scheme, one.of, one.kind, one.literal, one.build] as const))(
    'of %s under %s: %s %s %s',
    (_source, scheme, of, kind, literal, build) => {
      expect(texts(named(packageBuilds(scheme, [kernel(build)], bare), of), kind)).toContain(literal);
    },
  );
});

test("symsets have the names of directories that SLE's had: kernel(default:net_core) = 16 hexadecimal digits", () => {
  const net = kernel({ modules: { netdev: { path: 'kernel/net/core/netdev.ko', exports: { dev_open: 1 } } } });
  const provides = texts(named(packageBuilds('symset', [net], bare), 'netdev-kmp-default'), 'provides');
  expect(provides).toContainEqual(expect.stringMatching(/^kernel\(default:net_core\) = [0-9a-f]{16}$/));
});

test('the KMP template of an external driver foo, version 1.0 for 4.4.73-5', () => {
  const build = kernel({ release: '4.4.73-5-default', modules: { foo: { path: 'updates/foo.ko' } } });
  const foo = named(packageBuilds('suse-kmp', [build], bare), 'foo-kmp-default');
  expect(texts(foo, 'provides')).toEqual(
    expect.arrayContaining([
      'foo-kmp = 1.0_k4.4.73_5',
      'foo-kmp = 1.0',
      'multiversion(kernel)',
      'foo-kmp-default-k4.4.73_5',
    ]),
  );
  expect(texts(foo, 'conflicts')).toEqual(['foo-kmp-default-k4.4.73_5']);
  expect(texts(foo, 'enhances')).toEqual(['kernel-default']);
  expect(texts(foo, 'supplements')).toEqual(['(kernel-default and foo)']);
});

test("OpenWrt's kernel (= 5.15.167-1-<md5>)", () => {
  const build = kernel({ release: '5.15.167-1-default', modules: { foo: {} } });
  const requires = texts(named(packageBuilds('openwrt', [build], bare), 'kmod-foo'), 'requires');
  expect(requires).toEqual([expect.stringMatching(/^kernel = 5\.15\.167-1-[0-9a-f]{32}$/)]);
});
