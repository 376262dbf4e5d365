import { beforeAll, describe, expect, test } from 'vitest';
import { graphFacts } from '#analyse';
import { sha256Hex } from '#files';
import {
  defaultTemplate,
  type KernelBuild,
  loadBuiltinKernel,
  packKernelBuild,
  synthesizeKernel,
  unpackKernelBuild,
} from '#kernel';
import { checkBuild } from '../../src/kernel/check.js';

/** Largest vertical distance between the distribution functions of two samples (Kolmogorov and Smirnov). */
function distance(a: readonly number[], b: readonly number[]): number {
  const share = (values: readonly number[], at: number): number =>
    values.filter((value) => value <= at).length / values.length;
  return Math.max(...[...new Set([...a, ...b])].map((at) => Math.abs(share(a, at) - share(b, at))));
}

/** Numbers by kernel module, or by symbol, whose spread makes the shape of a kernel. */
function samples({ modules }: KernelBuild): Record<string, number[]> {
  const users = new Map<string, number>();
  const dependents = new Map<string, number>();
  for (const module of modules) {
    for (const { name } of module.imports) users.set(name, (users.get(name) ?? 0) + 1);
    for (const name of module.depends) dependents.set(name, (dependents.get(name) ?? 0) + 1);
  }
  return {
    imports: modules.map(({ imports }) => imports.length),
    exports: modules.map(({ exports }) => exports.length),
    depends: modules.map(({ depends }) => depends.length),
    dependents: modules.map(({ name }) => dependents.get(name) ?? 0),
    aliases: modules.map(({ aliases }) => aliases.length),
    firmware: modules.map(({ firmware }) => firmware.length),
    kilobytes: modules.map(({ bytes }) => Math.round(bytes / 1024)),
    usersOfSymbols: [...users.values()].map((count) => Math.min(count, 50)),
  };
}

describe('a synthetic kernel', () => {
  let real: KernelBuild;
  let same: KernelBuild;
  let double: KernelBuild;
  beforeAll(async () => {
    real = await loadBuiltinKernel(defaultTemplate);
    same = await synthesizeKernel({ modules: 4000, seed: 1 });
    double = await synthesizeKernel({ modules: 8000, seed: 2 });
  });

  test.each([100, 101, 2500, 4023, 4024])(
    'has exactly %i kernel modules and does not contradict itself',
    async (modules) => {
      const build = await synthesizeKernel({ modules, seed: 5 });
      expect(build.modules).toHaveLength(modules);
      expect(checkBuild(build)).toEqual([]);
      expect(new Set(build.modules.map(({ name }) => name)).size).toBe(modules);
      expect(build.source.kind).toBe('synthetic');
    },
  );

  test('is spread as the real one is, at its size and at twice its size', () => {
    const of = { real: samples(real), same: samples(same), double: samples(double) };
    for (const [what, values] of Object.entries(of.real)) {
      expect([what, distance(of.same[what] ?? [], values) < 0.02]).toEqual([what, true]);
      expect([what, distance(of.double[what] ?? [], values) < 0.05]).toEqual([what, true]);
    }
  });

  /** The other real kernel there are figures of, a Debian 5.18: the generator knows nothing of it. */
  test('has the shape of another real kernel of that size', () => {
    const facts = graphFacts(same);
    const { kernelModules } = facts;
    const near = (value: number, expected: number, tolerance: number): void => {
      expect(Math.abs(value - expected) / expected).toBeLessThan(tolerance);
    };
    near(facts.importsPerModule.p50, 27, 0.1);
    near(facts.importsPerModule.p90, 98, 0.1);
    near(facts.importsPerModule.p99, 276, 0.1);
    near(facts.imports, 179_777, 0.1);
    near(facts.importsFromImage / facts.imports, 0.78, 0.03);
    near(facts.exportingModules / kernelModules, 0.23, 0.05);
    near(facts.leaves / kernelModules, 0.81, 0.03);
    near(facts.withoutDependency / kernelModules, 0.27, 0.05);
    near(facts.withoutHardwareAlias / kernelModules, 0.47, 0.05);
    near(facts.fanIn.p90, 13, 0.1);
    near(facts.fanIn.p99, 159, 0.1);
    near(facts.closure.max, 26, 0.1);
    near(facts.depth.max, 9, 0.2);
    expect(facts.hubs.slice(0, 4).map(({ name }) => name)).toEqual(['usbcore', 'industrialio', 'rc_core', 'snd_pcm']);
    near(facts.hubs[0]?.direct ?? 0, 397, 0.05);
    const symbols = new Set(same.modules.flatMap(({ imports }) => imports.map(({ name }) => name))).size;
    near(facts.symbolsWithOneUser / symbols, 0.41, 0.05);
    expect(facts.cycles).toBe(0);
  });

  test('the same seed gives the same bytes, another seed another kernel', async () => {
    const again = await synthesizeKernel({ modules: 4000, seed: 1 });
    expect(again).toEqual(same);
    const bytes = await packKernelBuild(await synthesizeKernel({ modules: 300, seed: 9 }));
    // Written down once; the bytes must not depend on the machine or the release of Node.js.
    expect(sha256Hex(bytes)).toBe('32fcb3fa6ff2b638d7e4c39d2203991beb1cde24050f2d18a9196c8cc198cc10');
    expect((await synthesizeKernel({ modules: 300, seed: 10 })).modules).not.toEqual(
      (await synthesizeKernel({ modules: 300, seed: 9 })).modules,
    );
  });

  test('survives its file', async () => {
    const build = await synthesizeKernel({ modules: 200, seed: 1 });
    expect(await unpackKernelBuild(await packKernelBuild(build), 'x')).toEqual(build);
  });

  test.each([99, 100_001, 0.5, -1])('%d kernel modules are refused', async (modules) => {
    await expect(synthesizeKernel({ modules, seed: 1 })).rejects.toMatchObject({ code: 'invalid' });
  });
});
