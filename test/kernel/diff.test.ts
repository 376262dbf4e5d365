import { describe, expect, test } from 'vitest';
import { builtinKernels, diffKernels, loadBuiltinKernel } from '#kernel';
import { kernel } from '../support/kernel.js';

describe('diffKernels', () => {
  test('tells changed, lost and added symbols apart, and who imported them', () => {
    const before = kernel({
      release: '1',
      image: { kmalloc: 1, printk: 2, old: 3 },
      modules: {
        usbcore: { exports: { usb_register: 10 }, imports: ['kmalloc'] },
        nic: { imports: ['usb_register', 'printk'] },
        other: { imports: ['old'] },
        alone: { imports: ['printk'] },
      },
    });
    const after = kernel({
      release: '2',
      image: { kmalloc: 1, printk: 2, fresh: 4 },
      modules: { usbcore: { exports: { usb_register: 11 }, imports: ['kmalloc'] }, added: {} },
    });
    expect(diffKernels(before, after)).toEqual({
      from: '1',
      to: '2',
      kept: 3,
      changed: [{ name: 'usb_register', exporter: 'usbcore', before: 10, after: 11, importers: ['nic'] }],
      lost: [{ name: 'old', exporter: 'vmlinux', before: 3, after: null, importers: ['other'] }],
      added: [{ name: 'fresh', exporter: 'vmlinux', before: null, after: 4, importers: [] }],
      unknown: [],
      brokenInAll: new Set(['other']),
      undecided: [],
      broken: [
        { name: 'nic', path: 'kernel/drivers/nic/nic.ko', reason: 'symbols', symbols: ['usb_register'] },
        { name: 'other', path: 'kernel/drivers/other/other.ko', reason: 'symbols', symbols: ['old'] },
      ],
      modulesLost: ['alone', 'nic', 'other'],
      modulesAdded: ['added'],
    });
  });

  test('a symbol that moves between the image and a kernel module is neither lost nor changed', () => {
    const before = kernel({ image: { f: 1 }, modules: { user: { imports: ['f'] } } });
    const after = kernel({ modules: { lib: { exports: { f: 1 } }, user: { imports: ['f'] } } });
    expect(diffKernels(before, after)).toMatchObject({ kept: 1, changed: [], lost: [], added: [], broken: [] });
  });

  test('what an inferred image leaves open is unknown', () => {
    const complete = kernel({ image: { used: 1, unused: 2 }, modules: { user: { imports: ['used'] } } });
    const inferred = kernel({ image: { used: 1 }, exportsFrom: 'inferred', modules: { user: { imports: ['used'] } } });
    expect(diffKernels(complete, inferred)).toMatchObject({ kept: 1, lost: [], unknown: [{ name: 'unused' }] });
    expect(diffKernels(inferred, complete)).toMatchObject({ kept: 1, added: [] });
  });

  test('a build differs from itself in nothing', async () => {
    const [name] = await builtinKernels();
    const build = await loadBuiltinKernel(name ?? '');
    expect(diffKernels(build, build)).toMatchObject({ changed: [], lost: [], added: [], broken: [] });
  });

  /** Counted independently of this code, from the packages themselves with kmod's tools. */
  test.each([
    ['48', '49', 0, 0],
    ['50', '51', 15, 3],
  ])('Debian 6.1.0-%s > -%s changes %i CRCs and breaks %i kernel modules', async (from, to, changed, broken) => {
    const diff = diffKernels(await debian(from), await debian(to));
    expect([diff.changed.length, diff.broken.length]).toEqual([changed, broken]);
  });

  test('one update of the chain breaks all kernel modules, and one breaks network drivers but not storage', async () => {
    expect(diffKernels(await debian('54'), await debian('55')).broken).toHaveLength(4023);
    const broken = new Set(diffKernels(await debian('52'), await debian('53')).broken.map(({ name }) => name));
    expect(
      ['e1000e', 'igb', 'ixgbe', 'i40e', 'tg3', 'bnx2x', 'mlx5_core', 'r8169', 'virtio_net'].filter(
        (name) => !broken.has(name),
      ),
    ).toEqual([]);
    expect(['nvme', 'mpt3sas', 'megaraid_sas', 'usb_storage'].filter((name) => broken.has(name))).toEqual([]);
  });
});

const debian = (abi: string) => loadBuiltinKernel(`debian-6.1.0-${abi}-amd64`);
