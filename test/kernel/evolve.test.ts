import { beforeAll, describe, expect, test } from 'vitest';
import { diffKernels, evolveKernel, type KernelBuild, loadBuiltinKernel, synthesizeKernel } from '#kernel';
import { checkBuild } from '../../src/kernel/check.js';
import { loadObservedReach, observeReach, reachOf } from '../../src/kernel/evolve/observed.js';
import { reachedBy, typeGraphOf } from '../../src/kernel/evolve/type-graph.js';
import { kernel } from '../support/kernel.js';

const debian = (abi: string) => loadBuiltinKernel(`debian-6.1.0-${abi}-amd64`);

describe('evolveKernel', () => {
  let build: KernelBuild;
  beforeAll(async () => {
    build = await debian('56');
  });
  const drawn = new Map<string, ReturnType<typeof draw>>();
  const draw = async (regime: string, seed: number) => {
    const next = await evolveKernel(build, { regime, seed });
    return { next, diff: diffKernels(build, next) };
  };
  /** Drawn once for all tests. */
  const changes = (regime: string, seed = 1) => {
    const key = `${regime} ${seed}`;
    const known = drawn.get(key) ?? draw(regime, seed);
    drawn.set(key, known);
    return known;
  };

  test.each(['kabi-maintained', 'stable', 'debian', 'security-fix', 'new-symbols', 'driver-update', 'core-struct'])(
    'under %s gives a build in which every import finds its exporter, numbered after the one before',
    async (regime) => {
      const { next } = await changes(regime);
      expect(checkBuild(next)).toEqual([]);
      expect(next.release).toBe('6.1.0-57-amd64');
      expect(next.modules.map(({ name }) => name)).toEqual(build.modules.map(({ name }) => name));
      // In the order of their names, also where symbols were added, which would else come last.
      const names = next.image.exports.map(({ name }) => name);
      expect(names).toEqual([...names].sort());
      expect(next.modules[0]?.vermagic).toBe(build.modules[0]?.vermagic?.replace('-56-', '-57-'));
    },
  );

  test('under service-pack turns over kernel modules and symbols as from Linux 6.1 to 6.12, and contradicts itself nowhere', async () => {
    const { next, diff } = await changes('service-pack');
    expect(checkBuild(next)).toEqual([]);
    expect(new Set(next.modules.map(({ name }) => name)).size).toBe(next.modules.length);
    expect(next.modules.map(({ path }) => path)).toEqual(next.modules.map(({ path }) => path).sort());
    // Debian's 6.1.0-56 to 6.12.107: 109 kernel modules went, 315 came; 77 % of the CRCs that were kept changed; 5 % of the symbols went, as
    // many as 13 % came, and all kernel modules had to be built again.
    expect(Math.abs(diff.modulesLost.length - 109)).toBeLessThan(5);
    expect(Math.abs(diff.modulesAdded.length - 315)).toBeLessThan(5);
    expect(Math.abs(diff.changed.length / diff.kept - 0.772)).toBeLessThan(0.02);
    const whole = diff.kept + diff.lost.length;
    expect(Math.abs(diff.lost.length / whole - 0.051)).toBeLessThan(0.02);
    expect(Math.abs(diff.added.length / whole - 0.135)).toBeLessThan(0.03);
    expect(diff.broken).toHaveLength(build.modules.length);
    // What goes takes all that need it along, and some of what went was imported by what stayed.
    const after = new Set(next.modules.map(({ name }) => name));
    for (const { depends } of next.modules) for (const name of depends) expect(after).toContain(name);
    expect(diff.lost.filter(({ importers }) => importers.some((name) => after.has(name))).length).toBeGreaterThan(100);
  });

  test('is repeatable, and another seed gives another build', async () => {
    const { next } = await changes('stable');
    expect((await draw('stable', 1)).next).toEqual(next);
    expect((await changes('kabi-maintained', 2)).diff.changed).not.toEqual(
      (await changes('kabi-maintained', 3)).diff.changed,
    );
  });

  test('breaks everything when struct module changes, as -54 to -55 did', async () => {
    const { diff } = await changes('core-struct');
    const real = diffKernels(await debian('54'), build);
    expect(diff.broken).toHaveLength(build.modules.length);
    expect(diff.changed[0]?.name).toBe('module_layout');
    expect(Math.abs(diff.changed.length / diff.kept - real.changed.length / real.kept)).toBeLessThan(0.02);
  });

  test('changes no CRC where none may change', async () => {
    for (const regime of ['security-fix', 'new-symbols']) {
      const { diff } = await changes(regime);
      expect([diff.changed, diff.lost, diff.broken]).toEqual([[], [], []]);
    }
    expect((await changes('new-symbols')).diff.added.length).toBeGreaterThan(0);
  });

  test('never changes module_layout under a kABI promise, and breaks next to nothing', async () => {
    for (const seed of [1, 2, 3]) {
      const { diff } = await changes('kabi-maintained', seed);
      expect(diff.changed.map(({ name }) => name)).not.toContain('module_layout');
      // At most 0.4 % in 16 measured updates; twice that is tolerated of a model.
      expect(diff.broken.length / build.modules.length).toBeLessThan(0.008);
    }
  });

  test('a driver update stays with one exporter', async () => {
    const { diff } = await changes('driver-update', 2);
    expect(new Set(diff.changed.map(({ exporter }) => exporter)).size).toBe(1);
  });

  test('works on synthetic kernels, beyond the size of the real one', async () => {
    const synthetic = await synthesizeKernel({ modules: 5000, seed: 1 });
    const next = await evolveKernel(synthetic, { regime: 'core-struct', seed: 1 });
    const diff = diffKernels(synthetic, next);
    expect(diff.broken).toHaveLength(5000);
    expect(diff.changed.length / diff.kept).toBeGreaterThan(0.6);
    expect(next.revision).toBe('synth1.5000.2');
  });

  test('names a regime that is none', async () => {
    await expect(evolveKernel(build, { regime: 'chaos', seed: 1 })).rejects.toMatchObject({ code: 'missing' });
  });
});

describe('the type graph', () => {
  test('explains the updates it was derived from: what changed reaches the type, and nothing else does', async () => {
    const older = await debian('52');
    const newer = await debian('53');
    const graph = typeGraphOf(newer, await loadObservedReach());
    const type = graph.types.findIndex(({ name }) => name === '6.1.0-52-amd64 > 6.1.0-53-amd64');
    const reached = new Set(reachedBy(graph, [type]).map((index) => graph.symbols[index]));
    const { changed } = diffKernels(older, newer);
    expect(changed.filter(({ name }) => !reached.has(name)).map(({ name }) => name)).toEqual([]);
    const both = new Set(older.modules.flatMap(({ imports }) => imports.map(({ name }) => name)));
    const names = new Set(changed.map(({ name }) => name));
    const extra = newer.modules
      .flatMap(({ imports }) => imports.map(({ name }) => name))
      .filter((name) => both.has(name) && reached.has(name) && !names.has(name));
    expect([...new Set(extra)]).toEqual([]);
  });

  test('a change of a contained type reaches the symbols of its containers', () => {
    const tiny = kernel({
      image: { a: 1 },
      modules: { lib: { exports: { b: 2, c: 3 } } },
    });
    const graph = typeGraphOf(tiny, reachOf(observeReach([tiny, tiny])));
    const place = (name: string): number => graph.types.findIndex((type) => type.name === name);
    const reached = (name: string) => reachedBy(graph, [place(name)]).map((index) => graph.symbols[index]);
    expect(reached('signature of a')).toEqual(['a']);
    expect(reached('types of kernel/drivers/lib')).toEqual(reached('types of lib'));
  });

  test('two updates that changed the same symbols are one type', () => {
    const at = (release: string, crcs: Record<string, number>) =>
      kernel({ release, image: crcs, modules: { m: { imports: Object.keys(crcs) } } });
    const chain = [
      at('1', { a: 1, b: 1, c: 1 }),
      at('2', { a: 2, b: 2, c: 1 }),
      at('3', { a: 3, b: 3, c: 1 }),
      at('4', { a: 3, b: 3, c: 2 }),
    ];
    const reach = reachOf(observeReach(chain));
    expect(reach.types).toEqual(['1 > 2', '3 > 4']);
    expect([reach.typesOf('a'), reach.typesOf('b'), reach.typesOf('c')]).toEqual([[0], [0], [1]]);
  });
});
