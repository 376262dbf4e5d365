import { createRequire } from 'node:module';
import { UndirectedGraph } from 'graphology';
import { grouped } from '#collections';
import { InputError } from '#errors';
import { globPattern } from '#files';
import { type KernelBuild, type KernelModule, moduleFileName, modulePathStem } from '#kernel';
import { seededRandom } from '#statistics';
import { sourcePath } from '../parts/patterns.js';
import type { DesignOptions } from './options.js';

/** The package is CommonJS and its types describe an ES module; imported as one it would have the function in the wrong place. */
// oxlint-disable-next-line typescript/no-unsafe-assignment
const louvain: typeof import('graphology-communities-louvain').default = createRequire(import.meta.url)(
  'graphology-communities-louvain',
);

/** Kernel modules by the name of their group. */
export type Groups = ReadonlyMap<string, readonly KernelModule[]>;

export const groupings = ['directory', 'subsystem', 'installer', 'community', 'custom'] as const;
export type Grouping = (typeof groupings)[number];

/** @throws InputError where the user's groups leave a kernel module out or want one twice */
export function groupsOf(grouping: Grouping, build: KernelBuild, options: DesignOptions): Groups {
  switch (grouping) {
    case 'directory':
      return grouped(build.modules, ({ path }) => nameOfPath(directory(path)));
    case 'subsystem':
      return grouped(build.modules, ({ path }) => nameOfPath(subsystem(path)));
    case 'installer':
      return grouped(build.modules, ({ path }) => installerGroup(sourcePath(path)));
    case 'community':
      return communities(build, options.seed ?? 1);
    case 'custom':
      return custom(build, options.groups);
  }
}

function directory(path: string): string {
  const below = sourcePath(path);
  return below.slice(0, Math.max(0, below.lastIndexOf('/'))) || 'kernel';
}

/** `drivers/net`, `net/netfilter`, `sound/pci`, `fs`, `crypto`: as deep as the tree's maintainers divide it. */
function subsystem(path: string): string {
  const [first = 'kernel', second] = directory(path).split('/');
  return second !== undefined && ['drivers', 'net', 'sound', 'arch'].includes(first) ? `${first}/${second}` : first;
}

function nameOfPath(path: string): string {
  return path.replace(/[^A-Za-z0-9._+-]+/g, '-');
}

/**
 * Groups in the manner of the packages that Debian's installer loads its drivers from (debian/installer/package-list in Debian's
 * kernel source): first match wins, and what an installer has no use for is cut by subsystem.
 */
const installerGroups: readonly (readonly [string, RegExp])[] = [
  ['nic-wireless', /^(drivers\/net\/wireless|net\/(wireless|mac80211))\//],
  ['nic-usb', /^drivers\/net\/usb\//],
  ['nic-pcmcia', /^drivers\/net\/ethernet\/.*_cs\.ko/],
  ['nic-shared', /^drivers\/net\/(phy|mdio|pcs|mii|dsa)/],
  ['nic', /^drivers\/net\/(ethernet|virtio_net|vmxnet3|hyperv|xen)/],
  ['ppp', /^drivers\/net\/(ppp|slip)\//],
  ['usb-storage', /^drivers\/usb\/storage\//],
  ['usb-serial', /^drivers\/usb\/serial\//],
  ['usb', /^drivers\/usb\//],
  ['input', /^drivers\/(hid|input)\//],
  ['sata', /^drivers\/ata\/(ahci|libahci|sata)/],
  ['pata', /^drivers\/ata\//],
  ['scsi-core', /^drivers\/scsi\/(scsi_mod|sd_mod|sg|sr_mod|scsi_transport)/],
  ['scsi', /^drivers\/(scsi|message|target)\//],
  ['nvme', /^drivers\/nvme\//],
  ['mmc', /^drivers\/(mmc|memstick)\//],
  ['mtd', /^drivers\/mtd\//],
  ['md', /^drivers\/md\//],
  ['firewire', /^drivers\/firewire\//],
  ['crypto-dm', /^crypto\/(xts|cbc|aes|sha|essiv)/],
  ['crypto', /^(crypto|arch\/[^/]+\/crypto|drivers\/crypto|lib\/crypto)\//],
  ['crc', /^lib\/crc/],
  ['btrfs', /^fs\/btrfs\//],
  ['xfs', /^fs\/xfs\//],
  ['ext4', /^fs\/(ext4|jbd2|mbcache)/],
  ['fat', /^fs\/(fat|nls)\//],
  ['isofs', /^fs\/(isofs|udf)\//],
  ['fb', /^drivers\/(video|gpu)\//],
  ['i2c', /^drivers\/i2c\//],
];

function installerGroup(path: string): string {
  const found = installerGroups.find(([, pattern]) => pattern.test(path));
  return found === undefined ? nameOfPath(subsystem(path)) : `${found[0]}-modules`;
}

/**
 * Groups that import much from each other and little from the rest: Louvain communities of the graph of kernel modules, an edge as
 * heavy as the symbols on it. A group is called after the kernel module with the most symbols on its edges.
 */
function communities(build: KernelBuild, seed: number): Groups {
  const graph = new UndirectedGraph<Record<string, never>, { weight: number }>();
  const exporter = new Map(
    build.modules.flatMap((kernelModule) =>
      kernelModule.exports.map((symbol) => [symbol.name, kernelModule.name] as const),
    ),
  );
  for (const { name } of build.modules) graph.addNode(name);
  for (const { name, imports } of build.modules) {
    for (const symbol of imports) {
      const from = exporter.get(symbol.name);
      if (from === undefined || from === name) continue;
      graph.updateEdge(name, from, ({ weight = 0 }) => ({ weight: weight + 1 }));
    }
  }
  const community = louvain(graph, { rng: seededRandom(seed).float, getEdgeWeight: 'weight' });
  const weight = (node: string): number =>
    graph.reduceEdges(node, (sum, _edge, attributes) => sum + attributes.weight, 0);
  const members = grouped(build.modules, ({ name }) => String(community[name]));
  const named = new Map<string, readonly KernelModule[]>();
  for (const group of members.values()) {
    const [hub] = [...group].sort((a, b) => weight(b.name) - weight(a.name) || (a.name < b.name ? -1 : 1));
    if (hub !== undefined) named.set(`${moduleFileName(hub.path)}-group`, group);
  }
  return named;
}

function custom(build: KernelBuild, groups: DesignOptions['groups']): Groups {
  if (groups === undefined) {
    throw new InputError('invalid', 'grouping custom needs groups', {
      place: { part: 'groups' },
      expected: 'patterns of paths by the name of the group: { nic: ["drivers/net/**"], rest: [...] }',
    });
  }
  const patterns = Object.entries(groups).map(([name, texts]) => ({ name, tests: texts.map(globPattern) }));
  const result = grouped(build.modules, (kernelModule) => {
    const path = modulePathStem(sourcePath(kernelModule.path));
    const found = patterns.filter(({ tests }) => tests.some((test) => test.test(path))).map(({ name }) => name);
    const [only, second] = found;
    if (only !== undefined && second === undefined) return only;
    const problem =
      only === undefined
        ? `kernel module ${kernelModule.path} is in no group`
        : `kernel module ${kernelModule.path} is in the groups ${found.join(' and ')}`;
    throw new InputError('invalid', problem, {
      place: { part: 'groups' },
      expected: 'every kernel module in exactly one group, so that no two packages hold one file',
    });
  });
  const empty = patterns.find(({ name }) => !result.has(name));
  if (empty !== undefined) {
    throw new InputError('invalid', `group ${empty.name} has no kernel module in ${build.release}`, {
      place: { part: 'groups' },
    });
  }
  return result;
}
