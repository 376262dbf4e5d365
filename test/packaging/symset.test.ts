import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type KernelBuild, loadBuiltinKernel } from '#kernel';
import { packageBuilds } from '#packaging';
import { type KernelSpec, kernel } from '../support/kernel.js';
import { bare, driverStack, named, texts } from '../support/package-set.js';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex').slice(0, 16);

describe('symset', () => {
  test('hashes the lines of Module.symvers of a directory, as make-symsets does', () => {
    const made = packageBuilds('symset', [driverStack], bare);
    // sort -k2 | md5sum, first sixteen digits.
    const image = md5(
      '0x0037a0cb\tkmalloc\tvmlinux\tEXPORT_SYMBOL\n0xaf29cff5\tmodule_layout\tvmlinux\tEXPORT_SYMBOL\n',
    );
    const phy = md5('0x0000aaaa\tphy_attach\tdrivers/net/phy/libphy\tEXPORT_SYMBOL\n');
    expect(texts(named(made, 'kernel-default'), 'provides')).toContain(`kernel(default:vmlinux) = ${image}`);
    expect(texts(named(made, 'libphy-kmp-default'), 'provides')).toContain(`kernel(default:drivers_net_phy) = ${phy}`);
    expect(texts(named(made, 'r8169-kmp-default'), 'requires')).toEqual([
      `kernel(default:drivers_net_phy) = ${phy}`,
      `kernel(default:vmlinux) = ${image}`,
      'kmod(libphy.ko)',
    ]);
  });

  test('can hash by exporting kernel module instead', () => {
    const made = packageBuilds('symset', [driverStack], { ...bare, sets: 'module' });
    expect(texts(named(made, 'r8169-kmp-default'), 'requires').map((text) => text.split(' = ')[0])).toEqual([
      'kernel(default:drivers_net_phy_libphy)',
      'kernel(default:vmlinux)',
    ]);
  });
});

/** Hashes of the image's set that a build's kernel package provides. */
function imageSets(builds: readonly KernelBuild[], earlier: readonly KernelBuild[] = []): string[][] {
  const made = packageBuilds('symset', builds, bare, earlier);
  return builds.map(({ upstreamVersion, revision }) => {
    const kernelPackage = made.packages.find(
      ({ name, evr }) => name === 'kernel-default' && evr.version === upstreamVersion && evr.release === revision,
    );
    if (kernelPackage === undefined) throw new Error('no kernel package');
    return texts(kernelPackage, 'provides')
      .filter((text) => text.startsWith('kernel(default:vmlinux)'))
      .map((text) => text.split(' = ')[1] ?? '');
  });
}

describe('symset goes on providing an older set', () => {
  const step = (revision: number, image: Record<string, number>, more: Partial<KernelSpec> = {}) =>
    kernel({ release: `6.1.0-${revision}-default`, image, ...more });
  const [first, grown, changed] = [step(1, { a: 1 }), step(2, { a: 1, b: 2 }), step(3, { a: 1, b: 3 })];
  const [one, two, three] = [md5Of({ a: 1 }), md5Of({ a: 1, b: 2 }), md5Of({ a: 1, b: 3 })];

  test('while all its symbols are unchanged, and stops when one changes', () => {
    expect(imageSets([first, grown, changed])).toEqual([[one], [one, two].sort(), [one, three].sort()]);
  });

  test('of a build that was published before, in another repository or none', () => {
    expect(imageSets([grown])).toEqual([[two]]);
    expect(imageSets([grown], [first])).toEqual([[one, two].sort()]);
    expect(imageSets([changed], [grown, first])).toEqual([[one, three].sort()]);
    // What comes later is not known yet, and the build itself is not earlier.
    expect(imageSets([first], [changed, grown, first])).toEqual([[one]]);
  });

  test('but not of another flavor, and not again once it was gone', () => {
    expect(imageSets([grown], [step(1, { a: 1 }, { flavor: 'rt' })])).toEqual([[two]]);
    const [back] = imageSets([step(4, { a: 1, b: 2, c: 4 })], [grown, changed]);
    expect(back).toContain(md5Of({ a: 1, b: 2, c: 4 }));
    expect(back).not.toContain(two);
    expect(back).not.toContain(three);
  });

  test('where a list of exports is only what kernel modules import: what it does not say has not changed', () => {
    const inferred = step(2, { a: 1 }, { exportsFrom: 'inferred' });
    expect(imageSets([inferred], [step(1, { a: 1, b: 2 })])).toEqual([[one, two].sort()]);
    expect(imageSets([step(2, { a: 7 }, { exportsFrom: 'inferred' })], [first])).toEqual([[md5Of({ a: 7 })]]);
  });
});

/** The hash of an image's set, from the lines of Module.symvers. */
function md5Of(image: Readonly<Record<string, number>>): string {
  const lines = Object.entries(image).map(([name, crc]) => `0x0000000${crc}\t${name}\tvmlinux\tEXPORT_SYMBOL\n`);
  return md5(lines.join(''));
}

test("on Debian's builds it provides a directory's older set exactly where none of its symbols changed", async () => {
  const [older, newer] = await Promise.all(
    ['51', '52'].map((build) => loadBuiltinKernel(`debian-6.1.0-${build}-amd64`)),
  );
  if (older === undefined || newer === undefined) throw new Error('no builds');
  const hashes = (build: KernelBuild, earlier: readonly KernelBuild[]) => {
    const bySet = new Map<string, Set<string>>();
    for (const { provides } of packageBuilds('symset', [build], bare, earlier).packages) {
      for (const { name, range } of provides) {
        const set = /^kernel\([^:]*:(.*)\)$/.exec(name)?.[1];
        if (set === undefined || set === 'vmlinux') continue;
        bySet.set(set, (bySet.get(set) ?? new Set()).add(range?.evr.version ?? ''));
      }
    }
    return bySet;
  };
  const before = hashes(older, []);
  const after = hashes(newer, [older]);
  // The same from the symbols alone: per directory, whether each older symbol is there with its checksum.
  const symbols = (build: KernelBuild) => {
    const bySet = new Map<string, string[]>();
    for (const { path, exports } of build.modules) {
      const set = path
        .replace(/^kernel\//, '')
        .replace(/\/[^/]*$/, '')
        .replace(/\W/g, '_');
      if (exports.length === 0) continue;
      bySet.set(set, [...(bySet.get(set) ?? []), ...exports.map(({ name, crc }) => `${name} ${crc}`)]);
    }
    return bySet;
  };
  const now = symbols(newer);
  const kept = [...symbols(older)].filter(([set, list]) => {
    const present = new Set(now.get(set));
    return list.every((text) => present.has(text));
  });
  const provided = [...before].filter(([set, [hash]]) => after.get(set)?.has(hash ?? ''));
  expect(provided.map(([set]) => set).sort()).toEqual(kept.map(([set]) => set).sort());
  expect(kept.length).toBeLessThan(before.size);
  // Grown, not only unchanged: both the older hash and a new one.
  expect(after.get('drivers_virtio')?.size).toBe(2);
});
