import { describe, expect, test } from 'vitest';
import { InputError } from '#errors';
import { packageBuilds } from '#packaging';
import { formatDependency, nevra, type RpmPackage } from '#rpm';
import { kernel } from '../support/kernel.js';

// Names, versions and checksums as the Hack Week proposal prints them for its example kernel.
const proposal = kernel({
  release: '5.14.21-lp154.23.1.g49db222.0-default',
  image: { __fentry__: 0xbdfb6dbb, module_layout: 0xaf29cff5, kfree: 0x0037a0cb },
  builtin: ['kernel/fs/binfmt_script.ko', 'kernel/drivers/usb/common/usb-common.ko'],
  modules: {
    ehci_hcd: {
      path: 'kernel/drivers/usb/host/ehci-hcd.ko',
      exports: { ehci_init_driver: 0xd72c5993, ehci_setup: 0x1a },
      imports: ['__fentry__', 'module_layout', 'kfree'],
    },
    ehci_pci: {
      path: 'kernel/drivers/usb/host/ehci-pci.ko',
      imports: ['__fentry__', 'ehci_init_driver', 'module_layout'],
      depends: ['ehci-hcd'],
      aliases: ['pci:v0000104Ad0000CC00sv*sd*bc*sc*i*', 'pci:v*d*sv*sd*bc0Csc03i20*'],
      bytes: 20_000,
      compressedBytes: 5_000,
    },
    e1000e: {
      path: 'kernel/drivers/net/ethernet/intel/e1000e/e1000e.ko',
      imports: ['module_layout'],
      aliases: ['pci:v00008086d0000105Fsv*sd*bc*sc*i*', 'pci:v00008086d0000105Esv*sd*bc*sc*i*'],
    },
  },
});

const made = packageBuilds('modular', [proposal]);

function named(name: string): RpmPackage {
  const found = made.packages.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no package ${name} among ${made.packages.map(nevra).join(' ')}`);
  return found;
}

const texts = (one: RpmPackage, kind: 'provides' | 'requires' | 'supplements'): string[] =>
  one[kind].map(formatDependency);

describe('a modular kernel', () => {
  test('is one package per kernel module, the image and the patterns, in order of NEVRA', () => {
    expect(made.packages.map(nevra)).toEqual(
      [
        'e1000e-kmp-default',
        'ehci-hcd-kmp-default',
        'ehci-pci-kmp-default',
        'kernel-default',
        'kernel-network-driver-all',
        'kernel-usb-driver-all',
      ].map((name) => `${name}-5.14.21-lp154.23.1.g49db222.0.x86_64`),
    );
  });

  test('has ehci-pci require its symbols by checksum, module_layout too, and nothing else', () => {
    expect(texts(named('ehci-pci-kmp-default'), 'requires')).toEqual([
      'ksym(default:__fentry__) = bdfb6dbb',
      'ksym(default:ehci_init_driver) = d72c5993',
      'ksym(default:module_layout) = af29cff5',
    ]);
  });

  test('has ehci-hcd provide them under the names the proposal shows', () => {
    expect(texts(named('ehci-hcd-kmp-default'), 'provides')).toEqual([
      'ehci-hcd-kmp = 5.14.21',
      'ehci-hcd-kmp-default = 5.14.21-lp154.23.1.g49db222.0',
      'ehci-hcd-kmp-default(x86-64) = 5.14.21-lp154.23.1.g49db222.0',
      'kmod(ehci_hcd.ko)',
      'ksym(default:ehci_init_driver) = d72c5993',
      'ksym(default:ehci_setup) = 1a',
      'multiversion(kernel)',
    ]);
  });

  test('supplements the hardware a kernel module drives', () => {
    expect(texts(named('ehci-pci-kmp-default'), 'supplements')).toEqual([
      'modalias(kernel-default:pci:v*d*sv*sd*bc0Csc03i20*)',
      'modalias(kernel-default:pci:v0000104Ad0000CC00sv*sd*bc*sc*i*)',
    ]);
    expect(texts(named('e1000e-kmp-default'), 'supplements')).toEqual([
      'modalias(kernel-default:pci:v00008086d0000105[EF]sv*sd*bc*sc*i*)',
    ]);
  });

  test('has an image that provides its symbols, without leading zeros, its built-in kernel modules and its release', () => {
    expect(texts(named('kernel-default'), 'provides')).toEqual([
      'kernel = 5.14.21-lp154.23.1.g49db222.0',
      'kernel-base = 5.14.21-lp154.23.1.g49db222.0',
      'kernel-default = 5.14.21-lp154.23.1.g49db222.0',
      'kernel-default(x86-64) = 5.14.21-lp154.23.1.g49db222.0',
      'kernel-default-5.14.21-lp154.23.1.g49db222.0 = 5.14.21-lp154.23.1.g49db222.0',
      'kernel-default_x86_64 = 5.14.21-lp154.23.1.g49db222.0',
      'kernel-uname-r = 5.14.21-lp154.23.1.g49db222.0-default',
      'kmod(binfmt_script.ko)',
      'kmod(usb_common.ko)',
      'ksym(default:__fentry__) = bdfb6dbb',
      'ksym(default:kfree) = 37a0cb',
      'ksym(default:module_layout) = af29cff5',
      'multiversion(kernel)',
    ]);
    expect(named('kernel-default').requires).toEqual([]);
  });

  test('puts each kernel module where modprobe looks for it, and says what it weighs', () => {
    const { files, installedBytes, packageBytes } = named('ehci-pci-kmp-default');
    expect(files).toEqual([
      { path: '/lib/modules/5.14.21-lp154.23.1.g49db222.0-default/kernel/drivers/usb/host/ehci-pci.ko', kind: 'file' },
    ]);
    expect(installedBytes).toBe(20_000);
    // Above its compressed payload by a header of a few kilobytes.
    expect(packageBytes).toBeGreaterThan(5_000 + 5_000);
    expect(packageBytes).toBeLessThan(5_000 + 10_000);
  });

  test('has patterns that require every package with a matching driver', () => {
    expect(texts(named('kernel-usb-driver-all'), 'requires')).toEqual([
      'ehci-hcd-kmp-default >= 5.14.21-lp154.23.1.g49db222.0',
      'ehci-pci-kmp-default >= 5.14.21-lp154.23.1.g49db222.0',
    ]);
    expect(texts(named('kernel-network-driver-all'), 'requires')).toEqual([
      'e1000e-kmp-default >= 5.14.21-lp154.23.1.g49db222.0',
    ]);
  });

  test('is the same value for the same input', () => {
    expect(JSON.stringify(packageBuilds('modular', [proposal]))).toBe(JSON.stringify(made));
  });
});

describe('a modular kernel is refused', () => {
  const refused = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      if (error instanceof InputError) return error;
      throw error;
    }
    throw new Error('nothing was refused');
  };

  test('when two packages would have one NEVRA, naming it and the files of both', () => {
    const twice = kernel({ modules: { x: { path: 'kernel/lib/x.ko' }, x_too: { path: 'updates/x.ko' } } });
    const error = refused(() => packageBuilds('modular', [twice]));
    expect(error.code).toBe('invalid');
    expect(error.message).toContain('x-kmp-default-6.1.0-1.x86_64');
    expect(error.message).toContain('/updates/x.ko');
  });

  test('when two builds share a directory, or come in the wrong order', () => {
    expect(refused(() => packageBuilds('modular', [proposal, proposal])).message).toContain(proposal.release);
    const [older, newer] = ['6.1.0-9-default', '6.1.0-10-default'].map((release) => kernel({ release }));
    if (older === undefined || newer === undefined) throw new Error('two builds');
    expect(packageBuilds('modular', [older, newer]).packages).toHaveLength(2);
    expect(refused(() => packageBuilds('modular', [newer, older])).message).toContain(
      '6.1.0-9 does not sort after 6.1.0-10',
    );
  });

  test('when a build has no checksums', () => {
    const error = refused(() => packageBuilds('modular', [{ ...proposal, modversions: false }]));
    expect(error.code).toBe('unsupported');
    expect(error.message).toContain('CONFIG_MODVERSIONS');
  });

  test.each([
    [{ revision: '1-2' }, 'release'],
    [{ upstreamVersion: '6 1' }, 'version'],
    [{ flavor: 'a b' }, 'name'],
  ])('when %o is not what rpm allows', (change, what) => {
    const error = refused(() => packageBuilds('modular', [{ ...proposal, ...change }]));
    expect(error.code).toBe('invalid');
    expect(error.message).toContain(`as ${what} of package`);
  });

  test('when an option is unknown, to all schemes or to this one', () => {
    expect(refused(() => packageBuilds('modular', [proposal], { granularity: 'fine' })).message).toContain(
      'granularity',
    );
    expect(refused(() => packageBuilds('modulor', [proposal])).message).toContain('modular');
  });

  test('when a kernel module that is not there is said to be rebuilt', () => {
    const rebuilt = { rebuilt: { e100: { release: '2' } } };
    expect(refused(() => packageBuilds('modular', [proposal], rebuilt)).code).toBe('missing');
  });
});
