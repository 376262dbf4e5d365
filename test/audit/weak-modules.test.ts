import { describe, expect, it } from 'vitest';
import type { Payload } from '#audit';
import type { KernelBuild } from '#kernel';
import { audited, image, kmp } from '../support/installed.js';
import { kernel } from '../support/kernel.js';

/** A library and a driver that needs it, by the checksums of one symbol of the image and of the library's own. */
function build(number: number, kmalloc: number, library = 0xaa, flavor = 'default'): KernelBuild {
  return kernel({
    release: `6.1.0-${number}-${flavor}`,
    flavor,
    image: { kmalloc, memcpy: 7 },
    modules: {
      libdisk: { exports: { disk_register: library }, imports: ['memcpy'] },
      disk: { imports: ['kmalloc', 'disk_register'] },
    },
  });
}

const extra = { directory: 'extra' };
const [first, second, third] = [build(1, 1), build(2, 2), build(3, 1)];

/** What a kernel sees through weak-updates, `name of release`, where Red Hat's script made the links. */
function linked(installed: readonly Payload[], release: string): string[] {
  const { kernels } = audited(installed, { policy: { weakModules: 'weak-modules' } });
  const found = kernels.find((one) => one.release === release);
  return [`${found?.weakUpdates} linked`, `${found?.loadable} loadable`, `${found?.shadowed} hidden`];
}

describe("Red Hat's weak-modules", () => {
  it('gives a kernel that comes those kernel modules of others that fit, one by one', () => {
    const both = kmp(first, 'kmod-disk-1-1', ['libdisk', 'disk'], extra);
    expect(linked([image(first), both, image(second)], second.release)).toEqual(['1 linked', '1 loadable', '0 hidden']);
  });

  it('links all kernel modules of a package that comes, or none', () => {
    const both = kmp(first, 'kmod-disk-1-1', ['libdisk', 'disk'], extra);
    expect(linked([image(first), image(second), both], second.release)[0]).toBe('0 linked');
    expect(linked([image(first), image(third), both], third.release)[0]).toBe('2 linked');
  });

  it('takes the one of the newest kernel of two at one place, and no older one where that does not fit', () => {
    const old = kmp(first, 'kmod-disk-1-1', ['libdisk', 'disk'], extra);
    const newer = kmp(second, 'kmod-disk-2-1', ['libdisk', 'disk'], extra);
    // The driver for the first kernel would fit the third.
    expect(linked([image(first), old, image(second), newer, image(third)], third.release)[0]).toBe('1 linked');
    expect(linked([image(first), old, image(second), image(third)], third.release)[0]).toBe('2 linked');
    // A package that comes later and does not fit leaves what was there.
    expect(linked([image(first), old, image(second), image(third), newer], third.release)[0]).toBe('2 linked');
  });

  it('takes what needs a misfit along', () => {
    const other = build(4, 1, 0xbb);
    const driver = kmp(other, 'kmod-disk-1-1', ['disk'], extra);
    const library = kmp(first, 'kmod-libdisk-1-1', ['libdisk'], extra);
    expect(linked([image(first), library, image(other), driver, image(third)], third.release)[0]).toBe('1 linked');
  });

  it('asks no flavor, only symbols, and no directory but extra', () => {
    const rt = build(5, 1, 0xaa, 'rt');
    expect(linked([image(rt), kmp(rt, 'kmod-disk-1-1', ['libdisk'], extra), image(third)], third.release)[0]).toBe(
      '1 linked',
    );
    const updates = kmp(first, 'kmod-disk-1-1', ['libdisk'], { directory: 'updates' });
    expect(linked([image(first), updates, image(third)], third.release)[0]).toBe('0 linked');
  });

  it('links what an own kernel module of the name then hides', () => {
    const own = kmp(third, 'kmod-libdisk-3-1', ['libdisk'], extra);
    const library = kmp(first, 'kmod-libdisk-1-1', ['libdisk'], { directory: 'extra' });
    expect(linked([image(first), library, image(third), own], third.release)).toEqual([
      '0 linked',
      '1 loadable',
      '1 hidden',
    ]);
  });
});
