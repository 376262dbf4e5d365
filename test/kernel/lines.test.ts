import { describe, expect, test } from 'vitest';
import { churn } from '#analyse';
import { loadBuiltinHardware, matchModalias } from '#hardware';
import { builtinLines, type KernelBuild, loadBuiltinKernel, loadSuseSupport, withSupport } from '#kernel';
import { packageBuilds } from '#packaging';
import { kernel } from '../support/kernel.js';

/** Counted with kmod and grep in Debian's packages: `find -name '*.ko*' | wc -l`, `grep -c vmlinux Module.symvers`. */
describe('builds of other lines', () => {
  test('are an arm64 one and two successive ones of 6.12', async () => {
    const builds = await Promise.all((await builtinLines()).map(loadBuiltinKernel));
    const facts = builds.map(({ release, arch, modules, image }) => [
      release,
      arch,
      modules.length,
      image.exports.length,
    ]);
    expect(facts).toEqual([
      ['6.1.0-56-arm64', 'aarch64', 3685, 10_973],
      ['6.12.116+deb13-amd64', 'x86_64', 4230, 11_245],
      ['6.12.117+deb13-amd64', 'x86_64', 4230, 11_245],
    ]);
    const [, older, newer] = builds;
    if (older === undefined || newer === undefined) throw new Error('two builds of 6.12');
    const { changed, symbols, broken, brokenInAll, kernelModules } = churn(older, newer);
    expect([changed / symbols, broken / kernelModules, brokenInAll / kernelModules].map(percent)).toEqual([72, 94, 98]);
    for (const build of builds) expect(packageBuilds('modular', [build], {}, []).packages.length).toBeGreaterThan(3000);
  });
});

const percent = (share: number): number => Math.round(100 * share);

describe("SUSE's list of what is supported", () => {
  const supportIn = ({ modules }: KernelBuild): Map<string, string | undefined> =>
    new Map(modules.map(({ name, support }) => [name, support]));

  test('says it of every kernel module of a Debian build, and of what these need', async () => {
    const build = await loadBuiltinKernel('debian-6.1.0-56-amd64@suse-support');
    const support = supportIn(build);
    // supported.conf: `+base drivers/ata/ahci`, `drivers/gpu/drm/i915/i915`, `sound/pci/hda/snd-hda-intel`, `- net/ax25/ax25`.
    expect(['ahci', 'i915', 'snd_hda_intel', 'iwlwifi', 'ax25'].map((name) => support.get(name))).toEqual([
      'base',
      'supported',
      'supported',
      'supported',
      'unsupported',
    ]);
    for (const { name, support: own, depends } of build.modules) {
      if (own === 'unsupported') continue;
      expect(`${name}: ${depends.filter((needed) => support.get(needed) === 'unsupported').join()}`).toBe(`${name}: `);
    }
  });

  test('gives split a real input: the drivers of a laptop are in the package that it has', async () => {
    const build = await loadBuiltinKernel('debian-6.1.0-56-amd64@suse-support');
    const { packages } = packageBuilds('split', [build], { patterns: false }, []);
    const main = packages.find(({ name }) => name === 'kernel-default');
    const files = new Set(main?.files.map(({ path }) => path.replace(/^.*\//, '')));
    const { devices } = await loadBuiltinHardware('laptop-e1000e');
    const undriven = devices.filter(({ modalias }) => {
      const drivers = build.modules.filter(({ aliases }) => aliases.some((alias) => matchModalias(alias, modalias)));
      return drivers.length > 0 && !drivers.some(({ path }) => files.has(path.replace(/^.*\//, '')));
    });
    expect(
      undriven.map(({ class: what }) => what).filter((what) => ['graphics', 'sound', 'network'].includes(what)),
    ).toEqual([]);
  });

  test("names its source, and the KMPs of the kernel's own modules", async () => {
    const list = await loadSuseSupport();
    expect([list.commit.length, list.date]).toEqual([40, '2023-03-29']);
    expect(Object.keys(list.kmps)).toEqual(['cluster-md', 'dlm', 'gfs2', 'kselftests', 'ocfs2', 'reiserfs']);
  });

  test('supports what a supported kernel module needs', async () => {
    const list = await loadSuseSupport();
    const build = kernel({
      modules: {
        i915: { path: 'kernel/drivers/gpu/drm/i915/i915.ko', depends: ['fresh'] },
        fresh: { path: 'kernel/lib/fresh.ko', depends: ['deeper'] },
        deeper: { path: 'kernel/lib/deeper.ko' },
        alone: { path: 'kernel/lib/alone.ko' },
      },
    });
    const support = supportIn(withSupport(build, list));
    expect(Object.fromEntries(support)).toEqual({
      i915: 'supported',
      fresh: 'supported',
      deeper: 'supported',
      alone: 'unsupported',
    });
  });
});
