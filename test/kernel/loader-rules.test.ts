import { describe, expect, test } from 'vitest';
import { kernelDiff } from '#analyse';
import { diffKernels, loadBuiltinKernel, packKernelBuild, synthesizeKernel, unpackKernelBuild } from '#kernel';
import { kernelDiffRemarks, kernelDiffSentence } from '#tell';
import { readModuleFile } from '../../src/kernel/read/module-file.js';
import { parseSymvers } from '../../src/kernel/read/symvers.js';
import { koFile } from '../support/elf.js';
import { audited, payloads } from '../support/installed.js';
import { kernel } from '../support/kernel.js';

/**
 * kernel/module/version.c, check_version(): "if (!crc) return 1" comes before anything is compared, and what is stored is compared as it is,
 * 0 included.
 */
describe('checksums that an exporter does not have', () => {
  const exports = [{ name: 'f', crc: 0 }];

  test('no table of checksums is one thing, a stored 0 another', () => {
    const withTable = readModuleFile(koFile({ exports }), 'x.ko');
    const without = readModuleFile(koFile({ exports, crcs: 'none' }), 'x.ko');
    expect(withTable.exports).toMatchObject([{ name: 'f', crc: 0 }]);
    expect(without.exports).toMatchObject([{ name: 'f', crc: null }]);
  });

  test('Module.symvers of a build with checksums stores the 0, of one without has none', () => {
    const line = (name: string, crc: string): string => `0x${crc}\t${name}\tvmlinux\tEXPORT_SYMBOL\t\n`;
    const withCrcs = parseSymvers(line('f', '00000000') + line('g', '0000000a'), 'Module.symvers');
    expect(withCrcs.get('vmlinux')).toMatchObject([{ crc: 0 }, { crc: 10 }]);
    const without = parseSymvers(line('f', '00000000') + line('g', '00000000'), 'Module.symvers');
    expect(without.get('vmlinux')).toMatchObject([{ crc: null }, { crc: null }]);
  });

  test('both survive the file of a build', async () => {
    const build = exporter([0, null, 7]);
    expect((await unpackKernelBuild(await packKernelBuild(build), 'x')).image.exports).toEqual(build.image.exports);
  });

  test.each([
    [null, 'accepts', []],
    [5, 'accepts', []],
    [0, 'refuses', ['user']],
    [6, 'refuses', ['user']],
  ] as const)(
    'an exporter with %s %s an importer that wants 5, in the comparison and in the audit',
    (crc, _, refused) => {
      const user = { imports: { f0: 5 } };
      const older = kernel({ release: '1-default', image: { f0: 5 }, modules: { user } });
      const newer = { ...exporter([crc]), modules: older.modules };
      expect(diffKernels(older, newer).broken.map(({ name }) => name)).toEqual(refused);
      expect(audited(payloads(newer)).kernels.map((one) => one.refused)).toEqual([refused.length]);
    },
  );
});

function exporter(crcs: readonly (number | null)[]) {
  const build = kernel({ release: '2-default' });
  const exports = crcs.map((crc, index) => ({ name: `f${index}`, crc, gplOnly: false, namespace: null }));
  return { ...build, image: { ...build.image, exports } };
}

describe('builds without checksums', () => {
  /** Debian from 6.18 on: no imports, no list of the image's exports, and a vermagic that names the release. */
  const without = (release: string, image: 'inferred' | 'symvers' = 'inferred') => ({
    ...kernel({
      release,
      exportsFrom: image,
      modules: {
        lib: { vermagic: `${release} SMP preempt mod_unload ` },
        user: { vermagic: `${release} SMP preempt mod_unload `, depends: ['lib'] },
      },
    }),
    modversions: false,
  });
  const withCrcs = kernel({
    release: '6.17-default',
    image: { kmalloc: 1, unused: 2 },
    modules: {
      lib: { imports: ['kmalloc'], vermagic: '6.17-default SMP preempt mod_unload modversions ' },
      user: { imports: ['kmalloc'], vermagic: '6.17-default SMP preempt mod_unload modversions ' },
    },
  });

  test('an update of one refuses every kernel module of the other for its vermagic', () => {
    const document = kernelDiff(without('6.18-1-default'), without('6.18-2-default'));
    expect(document).toMatchObject({
      modversions: { from: false, to: false },
      churn: { kernelModules: 2, broken: 2, brokenByVermagic: 2, brokenInAll: 2 },
    });
    expect(kernelDiffSentence(document)).toContain('No kernel module of 6.18-1-default loads into 6.18-2-default');
    expect(kernelDiffRemarks(document).join()).toContain('CONFIG_MODVERSIONS is off');
  });

  test('what their imports do not show is unknown, not lost', () => {
    const { churn } = kernelDiff(withCrcs, without('6.18-1-default'));
    expect(churn).toMatchObject({ lost: 0, unknown: 2, broken: 2, brokenByVermagic: 2 });
    expect(kernelDiff(withCrcs, without('6.18-1-default', 'symvers')).churn).toMatchObject({ lost: 2, unknown: 0 });
  });

  test('of a symbol that an inferred list lacks nobody says that its importer is broken', () => {
    const older = kernel({ image: { a: 1, b: 2 }, modules: { user: { imports: ['a', 'b'] } } });
    const newer = kernel({ image: { a: 1 }, exportsFrom: 'inferred', modules: { user: { imports: ['a'] } } });
    const document = kernelDiff(older, newer);
    expect(document.churn).toMatchObject({ lost: 0, unknown: 1, broken: 0, brokenInAll: 0, undecided: 1 });
    expect(kernelDiffSentence(document)).not.toContain('Every kernel module');
  });

  test('two architectures are compared with a remark', () => {
    const document = kernelDiff(withCrcs, { ...withCrcs, arch: 'aarch64' });
    expect(kernelDiffRemarks(document).join()).toContain('two architectures, x86_64 and aarch64');
    expect(kernelDiffRemarks(kernelDiff(withCrcs, withCrcs))).toEqual([]);
  });

  test('a synthetic build made of one keeps its dependencies', async () => {
    const real = await loadBuiltinKernel('debian-6.1.0-56-amd64');
    const template = {
      ...real,
      modversions: false,
      image: { ...real.image, exports: [], exportsFrom: 'inferred' as const },
      modules: real.modules.map((one) => ({ ...one, imports: [] })),
    };
    const { modules } = await synthesizeKernel({ modules: 300, seed: 1 }, template);
    const names = new Set(modules.map(({ name }) => name));
    const depends = modules.flatMap((one) => one.depends);
    expect(depends.length).toBeGreaterThan(100);
    expect(depends.filter((name) => !names.has(name))).toEqual([]);
    const real300 = new Map(real.modules.map(({ name, depends: list }) => [name, [...list].sort()]));
    for (const one of modules) expect([...one.depends].sort()).toEqual(real300.get(one.name));
  });
});
