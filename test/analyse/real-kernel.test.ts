import { beforeAll, describe, expect, it } from 'vitest';
import { churn, graphFacts } from '#analyse';
import { type KernelBuild, loadBuiltinKernel } from '#kernel';
import type { GraphFacts } from '#run-document';

/**
 * Figures of Debian's 6.1.0 kernels that were taken with other programs: counts from `modprobe --dump-modversions`, depmod's
 * modules.dep and Module.symvers.
 */
describe('the graph of Debian 6.1.0-56 amd64', () => {
  let build: KernelBuild;
  let facts: GraphFacts;
  beforeAll(async () => {
    build = await loadBuiltinKernel('debian-6.1.0-56-amd64');
    facts = graphFacts(build);
  });

  it('has the size that modprobe and Module.symvers count', () => {
    expect(facts).toMatchObject({
      kernelModules: 4023,
      imports: 188_913,
      exports: 24_683,
      exportsOfImage: 10_503,
      exportingModules: 930,
      leaves: 3257,
      cycles: 0,
    });
  });

  it('is spread as counted there', () => {
    expect(facts.importsPerModule).toMatchObject({ p50: 28, p90: 101, p99: 286, max: 1161 });
    expect(facts.exportsPerModule).toMatchObject({ p50: 0, p90: 6, p99: 67, max: 482 });
    expect(facts.outDegree).toMatchObject({ p50: 1, p90: 3, p99: 6, max: 15 });
    expect(facts.closure).toMatchObject({ p50: 1, p90: 7, p99: 12, max: 25 });
    expect(facts.inDegree).toMatchObject({ p50: 0, p90: 2, p99: 26, max: 393 });
    expect(facts.hubs[0]).toMatchObject({ name: 'usbcore', direct: 393 });
  });

  it('has the edges that its authors declared in depends=, by another road than the symbols', () => {
    const declared = build.modules.reduce((sum, { depends }) => sum + depends.length, 0);
    expect(facts.edges).toBe(declared);
  });

  it('is wholly broken by a new module_layout, which every kernel module imports', () => {
    expect(facts.blastRadius[0]).toEqual({
      symbol: 'module_layout',
      exporter: 'vmlinux',
      direct: 4023,
      transitive: 4023,
    });
  });
});

describe('the churn of Debian 6.1.0', () => {
  const share = (part: number, whole: number): number => Math.round((100 * part) / whole);

  it.each([
    ['50', '51', { changed: 0, broken: 0 }, { changed: 15, broken: 3 }],
    ['52', '53', { changed: 14, broken: 30 }, null],
    ['55', '56', { changed: 0, broken: 0 }, { changed: 0, broken: 0 }],
  ] as const)('from -%s to -%s is what it was measured to be', async (from, to, shares, counts) => {
    const [a, b] = await Promise.all([from, to].map((abi) => loadBuiltinKernel(`debian-6.1.0-${abi}-amd64`)));
    if (a === undefined || b === undefined) throw new Error('unreachable');
    const { symbols, changed, kernelModules, broken } = churn(a, b);
    expect({ changed: share(changed, symbols), broken: share(broken, kernelModules) }).toEqual(shares);
    if (counts !== null) expect({ changed, broken }).toEqual(counts);
  });
});

describe('direct and all breakage of updates of Debian 6.1.0', () => {
  it.each([
    ['51', '52', 84, 94],
    ['52', '53', 30, 67],
    ['53', '54', 76, 89],
  ])('-%s > -%s refuses %i per cent themselves and loses %i in all', async (from, to, direct, all) => {
    const [older, newer] = await Promise.all([from, to].map((abi) => loadBuiltinKernel(`debian-6.1.0-${abi}-amd64`)));
    if (older === undefined || newer === undefined) throw new Error('two builds');
    const { broken, brokenInAll, kernelModules } = churn(older, newer);
    expect([broken, brokenInAll].map((part) => Math.round((100 * part) / kernelModules))).toEqual([direct, all]);
  });
});
