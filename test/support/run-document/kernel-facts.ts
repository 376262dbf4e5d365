import type { GraphFacts, RunDocument } from '#run-document';

export function churn(from: string, to: string, changed: number, broken: number): RunDocument['churn'][number] {
  const share = (part: number): number => Math.round(broken * part);
  return {
    from: `6.1.0-${from}-amd64`,
    to: `6.1.0-${to}-amd64`,
    symbols: 24_683,
    changed,
    added: changed === 0 ? 0 : 4,
    lost: changed > 1000 ? 2 : 0,
    unknown: 0,
    kernelModules: 4023,
    broken,
    brokenByVermagic: 0,
    brokenInAll: Math.min(4023, Math.round(broken * 1.5)),
    undecided: 0,
    brokenBySubsystem:
      broken === 0
        ? []
        : [
            { name: 'drivers/net', count: share(0.42) },
            { name: 'drivers/gpu', count: share(0.3) },
            { name: 'net', count: broken - share(0.42) - share(0.3) },
          ],
    responsible:
      broken === 0
        ? []
        : [
            { name: 'alloc_etherdev_mqs', count: share(0.31) },
            { name: 'netif_napi_add_weight', count: share(0.22) },
          ],
  };
}

export function graph(): GraphFacts {
  const spread = (mean: number, p50: number, p90: number, p99: number, max: number) => ({ mean, p50, p90, p99, max });
  const bins = (counts: readonly number[], edge: (index: number) => number) =>
    counts.map((count, index) => ({ from: edge(index), to: edge(index + 1), count }));
  const unit = (index: number): number => index;
  const doubling = (index: number): number => (index === 0 ? 0 : 2 ** (index - 1));
  return {
    release: '6.1.0-53-amd64',
    deepest: {
      kernelModule: 'r8152',
      nodes: [
        { name: 'r8152', layer: 0 },
        { name: 'mii', layer: 1 },
        { name: 'usbcore', layer: 1 },
        { name: 'usb-common', layer: 2 },
      ],
      edges: [
        { from: 'r8152', to: 'mii' },
        { from: 'r8152', to: 'usbcore' },
        { from: 'usbcore', to: 'usb-common' },
      ],
    },
    kernelModules: 4023,
    edges: 6022,
    imports: 188_913,
    importsFromImage: 147_352,
    exports: 24_683,
    exportsOfImage: 10_503,
    exportingModules: 930,
    leaves: 3257,
    withoutDependency: 1075,
    withoutHardwareAlias: 1895,
    aliases: 26_222,
    cycles: 0,
    importsPerModule: spread(47, 28, 101, 286, 1161),
    exportsPerModule: spread(3.5, 0, 6, 67, 482),
    outDegree: spread(1.5, 1, 3, 6, 15),
    inDegree: spread(1.5, 0, 2, 26, 393),
    closure: spread(2.5, 1, 7, 12, 25),
    depth: spread(1.3, 1, 3, 6, 9),
    fanIn: spread(10.9, 2, 13, 159, 4023),
    symbolsWithOneUser: 7060,
    hubs: [
      { name: 'usbcore', direct: 393, transitive: 431 },
      { name: 'industrialio', direct: 236, transitive: 283 },
      { name: 'rc_core', direct: 196, transitive: 243 },
      { name: 'snd_pcm', direct: 183, transitive: 239 },
      { name: 'videodev', direct: 146, transitive: 181 },
    ],
    blastRadius: [
      { symbol: 'module_layout', exporter: 'vmlinux', direct: 4023, transitive: 4023 },
      { symbol: '__fentry__', exporter: 'vmlinux', direct: 3987, transitive: 4009 },
      { symbol: 'kfree', exporter: 'vmlinux', direct: 1956, transitive: 2740 },
      { symbol: 'usb_register_driver', exporter: 'usbcore', direct: 340, transitive: 379 },
    ],
    histograms: [
      { of: 'imports', bins: bins([0, 4, 21, 170, 620, 1180, 1120, 640, 200, 52, 14, 2], doubling) },
      { of: 'fanIn', bins: bins([0, 7060, 4600, 2800, 1500, 800, 300, 110, 60, 30, 9, 5, 2], doubling) },
      { of: 'inDegree', bins: bins([3257, 310, 180, 120, 80, 40, 20, 10, 5, 1], doubling) },
      { of: 'outDegree', bins: bins([1075, 1500, 820, 380, 140, 60, 25, 10, 5, 3, 2, 1, 0, 0, 1, 1], unit) },
      {
        of: 'closure',
        bins: bins(
          [1075, 1210, 610, 300, 220, 160, 120, 100, 80, 60, 40, 20, 10, 8, 4, 2, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1],
          unit,
        ),
      },
      { of: 'depth', bins: bins([1075, 1560, 820, 330, 130, 60, 30, 12, 4, 2], unit) },
    ],
  };
}
