import { describe, expect, test } from 'vitest';
import { diffKernels, type KernelBuild, loadBuiltinKernel } from '#kernel';
import { kernelUpdate, type RebuildReason, readyDesigns } from '#packaging';
import { nevra, type RpmPackage } from '#rpm';
import { verify } from '#solve';
import { type KernelModuleSpec, kernel } from '../support/kernel.js';

/**
 * usbcore <- usbnet <- r8152, and nvme beside them. The newer build changes the checksum of one symbol that only r8152 imports
 * from the image, and the size of nvme.
 */
const modules: Readonly<Record<string, KernelModuleSpec>> = {
  usbcore: { exports: { usb_register: 0xaa }, imports: ['module_layout'] },
  usbnet: { exports: { usbnet_probe: 0xbb }, imports: ['usb_register'], depends: ['usbcore'] },
  r8152: { imports: ['usbnet_probe', 'alloc_skb'], depends: ['usbnet'] },
  nvme: { imports: ['module_layout'] },
};
const before = kernel({ release: '6.1.0-1-default', image: { module_layout: 1, alloc_skb: 2 }, modules });
const after = kernel({
  release: '6.1.1-1-default',
  image: { module_layout: 1, alloc_skb: 3 },
  modules: { ...modules, nvme: { ...modules['nvme'], bytes: 40_008 }, ahci: { imports: ['module_layout'] } },
});

/** Requirements that nothing in a repository meets, by the verifier that checks the solver too. */
function unmet(packages: readonly RpmPackage[]): string[] {
  return verify(packages, () => true)
    .filter(({ kind }) => kind === 'requires')
    .map(({ package: one, subject }) => `${one}: ${subject}`);
}

/** `name reason` of every package that is built anew, without what the name says of kernel and scheme. */
function rebuilt(scheme: string, from: KernelBuild = before, to: KernelBuild = after): string[] {
  return kernelUpdate(scheme, from, to).rebuilt.map(
    ({ package: { name }, reason }) => `${name.replace(/-(kmp|k6).*$/, '')} ${reason}`,
  );
}

/** The same kernel modules, compiled against another checksum. */
function importing({ modules: all }: KernelBuild, crc: number): KernelBuild['modules'] {
  return all.map((one) => ({ ...one, imports: one.imports.map((symbol) => ({ ...symbol, crc })) }));
}

describe('packages that a kernel update has to build', () => {
  const bySymbol = ['ahci new', 'kernel-default image', 'nvme changed', 'r8152 tied'];

  test.each<[string, readonly string[]]>([
    ['modular', bySymbol],
    ['suse-kmp', bySymbol],
    ['kabi-in-name', bySymbol],
    ['kabi-in-name naming=hackweek25', bySymbol],
    ['monolithic', ['kernel-default image']],
    // All that r8152 needs: it is rebuilt, and demands the versions it was built with.
    ['modular hardRequires=true', [...bySymbol, 'usbcore tied', 'usbnet tied']],
    ['uname-r', [...bySymbol, 'usbcore tied', 'usbnet tied']],
    // One hash stands for all of the image; usbnet needs nothing of that.
    ['symset', [...bySymbol, 'usbcore tied']],
    ['rhel-kmod', ['kernel-core image', 'kmod-ahci new', 'kmod-nvme changed', 'kmod-r8152 tied']],
    [
      'openwrt',
      [
        'kernel image',
        'kmod-ahci new',
        'kmod-nvme changed',
        'kmod-r8152 tied',
        'kmod-usbcore tied',
        'kmod-usbnet tied',
      ],
    ],
  ])('under %s', (scheme, expected) => {
    expect(rebuilt(scheme)).toEqual([...expected].sort());
  });

  test('under a scheme with several kernel modules in a package: one with any change', () => {
    const grouping = 'custom';
    const groups = { disk: ['drivers/nvme/*'], usb: ['drivers/usb*/*', 'drivers/r8152/*'] };
    const smaller = { ...after, modules: after.modules.filter(({ name }) => name !== 'ahci') };
    const update = kernelUpdate('grouped', before, smaller, { grouping, groups });
    expect(update.rebuilt.map(({ package: one, reason }) => `${one.name} ${reason}`)).toEqual([
      'disk-kmp-default changed',
      'kernel-default image',
      'usb-kmp-default tied',
    ]);
  });

  test('are all of them when an exporter changes what everybody imports', () => {
    const broken = kernel({ release: '6.1.1-1-default', image: { module_layout: 9, alloc_skb: 2 }, modules });
    expect(rebuilt('modular', before, broken)).toEqual(['kernel-default image', 'nvme tied', 'usbcore tied']);
  });

  test('are the importers too when a kernel module exports something else', () => {
    const changed = { ...modules, usbcore: { ...modules['usbcore'], exports: { usb_register: 0xac } } };
    const to = kernel({ release: '6.1.1-1-default', image: { module_layout: 1, alloc_skb: 2 }, modules: changed });
    expect(rebuilt('modular', before, to)).toEqual(['kernel-default image', 'usbcore changed', 'usbnet tied']);
  });

  test.each<[string, number | null, readonly string[], readonly string[]]>([
    ['no checksum: the kernel takes every importer, and a rebuild would lack the same', null, [], []],
    ['a stored 0: the kernel refuses what was built against another', 0, ['nvme'], ['nvme tied']],
    ['the same checksum', 1, [], []],
  ])('agree with the loader where the image exports %s', (_what, crc, refused, tied) => {
    const of = (release: string, exported: number | null): KernelBuild => {
      const build = kernel({ release, image: { blk_mq: 1 }, modules: { nvme: { imports: ['blk_mq'] } } });
      const exports = build.image.exports.map((symbol) => ({ ...symbol, crc: exported }));
      return { ...build, image: { ...build.image, exports } };
    };
    const [from, to] = [of('6.1.0-1-default', 1), of('6.1.1-1-default', crc)];
    expect(diffKernels(from, to).broken.map(({ name }) => name)).toEqual(refused);
    const rebuiltTo: KernelBuild = crc === 0 ? { ...to, modules: importing(to, 0) } : to;
    expect(rebuilt('modular', from, rebuiltTo)).toEqual(['kernel-default image', ...tied]);
  });

  test.each(readyDesigns().map(({ name }) => name))('and those that stay are whole together under %s', (scheme) => {
    const { newer, rebuilt: anew, kept } = kernelUpdate(scheme, before, after);
    expect(anew.length + kept.length).toBe(newer.length);
    expect(unmet([...anew.map((one) => one.package), ...kept])).toEqual([]);
  });
});

/** Debian's builds, one with 15 changed checksums and one with thousands; what a build service would really have to do. */
describe.each([
  ['50', '51'],
  ['52', '53'],
])('of Debian from 6.1.0-%s to -%s', (from, to) => {
  const load = (build: string) => loadBuiltinKernel(`debian-6.1.0-${build}-amd64`);
  const count = (anew: readonly { reason: RebuildReason }[], reason: RebuildReason) =>
    anew.filter((one) => one.reason === reason).length;

  test('one package for each kernel module: those that differ, and those whose imports do', async () => {
    const [older, newer] = await Promise.all([load(from), load(to)]);
    const { rebuilt: anew, kept } = kernelUpdate('modular', older, newer);
    expect(unmet([...anew.map((one) => one.package), ...kept])).toEqual([]);

    // Counted without packages: an older kernel module whose every import the newer build still has with that checksum is not tied.
    const crcs = new Map(
      [newer.image, ...newer.modules].flatMap(({ exports }) => exports.map(({ name, crc }) => [name, crc])),
    );
    const broken = new Set(
      older.modules.filter(({ imports }) => imports.some(({ name, crc }) => crcs.get(name) !== crc)).map((m) => m.name),
    );
    const changed = new Set(anew.filter(({ reason }) => reason === 'changed').map(moduleOf));
    const tied = anew.filter(({ reason }) => reason === 'tied').map(moduleOf);
    expect(tied.filter((name) => !broken.has(name))).toEqual([]);
    expect([...broken].filter((name) => !changed.has(name)).sort()).toEqual(tied.sort());
    const sizes = new Map(older.modules.map(({ name, bytes }) => [name, bytes]));
    const resized = newer.modules.filter(({ name, bytes }) => sizes.has(name) && sizes.get(name) !== bytes);
    expect(resized.filter(({ name }) => !changed.has(name))).toEqual([]);
    expect(changed.size).toBeGreaterThanOrEqual(resized.length);
    expect(count(anew, 'image')).toBe(1);
  });
});

/** A package's one kernel module, as the build calls it. */
function moduleOf({ package: one }: { readonly package: RpmPackage }): string {
  const [file] = one.files;
  if (file === undefined) throw new Error(`${nevra(one)} holds nothing`);
  return (file.path.split('/').at(-1) ?? '').replace(/\.ko.*$/, '').replaceAll('-', '_');
}
