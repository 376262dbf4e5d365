import { describe, expect, it } from 'vitest';
import { graphFacts } from '#analyse';
import { kernel } from '../support/kernel.js';

/** A diamond on top of a chain: nic and storage need bus, bus needs core; tool needs nobody. */
const diamond = kernel({
  image: { kmalloc: 0x11, printk: 0x12, unused: 0x13 },
  modules: {
    core: { exports: { core_register: 0xa1, core_unused: 0xa2 }, imports: ['kmalloc', 'printk'] },
    bus: { exports: { bus_attach: 0xb1 }, imports: ['core_register', 'kmalloc'], aliases: ['bus'] },
    nic: { imports: ['bus_attach', 'core_register', 'kmalloc'], aliases: ['pci:v8086d10D3*', 'nic'] },
    storage: { imports: ['bus_attach', 'kmalloc'], aliases: ['pci:v1AF4d1001*'] },
    tool: { imports: ['kmalloc'] },
  },
});

describe('the facts of a graph of kernel modules', () => {
  const facts = graphFacts(diamond);

  it('count modules, edges, imports and exports as one counts them by hand', () => {
    expect(facts).toMatchObject({
      kernelModules: 5,
      edges: 4,
      imports: 10,
      importsFromImage: 6,
      exports: 6,
      exportsOfImage: 3,
      exportingModules: 2,
      leaves: 3,
      withoutDependency: 2,
      withoutHardwareAlias: 3,
      aliases: 4,
      cycles: 0,
    });
  });

  it('spread closures, depths and fan-in', () => {
    // closures: core 0, bus 1, nic 2, storage 2, tool 0; depths the same here
    expect(facts.closure).toEqual({ mean: 1, p50: 1, p90: 2, p99: 2, max: 2 });
    expect(facts.depth.max).toBe(2);
    // kmalloc 5, core_register 2, bus_attach 2, printk 1
    expect(facts.fanIn).toMatchObject({ mean: 2.5, max: 5 });
    expect(facts.symbolsWithOneUser).toBe(1);
  });

  it('name the hubs and nobody without dependents', () => {
    expect(facts.hubs).toEqual([
      { name: 'core', direct: 2, transitive: 3 },
      { name: 'bus', direct: 2, transitive: 2 },
    ]);
  });

  it('lay out the largest closure: each kernel module below all that need it', () => {
    // nic and storage need two each; nic comes first. core is needed by nic and by bus, and stands below bus.
    expect(facts.deepest).toEqual({
      kernelModule: 'nic',
      nodes: [
        { name: 'nic', layer: 0 },
        { name: 'bus', layer: 1 },
        { name: 'core', layer: 2 },
      ],
      edges: [
        { from: 'bus', to: 'core' },
        { from: 'nic', to: 'bus' },
        { from: 'nic', to: 'core' },
      ],
    });
    const round = kernel({
      modules: { a: { exports: { a_x: 1 }, imports: ['b_x'] }, b: { exports: { b_x: 2 }, imports: ['a_x'] } },
    });
    expect(graphFacts(round).deepest).toBeNull();
    expect(graphFacts(kernel({ modules: { alone: {} } })).deepest).toBeNull();
  });

  it('count in a blast radius whoever depends on an importer', () => {
    expect(facts.blastRadius).toEqual([
      { symbol: 'kmalloc', exporter: 'vmlinux', direct: 5, transitive: 5 },
      { symbol: 'printk', exporter: 'vmlinux', direct: 1, transitive: 4 },
      { symbol: 'core_register', exporter: 'core', direct: 2, transitive: 3 },
      { symbol: 'bus_attach', exporter: 'bus', direct: 2, transitive: 2 },
    ]);
  });

  it('draw every kernel module into exactly one bin', () => {
    for (const { of, bins } of facts.histograms) {
      const values = of === 'fanIn' ? 4 : 5;
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values);
      bins.forEach(({ from }, index) => {
        expect(from).toBe(index === 0 ? 0 : bins[index - 1]?.to);
      });
    }
    expect(facts.histograms.find(({ of }) => of === 'fanIn')?.bins).toEqual([
      { from: 0, to: 1, count: 0 },
      { from: 1, to: 2, count: 1 },
      { from: 2, to: 4, count: 2 },
      { from: 4, to: 8, count: 1 },
    ]);
  });

  it('report a cycle instead of running in it', () => {
    const facts = graphFacts(
      kernel({
        modules: {
          a: { exports: { a1: 1 }, imports: ['b1'] },
          b: { exports: { b1: 2 }, imports: ['a1'] },
          user: { imports: ['a1'] },
        },
      }),
    );
    expect(facts.cycles).toBe(1);
    expect(facts.closure.max).toBe(2);
    expect(facts.depth.max).toBe(1);
    expect(facts.hubs[0]).toEqual({ name: 'a', direct: 2, transitive: 2 });
  });

  it('are all zero for a kernel without kernel modules', () => {
    const facts = graphFacts(kernel({ image: { kmalloc: 1 } }));
    expect(facts).toMatchObject({ kernelModules: 0, edges: 0, exports: 1, hubs: [], blastRadius: [] });
    expect(facts.closure).toEqual({ mean: 0, p50: 0, p90: 0, p99: 0, max: 0 });
  });

  it('follow the declared dependencies where a build has no imports', () => {
    const build = kernel({ modules: { core: {}, nic: { depends: ['core', 'absent'] } } });
    expect(graphFacts({ ...build, modversions: false })).toMatchObject({ edges: 1, leaves: 1, withoutDependency: 1 });
  });
});
