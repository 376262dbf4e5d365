import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { evolveKernel, synthesizeKernel } from '#kernel';
import { packageBuilds } from '#packaging';
import { readSweep } from '#run';
import { parseRunDocument } from '#run-document';
import { cli } from '../support/cli.js';
import { temporaryDirectory } from '../support/temporary.js';

const right = {
  question: 'Does it grow?',
  schemes: ['modular'],
  kernelModules: [300, 100, 200],
  regimes: ['core-struct'],
  seeds: [1, 2],
};

/** Three points. */
const small = { kernelModules: [100, 120, 150], seeds: [1] };

async function sweepFile(change: Record<string, unknown>): Promise<string> {
  const file = join(await temporaryDirectory(), 'sweep.yaml');
  await writeFile(file, JSON.stringify({ ...right, ...change }));
  return file;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a sweep', () => {
  it('is a series for each scheme under each regime, of all sizes and seeds, small ones first', async () => {
    const file = await sweepFile({ schemes: ['modular', 'grouped grouping=subsystem'], regimes: ['stable', 'debian'] });
    const series = (await readSweep(file)).series;
    expect(series.map(({ name }) => name)).toEqual([
      'modular, stable',
      'modular, debian',
      'grouped grouping=subsystem, stable',
      'grouped grouping=subsystem, debian',
    ]);
    const points = series[0]?.points.map(
      (point) => point.kind === 'synthetic' && [point.sizes.kernelModules, point.seed],
    );
    expect(points).toEqual([
      [100, 1],
      [100, 2],
      [200, 1],
      [200, 2],
      [300, 1],
      [300, 2],
    ]);
  });

  it.each([
    [{ sizes: [100] }, 'sizes'],
    [{ regimes: ['stabel'] }, 'regimes'],
    [{ schemes: ['modlar'] }, 'modlar'],
    [{ kernelModules: [50] }, 'kernelModules'],
    [{ kernelModules: [200, 200] }, 'each once'],
    [{ kernelModules: [] }, 'kernelModules'],
    [{ seeds: Array.from({ length: 400 }, (_, seed) => seed) }, 'at most 1000'],
  ])('is refused with what is wrong in it: %j', async (change, complaint) => {
    const { code, err } = await cli('sweep', await sweepFile(change));
    expect(code).toBe(2);
    expect(err).toContain(complaint);
  });

  it.each([
    ['kernelsKept', 'buildsSideBySide'],
    ['installedPercent', 'installedPercent'],
    ['flavors', 'flavors'],
  ])('grows by %s where that has several values', async (list, over) => {
    const file = await sweepFile({ kernelModules: [100], seeds: [1], [list]: [3, 1, 2] });
    const [series] = (await readSweep(file)).series;
    expect(series?.over).toBe(over);
    expect(series?.points.map((point) => point.kind === 'synthetic' && point.sizes)).toEqual(
      [1, 2, 3].map((size) => ({
        kernelModules: 100,
        buildsSideBySide: 1,
        installedPercent: 100,
        flavors: 1,
        [over]: size,
      })),
    );
  });

  it('is refused where it would grow in two directions', async () => {
    const { code, err } = await cli('sweep', await sweepFile({ kernelsKept: [1, 2] }));
    expect(code).toBe(2);
    expect(err).toContain('`kernelModules` has several values already');
  });

  it('keeps as many successors in reach as it says, and says whether memory passes its budget', async () => {
    vi.stubEnv('KMPLAB_CACHE', await temporaryDirectory());
    const file = await sweepFile({ kernelModules: [100], seeds: [4], kernelsKept: [1, 2, 3] });
    const directory = await temporaryDirectory();
    const { out } = await cli('sweep', file, '--jobs', '1', '-o', directory);
    const { growth } = parseRunDocument(await readFile(join(directory, 'run.json'), 'utf8'), 'run.json');
    const builds = [await synthesizeKernel({ modules: 100, seed: 4 })];
    for (const seed of [4, 5, 6]) {
      const last = builds.at(-1);
      if (last !== undefined) builds.push(await evolveKernel(last, { regime: 'core-struct', seed }));
    }
    const sizes = builds.map((build) => packageBuilds('modular', [build], { patterns: false }).packages.length);
    const installed = sizes[0] ?? 0;
    expect(growth[0]?.points.map(({ size, solvables }) => [size, solvables])).toEqual(
      [1, 2, 3].map((kept) => [kept, installed + sizes.slice(0, kept + 1).reduce((sum, one) => sum + one, 0)]),
    );
    expect(out).toContain('grows with the number of newer kernels in reach');
    expect(out).toContain('2.15 GB of memory not passed at ten times the largest that was measured, 3');
  });

  it('counts what the builds say, and fits a law through all seeds', async () => {
    vi.stubEnv('KMPLAB_CACHE', await temporaryDirectory());
    const { code, out } = await cli('sweep', await sweepFile(small), '--json', '--jobs', '1');
    expect(code).toBe(0);
    const { growth, verdict } = parseRunDocument(out, 'stdout');
    expect(verdict.status).toBe('passed');
    const [series] = growth;
    for (const { size, seed, counters } of series?.points ?? []) {
      const build = await synthesizeKernel({ modules: size, seed: seed ?? -1 });
      const next = await evolveKernel(build, { regime: 'core-struct', seed: seed ?? -1 });
      const packages = (builds: (typeof build)[]): number =>
        packageBuilds('modular', builds, { patterns: false }).packages.length;
      const [old, both] = [packages([build]), packages([build, next])];
      // Installed, and offered again beside their successors.
      expect(counters).toMatchObject({ installed: old, solvables: old + both });
    }
    expect(series?.fits.map(({ of, by }) => `${of} ${by}`)).toContain('solve work');
  });

  it('has no parts of a measurement', async () => {
    const { code, err } = await cli('sweep', await sweepFile(small), '--shard', '1/2', '--samples', '2');
    expect([code, err]).toEqual([2, expect.stringContaining('no times')]);
  });
});
