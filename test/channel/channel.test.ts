import { describe, expect, it } from 'vitest';
import { depthOf, LineBuilds, linesOf, ordinaryPackages, proportions, publishedOverTime, withChannel } from '#channel';
import { evolveKernel, type KernelBuild, kernelDeriver, loadBuiltinKernel, parseDerivedName } from '#kernel';
import { kernelUpdate, packageBuilds } from '#packaging';
import { nevra, type RpmPackage } from '#rpm';
import { partOf } from '#run';
import { type Channel, channelSchema, parseScenario, variantsOf } from '#scenario';

function channel(more: object = {}): Channel {
  return channelSchema.parse({ kernels: 4, builds: ['debian-6.1.0-55-amd64', 'debian-6.1.0-56-amd64'], ...more });
}

describe('the kernels of a channel', () => {
  it('are real ones first, then successors of the last', () => {
    expect(linesOf(channel())).toEqual([
      [
        'debian-6.1.0-55-amd64',
        'debian-6.1.0-56-amd64',
        'debian-6.1.0-56-amd64~stable.1.1',
        'debian-6.1.0-56-amd64~stable.1.2',
      ],
    ]);
    expect(linesOf(channel({ kernels: 1 }))).toEqual([['debian-6.1.0-55-amd64']]);
  });

  it('come in a line for each architecture and flavor', () => {
    const lines = linesOf(channel({ kernels: 3, flavors: ['default', 'rt'], architectures: ['x86_64', 'aarch64'] }));
    expect(lines.map((line) => line.at(-1))).toEqual([
      'debian-6.1.0-56-amd64~arch.x86_64~flavor.default~stable.1.1',
      'debian-6.1.0-56-amd64~arch.x86_64~flavor.rt~stable.1.1',
      'debian-6.1.0-56-amd64~arch.aarch64~flavor.default~stable.1.1',
      'debian-6.1.0-56-amd64~arch.aarch64~flavor.rt~stable.1.1',
    ]);
  });

  it('are not files whose names look a little like theirs', () => {
    for (const name of [
      '~/one.kernel.json.zst',
      'a~b',
      'a~stable.1',
      'a~stable.1.0',
      'x~1',
      '6.12.1+deb13~bpo12.kernel',
    ])
      expect(parseDerivedName(name), name).toBeNull();
  });
});

describe('builds that are made from others', async () => {
  const part = partOf(await loadBuiltinKernel('debian-6.1.0-56-amd64'), ['e1000e', 'tun']);
  const line = ['x', 'x~stable.7.1', 'x~stable.7.2'];
  const lineBuilds = async (): Promise<LineBuilds> =>
    new LineBuilds(line, () => Promise.resolve(part), await kernelDeriver());

  it('are what `kernel evolve` makes, one after the other or at once', async () => {
    const one = await evolveKernel(part, { regime: 'stable', seed: 8 });
    const two = await evolveKernel(one, { regime: 'stable', seed: 9 });
    const builds = await lineBuilds();
    expect(await builds.at(0)).toBe(part);
    expect(await builds.at(1)).toEqual(one);
    expect(await builds.at(2)).toEqual(two);
    expect(await (await lineBuilds()).at(2)).toEqual(two);
  });

  it('have their own release, and their siblings’ version, as another flavor', async () => {
    const derive = await kernelDeriver();
    expect(derive(part, { kind: 'flavor', flavor: part.flavor })).toBe(part);
    const rt = derive(part, { kind: 'flavor', flavor: 'rt' });
    expect(rt).toMatchObject({ release: '6.1.0-56-rt-amd64', flavor: 'rt', upstreamVersion: part.upstreamVersion });
    const arm = derive(rt, { kind: 'arch', arch: 'aarch64' });
    expect(arm).toMatchObject({ release: '6.1.0-56-rt-arm64', arch: 'aarch64', revision: part.revision });
    expect(arm.modules[0]?.vermagic).toMatch(/^6\.1\.0-56-rt-arm64 /);
    const checksum = ({ modules }: KernelBuild) =>
      modules[0]?.imports.find(({ name }) => name === 'module_layout')?.crc;
    expect(new Set([checksum(part), checksum(rt), checksum(arm)]).size).toBe(3);
  });

  it('are published whole, or what changed alone, which is what kernelUpdate says', async () => {
    const builds = await lineBuilds();
    const chain = [await builds.at(0), await builds.at(1), await builds.at(2)];
    const names = (packages: readonly RpmPackage[]): string[] => packages.map(nevra);
    const all = publishedOverTime('modular', [chain], { publish: 'all', retention: true });
    expect(all.map(({ packages }) => names(packages))).toEqual(
      chain.map((build) => names(packageBuilds('modular', [build], { patterns: false }).packages)),
    );
    const changed = publishedOverTime('modular', [chain], { publish: 'changed', retention: true });
    const updates = [0, 1].map((at) => kernelUpdate('modular', chain[at] ?? part, chain[at + 1] ?? part));
    expect(changed.map(({ packages }) => packages.length)).toEqual([
      all[0]?.packages.length,
      ...updates.map(({ rebuilt }) => rebuilt.length),
    ]);
  });

  it('keep their images without retention, and of the other packages the newest of each name', async () => {
    const builds = await lineBuilds();
    const chain = [await builds.at(0), await builds.at(1), await builds.at(2)];
    const kept = publishedOverTime('modular', [chain], { publish: 'all', retention: false }).map(
      ({ packages }) => packages,
    );
    const images = kept.flat().filter(({ provides }) => provides.some(({ name }) => name === 'kernel-uname-r'));
    expect(images).toHaveLength(3);
    const others = kept.flat().filter((pkg) => !images.includes(pkg));
    expect(new Set(others.map(({ name }) => name)).size).toBe(others.length);
    expect(others.filter((pkg) => pkg.name.startsWith('e1000e')).map(({ evr }) => evr.release)).toEqual([
      chain[2]?.revision,
    ]);
  });
});

describe('ordinary packages', () => {
  const packages = [...ordinaryPackages({ packages: 5000, seed: 1 }, 'x86_64')];
  const mean = (of: (pkg: RpmPackage) => number): number => packages.reduce((sum, pkg) => sum + of(pkg), 0) / 5000;

  it('have about as many dependencies as Debian’s have, which are counted apart from the quantiles', () => {
    // Means of Debian 12's Packages index: 4.40 Depends and Pre-Depends, 0.59 Provides, 0.45 Recommends; 49 % are for all architectures.
    expect(mean(({ requires }) => requires.length)).toBeGreaterThan(4.4 * 0.85);
    expect(mean(({ requires }) => requires.length)).toBeLessThan(4.4 * 1.15);
    expect(mean(({ provides }) => provides.length - 1)).toBeCloseTo(0.59, 0);
    expect(mean(({ recommends }) => recommends.length)).toBeCloseTo(0.45, 0);
    expect(mean(({ arch }) => (arch === 'noarch' ? 1 : 0))).toBeCloseTo(0.49, 1);
  });

  it('ask for the same few packages as often as Debian’s do', () => {
    const wanted = new Map<string, number>();
    for (const { requires } of packages) for (const { name } of requires) wanted.set(name, (wanted.get(name) ?? 0) + 1);
    const counts = [...wanted.values()].sort((a, b) => b - a);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const share =
      counts.slice(0, Math.round((300 * 5000) / proportions.packages)).reduce((sum, count) => sum + count, 0) / total;
    // The 300 most wanted of Debian's 63,436 get 48 % of all dependencies.
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.56);
  });

  it('can all be installed: each asks only for packages before it', () => {
    const before = new Set<string>();
    for (const { name, requires, recommends } of packages) {
      for (const wanted of [...requires, ...recommends]) expect(before.has(wanted.name)).toBe(true);
      before.add(name);
    }
  });

  it('follow from the seed', () => {
    const [one] = ordinaryPackages({ packages: 5000, seed: 1 }, 'x86_64');
    const [other] = ordinaryPackages({ packages: 5000, seed: 2 }, 'x86_64');
    expect(one).toEqual(packages[0]);
    expect(other).not.toEqual(one);
  });
});

describe('a scenario with a channel', () => {
  const text = (more: string): string => `
question: What if?
channel: { kernels: [2, 30], builds: [debian-6.1.0-56-amd64], vendors: [{ name: acme, kernelModule: nic, like: e1000e, lag: 1 }] }
steps:
  - name: one
    repositories: [first, kernels, acme]
    request: { verb: up }
${more}`;

  it('runs at each depth, with what is expected there', () => {
    const scenario = parseScenario(text('    expectAtDepth: { "30": { status: unsolvable } }\n'), 'x.yaml');
    const variants = variantsOf({ id: 'x', file: 'x.yaml', text: '', scenario });
    expect(variants.map(({ id, depth, scenario: one }) => [id, depth, one.steps[0]?.expect.status])).toEqual([
      ['x at depth 2', 2, undefined],
      ['x at depth 30', 30, 'unsolvable'],
    ]);
    const { channel: deep, repositories } = withChannel(variants[1]?.scenario ?? scenario);
    expect(deep === undefined ? 0 : depthOf(deep)).toBe(30);
    expect(repositories['kernels']?.kernels).toHaveLength(30);
    expect(repositories['first']?.kernels).toEqual(['debian-6.1.0-56-amd64']);
    // The vendor is one kernel behind.
    expect(repositories['acme']?.externalDrivers.map(({ kernel }) => kernel)).toEqual(
      repositories['kernels']?.kernels.slice(0, 29),
    );
  });

  it.each([
    ['    expectAtDepth: { "3": { status: solved } }\n', /x\.yaml:8:22.*no depth 3/s],
    ['repositories: { first: { kernels: [debian-6.1.0-56-amd64] } }\n', /`channel` makes a repository "first" already/],
  ])('is refused where it says %s', (more, message) => {
    expect(() => parseScenario(text(more), 'x.yaml')).toThrow(message);
  });

  it('is told which key was meant', () => {
    const misspelt = text('').replace('kernels: [2, 30]', 'kernels: 2, regimes: stable');
    expect(() => parseScenario(misspelt, 'x.yaml')).toThrow(/unknown key "regimes"/);
  });
});
