import { describe, expect, it } from 'vitest';
import { churn, subsystem } from '#analyse';
import { kernel } from '../support/kernel.js';

const nicPath = 'kernel/drivers/net/ethernet/nic/nic.ko';
const before = kernel({
  release: '6.1.0-1-default',
  image: { kmalloc: 0x11, printk: 0x12, gone: 0x13 },
  modules: {
    core: { exports: { core_register: 0xa1 }, imports: ['kmalloc'], path: 'kernel/fs/core.ko' },
    nic: { imports: ['core_register', 'kmalloc'], path: nicPath },
    sound: { imports: ['gone', 'printk'], path: 'kernel/sound/pci/sound.ko' },
  },
});

describe('the churn between two builds', () => {
  it('is nothing between a build and itself', () => {
    expect(churn(before, before)).toMatchObject({ changed: 0, added: 0, lost: 0, broken: 0, responsible: [] });
  });

  it('counts changed, added and lost symbols and the kernel modules that import one of them', () => {
    const after = kernel({
      release: '6.1.0-2-default',
      image: { kmalloc: 0x11, printk: 0x12, fresh: 0x14 },
      modules: {
        core: { exports: { core_register: 0xa2 }, imports: ['kmalloc'], path: 'kernel/fs/core.ko' },
        nic: { imports: ['core_register', 'kmalloc'], path: nicPath },
      },
    });
    expect(churn(before, after)).toEqual({
      from: '6.1.0-1-default',
      to: '6.1.0-2-default',
      symbols: 4,
      changed: 1,
      added: 1,
      lost: 1,
      unknown: 0,
      kernelModules: 3,
      broken: 2,
      brokenByVermagic: 0,
      // nic still loads beside the older core, which exports what it was built against.
      brokenInAll: 1,
      undecided: 0,
      brokenBySubsystem: [
        { name: 'drivers/net', count: 1 },
        { name: 'sound', count: 1 },
      ],
      responsible: [
        { name: 'core_register', count: 1 },
        { name: 'gone', count: 1 },
      ],
    });
  });

  it('knows nothing of unused symbols of an inferred image', () => {
    const unused = kernel({ image: { kmalloc: 0x11, nobody: 0x15 }, modules: { nic: { imports: ['kmalloc'] } } });
    const after = kernel({ image: { kmalloc: 0x11 }, exportsFrom: 'inferred', modules: {} });
    expect(churn(unused, after)).toMatchObject({ symbols: 1, lost: 0, broken: 0 });
    expect(churn(after, unused).added).toBe(0);
    expect(churn(unused, kernel({ image: { kmalloc: 0x11 } }))).toMatchObject({ symbols: 2, lost: 1 });
  });

  it('finds a symbol that moved from the image into a kernel module unchanged', () => {
    const after = kernel({
      image: { kmalloc: 0x11, gone: 0x13 },
      modules: { core: { exports: { core_register: 0xa1 } }, log: { exports: { printk: 0x12 } } },
    });
    expect(churn(before, after)).toMatchObject({ changed: 0, lost: 0, broken: 0 });
  });
});

describe('the subsystem of a kernel module', () => {
  it.each([
    ['kernel/drivers/net/ethernet/intel/e1000e/e1000e.ko', 'drivers/net'],
    ['kernel/drivers/thermal.ko', 'drivers'],
    ['kernel/fs/ext4/ext4.ko.xz', 'fs'],
    ['updates/foo.ko', 'updates'],
    ['foo.ko', 'other'],
  ])('of %s is %s', (path, expected) => {
    expect(subsystem(path)).toBe(expected);
  });
});
