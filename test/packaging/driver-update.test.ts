import { describe, expect, test } from 'vitest';
import { packageDriverUpdate, withDriverUpdate } from '#packaging';
import { formatDependency, nevra } from '#rpm';
import { kernel } from '../support/kernel.js';

const build = (revision: string, layout: number) =>
  kernel({
    release: `6.1.0-${revision}-default`,
    image: { module_layout: layout, netdev_alloc: layout + 1 },
    modules: {
      mii: { path: 'kernel/drivers/net/mii.ko', exports: { mii_check: 0xaa }, imports: ['module_layout'] },
      r8169: { path: 'kernel/drivers/net/r8169.ko', imports: ['mii_check', 'module_layout', 'netdev_alloc'] },
    },
  });

describe('a driver-only update', () => {
  test('is the one package that changed, with its new release and the same symbols', () => {
    const update = packageDriverUpdate('modular', build('1', 0x100), { kernelModule: 'r8169', release: '1.1' });
    expect(update.packages.map(nevra)).toEqual(['r8169-kmp-default-6.1.0-1.1.x86_64']);
    expect(update.packages[0]?.requires.map(formatDependency)).toEqual([
      'ksym(default:mii_check) = aa',
      'ksym(default:module_layout) = 100',
      'ksym(default:netdev_alloc) = 101',
    ]);
  });

  test('needs the symbols of the kernel it was compiled against', () => {
    const update = { kernelModule: 'r8169', version: '6.2', builtAgainst: build('2', 0x200) };
    const [driver] = packageDriverUpdate('modular', build('1', 0x100), update).packages;
    expect(driver?.requires.map(formatDependency)).toContain('ksym(default:module_layout) = 200');
    expect(driver === undefined ? '' : nevra(driver)).toBe('r8169-kmp-default-6.2-1.x86_64');
  });

  test('may export symbols with new checksums', () => {
    const changed = withDriverUpdate(build('1', 0x100), {
      kernelModule: 'mii',
      release: '2',
      exportCrcs: { mii_check: 0xbb },
    });
    expect(changed.modules.find(({ name }) => name === 'mii')?.exports).toEqual([
      { name: 'mii_check', crc: 0xbb, gplOnly: false, namespace: null },
    ]);
  });

  test('is a whole new kernel where the kernel is one package', () => {
    const update = packageDriverUpdate('monolithic', build('1', 1), { kernelModule: 'r8169', release: '1.1' });
    expect(update.packages.map(nevra)).toEqual(['kernel-default-6.1.0-1.1.x86_64']);
  });

  test('must sort after what it replaces', () => {
    const older = { kernelModule: 'r8169', version: '6.0' };
    expect(() => packageDriverUpdate('modular', build('1', 1), older)).toThrow(
      /r8169-kmp-default-6.0-1.*sort after 6.1.0-1/,
    );
  });

  test('must be told from the package before', () => {
    expect(() => packageDriverUpdate('modular', build('1', 1), { kernelModule: 'r8169' })).toThrow(
      /version or release/,
    );
    expect(() => withDriverUpdate(build('1', 1), { kernelModule: 'nope', release: '2' })).toThrow(
      /no kernel module "nope"/,
    );
  });
});
