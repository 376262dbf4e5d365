import { describe, expect, it } from 'vitest';
import type { Payload } from '#audit';
import type { KernelBuild } from '#kernel';
import type { LoaderPolicy } from '#run-document';
import { audited, image, kmp, payloads } from '../support/installed.js';
import { kernel } from '../support/kernel.js';

/** A storage driver and the library it needs, by the checksum of one symbol of the image. */
function build(number: number, kmalloc: number, library = 0xaa): KernelBuild {
  return kernel({
    release: `6.1.0-${number}-default`,
    image: { kmalloc },
    modules: {
      libdisk: { exports: { disk_register: library }, imports: ['kmalloc'] },
      disk: { imports: ['kmalloc', 'disk_register'] },
    },
  });
}

const old = build(1, 1);
const next = build(2, 1);

/** What the newest kernel makes of it. */
function newest(installed: readonly Payload[], policy: Partial<LoaderPolicy> = { weakModules: 'weak-modules2' }) {
  const [found] = audited(installed, { policy }).kernels;
  if (found === undefined) throw new Error('no kernel');
  const { visible, loadable, weakUpdates, shadowed, linksStopped } = found;
  return { visible, loadable, weakUpdates, shadowed, linksStopped };
}

const inUpdates = { directory: 'updates' };

describe('weak-modules2 as released', () => {
  it('links KMPs of a compatible kernel that lie in updates/, libraries before or after what needs them', () => {
    const kmps = [
      kmp(old, 'disk-kmp-default-1-1', ['disk'], inUpdates),
      kmp(old, 'zlib-kmp-default-1-1', ['libdisk'], inUpdates),
    ];
    const expected = { visible: 2, loadable: 2, weakUpdates: 2, shadowed: 0, linksStopped: null };
    expect(newest([image(old), image(next), ...kmps])).toEqual(expected);
    expect(newest([image(old), image(next), ...kmps.toReversed()])).toEqual(expected);
  });

  it('links nothing once one KMP has a kernel module in kernel/, as check_kmp() demands', () => {
    const kmps = [kmp(old, 'good-kmp-default-1-1', ['libdisk'], inUpdates), kmp(old, 'bad-kmp-default-1-1', ['disk'])];
    expect(newest([image(old), image(next), ...kmps])).toMatchObject({
      weakUpdates: 0,
      linksStopped: { reason: 'kmpInKernelDirectory', package: expect.stringContaining('bad-kmp-default-1-1') },
    });
  });

  it('tries again what needed a library that came later', () => {
    // rpmsort -r puts disk before alib.
    const kmps = [
      kmp(old, 'alib-kmp-default-1-1', ['libdisk'], inUpdates),
      kmp(old, 'disk-kmp-default-1-1', ['disk'], inUpdates),
    ];
    expect(newest([image(old), image(next), ...kmps])).toMatchObject({ weakUpdates: 2, loadable: 2 });
  });

  it('gives a name to the last of two KMPs by name, as rpmsort -r has them', () => {
    const named = (name: string, made: KernelBuild) => kmp(made, `${name}-kmp-default-1-1`, ['libdisk'], inUpdates);
    const other = build(1, 1, 0xbb);
    const needy = kmp(build(1, 1, 0xbb), 'disk-kmp-default-1-1', ['disk'], inUpdates);
    const machine = [image(build(1, 1)), image(next), needy];
    expect(newest([...machine, named('alpha', old), named('zeta', other)])).toMatchObject({ weakUpdates: 2 });
    expect(newest([...machine, named('alpha', other), named('zeta', old)])).toMatchObject({ weakUpdates: 1 });
  });

  it('links nothing once one KMP has no kernel modules, or those of two kernels', () => {
    const good = kmp(old, 'good-kmp-default-1-1', ['libdisk'], inUpdates);
    const none = kmp(old, 'none-kmp-default-1-1', [], inUpdates);
    const mixed = kmp(old, 'mixed-kmp-default-1-1', ['disk'], inUpdates);
    const ofTwo = { ...mixed, modules: [...mixed.modules, ...kmp(next, 'x-1-1', ['disk'], inUpdates).modules] };
    for (const [faulty, kernels] of [
      [none, 0],
      [ofTwo, 2],
    ] as const) {
      expect(newest([image(old), image(next), good, faulty])).toMatchObject({
        weakUpdates: 0,
        linksStopped: {
          reason: 'kmpOfSeveralKernels',
          package: expect.stringContaining(faulty.package.name),
          kernels,
        },
      });
    }
  });

  it('takes a package for a KMP by its name and flavor, and leaves out what was built with the kernel', () => {
    const at = (nvr: string, provides: readonly string[] = []) =>
      newest([image(old), image(next), kmp(old, nvr, ['libdisk'], { ...inUpdates, provides })]).weakUpdates;
    expect(at('libdisk-kmp-default-1-1')).toBe(1);
    expect(at('libdisk-kmp-rt-1-1')).toBe(0);
    expect(at('libdisk-1-1')).toBe(0);
    expect(at('libdisk-kmp-default-1-1', ['kmp_in_kernel'])).toBe(0);
  });

  it('links a KMP whole or not at all', () => {
    const whole = kmp(old, 'both-kmp-default-1-1', ['libdisk', 'disk'], inUpdates);
    expect(newest([image(old), image(next), whole])).toMatchObject({ weakUpdates: 2 });
    const other = kernel({
      release: '6.1.0-2-default',
      image: { kmalloc: 1 },
      modules: { odd: { imports: { gone: 1 } } },
    });
    const broken = { ...whole, modules: [...whole.modules, ...kmp(old, 'x-1-1', ['disk'], inUpdates).modules] };
    const misfit = broken.modules.map((one, at) =>
      at === 2 ? { ...one, path: 'updates/odd.ko', kernelModule: other.modules[0] ?? one.kernelModule } : one,
    );
    expect(newest([image(old), image(next), { ...whole, modules: misfit }])).toMatchObject({ weakUpdates: 0 });
  });

  it('prefers the newest version that fits', () => {
    const older = kmp(build(1, 1), 'libdisk-kmp-default-1-1', ['libdisk'], inUpdates);
    const misfit = kmp(build(2, 2), 'libdisk-kmp-default-2-1', ['libdisk'], inUpdates);
    const third = build(3, 1);
    expect(newest([image(build(1, 1)), image(build(2, 2)), image(third), older, misfit])).toMatchObject({
      weakUpdates: 1,
    });
    // Of two that fit the newer one: its library has the checksum that disk of the third kernel wants.
    const newer = kmp(build(2, 1, 0xbb), 'libdisk-kmp-default-2-1', ['libdisk'], inUpdates);
    const needy = kmp(build(2, 1, 0xbb), 'disk-kmp-default-1-1', ['disk'], inUpdates);
    const machine = [image(build(1, 1)), image(build(2, 1, 0xbb)), image(third)];
    expect(newest([...machine, older, newer, needy])).toMatchObject({ weakUpdates: 2, loadable: 2 });
    expect(newest([...machine, older, needy])).toMatchObject({ weakUpdates: 1, loadable: 1 });
  });

  it("hides the kernel's own kernel module behind a linked one, unless others of the kernel need the own one", () => {
    const vendor = kmp(build(1, 1, 0xaa), 'vendor-kmp-default-9-1', ['libdisk'], inUpdates);
    const inBox = kmp(next, 'kernel-default-extra-1-1', ['libdisk', 'disk']);
    expect(newest([image(old), image(next), inBox, vendor])).toMatchObject({
      visible: 2,
      weakUpdates: 1,
      shadowed: 1,
      loadable: 2,
    });
    const other = kmp(build(1, 1, 0xcc), 'vendor-kmp-default-9-1', ['libdisk'], inUpdates);
    expect(newest([image(old), image(next), inBox, other])).toMatchObject({
      visible: 2,
      weakUpdates: 0,
      shadowed: 0,
      loadable: 2,
    });
  });

  it('takes no name that updates/ or extra/ of the kernel already has', () => {
    const own = kmp(next, 'libdisk-kmp-default-2-1', ['libdisk'], { directory: 'extra' });
    const elsewhere = kmp(old, 'libdisk-kmp-default-1-1', ['libdisk'], inUpdates);
    expect(newest([image(old), image(next), own, elsewhere])).toMatchObject({ visible: 1, weakUpdates: 0 });
  });

  it('links nothing into a kernel whose own tree depmod complains of', () => {
    const own = kmp(next, 'disk-kmp-default-2-1', ['disk'], inUpdates);
    const other = kmp(old, 'other-kmp-default-1-1', ['libdisk'], { directory: 'extra' });
    expect(newest([image(old), image(next), own, other])).toMatchObject({
      weakUpdates: 0,
      linksStopped: {
        reason: 'inconsistent',
        release: '6.1.0-2-default',
        kernelModule: 'disk',
        symbol: 'disk_register',
      },
    });
  });
});

describe('other scripts', () => {
  it('any directory: links what lies in kernel/ of another kernel, but never hides an own kernel module', () => {
    const policy = { weakModules: 'weak-modules2-any-directory' } as const;
    expect(newest([...payloads(old), image(next)], policy)).toMatchObject({ weakUpdates: 2, linksStopped: null });
    expect(newest([...payloads(old), ...payloads(next, ['libdisk'])], policy)).toMatchObject({
      weakUpdates: 1,
      shadowed: 0,
    });
  });

  it("Red Hat's looks below extra/ only, whatever the package is called", () => {
    const at = (directory: string) =>
      newest([image(old), image(next), kmp(old, 'kmod-libdisk-1-1', ['libdisk'], { directory })], {
        weakModules: 'weak-modules',
      });
    expect([at('extra').weakUpdates, at('updates').weakUpdates]).toEqual([1, 0]);
  });

  it('none links nothing', () => {
    expect(newest([...payloads(old), image(next)], { weakModules: 'none' })).toMatchObject({
      visible: 0,
      weakUpdates: 0,
    });
  });
});

describe("depmod's search order", () => {
  const everywhere = ['updates', 'extra', 'weak-updates', 'kernel'].map((directory) =>
    kmp(next, `in-${directory}-1-1`, ['libdisk'], { directory }),
  );
  const shown = (searchOrder: readonly string[], leftOut: number) => {
    const installed = [image(next), ...everywhere.slice(leftOut)];
    // The one that is seen is the one whose package is named for being refused.
    const policy = { searchOrder: [...searchOrder], signatures: 'enforce' as const };
    return audited(installed, { policy }).kernels[0]?.refusedExamples.map((one) => one.package.replace(/-1-1.*/, ''));
  };

  it('is the order that the directories are listed in', () => {
    const suse = ['updates', 'extra', 'weak-updates', 'kgraft', 'built-in'];
    expect([0, 1, 2, 3].map((leftOut) => shown(suse, leftOut))).toEqual([
      ['in-updates'],
      ['in-extra'],
      ['in-weak-updates'],
      ['in-kernel'],
    ]);
    expect(shown(['updates', 'extra', 'built-in', 'weak-updates'], 2)).toEqual(['in-kernel']);
  });
});
