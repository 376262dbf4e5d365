import { beforeAll, describe, expect, test } from 'vitest';
import { builtinKernels, evolveKernel, type KernelBuild, loadBuiltinKernel, regimeDistributions } from '#kernel';
import { checkBuild } from '../../src/kernel/check.js';
import { loadObservedReach, observeReach, reachOf } from '../../src/kernel/evolve/observed.js';

describe('evolveKernel', () => {
  let build: KernelBuild;
  beforeAll(async () => {
    build = await loadBuiltinKernel('debian-6.1.0-56-amd64');
  });

  test('one service pack may follow another', async () => {
    const next = await evolveKernel(build, { regime: 'service-pack', seed: 1 });
    const later = await evolveKernel(next, { regime: 'service-pack', seed: 2 });
    expect(checkBuild(later)).toEqual([]);
    expect(new Set(later.modules.map(({ name }) => name)).size).toBe(later.modules.length);
  });

  test('draws shares of changed CRCs, and of kernel modules that these break, as they were measured', async () => {
    const distributions = await regimeDistributions(build, 150, 1);
    expect(distributions.map(({ regime, of }) => `${regime} ${of}`)).toHaveLength(14);
    for (const { regime, of, quantiles } of distributions) {
      for (const { quantile, measured, drawn } of quantiles) {
        // The base has few types, so large shares come in steps: within 12 points of a hundred. Small ones within a factor of three.
        const near = Math.abs(drawn - measured) < 0.12 && (measured > 0.1 || drawn < measured * 3 + 0.001);
        expect({ regime, of, quantile, near }).toEqual({ regime, of, quantile, near: true });
      }
    }
  });
});

describe('the type graph', () => {
  test('is what the built-in chain gives: the committed file is not stale', async () => {
    const chain: KernelBuild[] = [];
    for (const name of await builtinKernels()) chain.push(await loadBuiltinKernel(name));
    const derived = reachOf(observeReach(chain));
    const stored = await loadObservedReach();
    expect(stored.types).toEqual(derived.types);
    const names = chain.at(-1)?.image.exports.map(({ name }) => name) ?? [];
    expect(names.filter((name) => stored.typesOf(name).join() !== derived.typesOf(name).join())).toEqual([]);
  });
});
