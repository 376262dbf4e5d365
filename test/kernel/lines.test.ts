import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { churn } from '#analyse';
import { builtinLines, type KernelBuild, loadBuiltinKernel, withSupport } from '#kernel';
import { packageBuilds } from '#packaging';
import { kernel } from '../support/kernel.js';
import { temporaryDirectory } from '../support/temporary.js';

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

describe('what a vendor supports', () => {
  const supportIn = ({ modules }: KernelBuild): Record<string, string | undefined> =>
    Object.fromEntries(modules.map(({ name, support }) => [name, support]));

  const conf = [
    '+base drivers/ata/ahci',
    'drivers/gpu/drm/i915/i915',
    'sound/pci/hda/*',
    '- net/ax25/ax25  # nobody tests it',
    'drivers/net/wireless/intel/iwlwifi/*',
  ].join('\n');

  test('is said of every kernel module of a ready build by the supported.conf behind its name', async () => {
    const file = join(await temporaryDirectory(), 'supported.conf');
    await writeFile(file, conf);
    const build = await loadBuiltinKernel(`debian-6.1.0-56-amd64@${file}`);
    expect(supportIn(build)).toMatchObject({
      ahci: 'base',
      i915: 'supported',
      snd_hda_intel: 'supported',
      iwlwifi: 'supported',
      ax25: 'unsupported',
    });
    const unsupported = new Set(
      build.modules.flatMap(({ name, support }) => (support === 'unsupported' ? [name] : [])),
    );
    for (const { name, support, depends } of build.modules) {
      if (support === 'unsupported') continue;
      expect([name, depends.filter((needed) => unsupported.has(needed))]).toEqual([name, []]);
    }
    const { packages } = packageBuilds('split', [build], { patterns: false }, []);
    const files = packages.find(({ name }) => name === 'kernel-default')?.files.map(({ path }) => path) ?? [];
    expect(files.some((path) => path.includes('/i915.ko'))).toBe(true);
    expect(files.some((path) => path.includes('/ax25.ko'))).toBe(false);
  });

  test('covers what a supported kernel module needs', () => {
    const build = kernel({
      modules: {
        i915: { path: 'kernel/drivers/gpu/drm/i915/i915.ko', depends: ['fresh'] },
        fresh: { path: 'kernel/lib/fresh.ko', depends: ['deeper'] },
        deeper: { path: 'kernel/lib/deeper.ko' },
        alone: { path: 'kernel/lib/alone.ko' },
      },
    });
    expect(supportIn(withSupport(build, (path) => (path.endsWith('/i915.ko') ? 'supported' : 'unsupported')))).toEqual({
      i915: 'supported',
      fresh: 'supported',
      deeper: 'supported',
      alone: 'unsupported',
    });
  });
});
