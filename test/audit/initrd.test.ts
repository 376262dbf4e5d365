import { describe, expect, it } from 'vitest';
import { auditMachine, defaultLoaderPolicy, type InitrdSituation, type Initrds, type Payload } from '#audit';
import type { KernelBuild } from '#kernel';
import type { InitrdConfiguration, WeakModulesScript } from '#run-document';
import { image, kmp } from '../support/installed.js';
import { kernel } from '../support/kernel.js';

const release = '6.1.0-1-default';

const build: KernelBuild = kernel({
  release,
  image: { kmalloc: 1, blk_mq_alloc_request: 2, eth_type_trans: 3 },
  modules: {
    core: { exports: { nvme_core: 9 }, imports: ['kmalloc'] },
    nvme: { imports: ['nvme_core', 'blk_mq_alloc_request'], aliases: ['pci:v*d*bc01sc08i02*'] },
    ahci: { imports: ['blk_mq_alloc_request'], aliases: ['pci:v*d*bc01sc06i01*'] },
    tg3: {
      path: 'kernel/drivers/net/ethernet/broadcom/tg3.ko',
      imports: ['eth_type_trans'],
      aliases: ['pci:v000014E4d*'],
    },
    sound: { imports: ['kmalloc'], aliases: ['pci:v*d*bc04sc03i00*'] },
    ext4: { path: 'kernel/fs/ext4/ext4.ko', imports: ['kmalloc'], softdeps: { pre: ['crypto-crc32c'], post: [] } },
    xfs: { path: 'kernel/fs/xfs/xfs.ko', imports: ['kmalloc'] },
    crc32c_generic: { path: 'kernel/lib/crc32c.ko', imports: ['kmalloc'], aliases: ['crypto-crc32c', 'crc32c'] },
  },
});

const disk = { name: 'disk', class: 'storage', modalias: 'pci:v0000144Dd0000A808sv0sd0bc01sc08i02' };
const nic = { name: 'nic', class: 'network', modalias: 'pci:v000014E4d00001657sv0sd0bc02sc00i00' };
const card = { name: 'card', class: 'sound', modalias: 'pci:v00008086d00009D71sv0sd0bc04sc03i00' };
const root = { devices: ['disk'], kernelModules: ['ext4'] };

const own: InitrdConfiguration = { hostOnly: true, network: false, drivers: [], requires: {} };
const all = build.modules.map(({ name }) => name);

function packagesOf(names: readonly string[], directory?: string): Payload[] {
  const place = directory === undefined ? {} : { directory };
  return [image(build), ...names.map((name) => kmp(build, `${name}-kmp-default-1-1`, [name], place))];
}

interface Step {
  readonly before?: Initrds;
  readonly configuration?: Partial<InitrdConfiguration>;
  readonly script?: WeakModulesScript;
  readonly due?: readonly string[];
  readonly supplied?: InitrdSituation['supplied'];
}

/** The audit of a machine with an initrd, and the initrds it leaves. */
function machine(
  installed: readonly Payload[],
  { before = new Map(), configuration, script, due = [], supplied = null }: Step = {},
) {
  const { audit, initrds } = auditMachine({
    installed,
    offered: [],
    devices: [disk, nic, card],
    root,
    policy: { ...defaultLoaderPolicy, weakModules: script ?? 'weak-modules2-any-directory' },
    initrd: { configuration: { ...own, ...configuration }, before, due: new Set(due), supplied },
  });
  const held = [...(initrds.get(release)?.modules.values() ?? [])].map(({ kernelModule }) => kernelModule.name).sort();
  const [found] = audit.kernels;
  const mounted = found?.root?.every(({ state }) => state === 'ready');
  return { initrds, held, mounted, initrd: found?.initrd, root: found?.root, devices: audit.devices };
}

describe('an initrd', () => {
  it('of one machine holds the drivers of its disk, its file systems, and what they need, by softdep too', () => {
    const { held, mounted } = machine(packagesOf(all));
    expect(held).toEqual(['core', 'crc32c_generic', 'ext4', 'nvme']);
    expect(mounted).toBe(true);
  });

  it('of any machine holds those of all disks and all file systems', () => {
    expect(machine(packagesOf(all), { configuration: { hostOnly: false } }).held).toEqual([
      ...['ahci', 'core', 'crc32c_generic', 'ext4', 'nvme', 'xfs'],
    ]);
  });

  it('holds drivers of network cards only where it is asked for the network', () => {
    expect(machine(packagesOf(all), { configuration: { network: true } }).held).toContain('tg3');
  });

  it('holds what is named to it, where that is installed', () => {
    expect(machine(packagesOf(all), { configuration: { drivers: ['tg3', 'missing'] } }).held).toContain('tg3');
  });

  it('takes along what SUSE INITRD lines require, for hardware that is there', () => {
    const requires = { nvme: ['xfs'], ahci: ['tg3'] };
    expect(machine(packagesOf(all), { configuration: { requires } }).held).toEqual([
      ...['core', 'crc32c_generic', 'ext4', 'nvme', 'xfs'],
    ]);
  });
});

describe('an initrd is made anew', () => {
  const without = (...names: string[]): string[] => all.filter((name) => !names.includes(name));

  it('with the kernel, and not because of what came later that it does not have', () => {
    const first = machine(packagesOf(without('ext4')));
    expect(first).toMatchObject({ mounted: false, initrd: { made: true } });
    const later = machine(packagesOf(all), { before: first.initrds });
    expect(later).toMatchObject({ mounted: false, initrd: { made: false, lacks: { total: 2 } } });
    expect(later.initrd?.lacks.names).toEqual(['crc32c_generic', 'ext4']);
    expect(later.root).toContainEqual({ need: 'ext4', state: 'notInInitrd' });
    expect(machine(packagesOf(all), { before: first.initrds, due: [release] }).mounted).toBe(true);
  });

  it('because of what dracut is configured to add', () => {
    const configuration = { drivers: ['ext4'] };
    const first = machine(packagesOf(without('ext4')), { configuration });
    expect(machine(packagesOf(all), { before: first.initrds, configuration }).mounted).toBe(true);
  });

  it('because a KMP goes whose kernel module it holds', () => {
    const first = machine(packagesOf(all, 'updates'));
    const later = machine(packagesOf(without('nvme'), 'updates'), { before: first.initrds });
    expect(later).toMatchObject({ mounted: false, initrd: { made: true } });
  });

  it('but not because a part of the kernel goes: what it holds still drives the machine', () => {
    const first = machine(packagesOf(all), { script: 'weak-modules2' });
    const later = machine(packagesOf(without('nvme')), { before: first.initrds, script: 'weak-modules2' });
    expect(later).toMatchObject({ mounted: true, initrd: { made: false, keeps: { total: 1, names: ['nvme'] } } });
    expect(later.devices.find(({ device }) => device === 'disk')).toMatchObject({
      state: 'driven',
      drivers: [{ name: 'nvme', from: 'initrd' }],
    });
  });

  it("by Red Hat's script because of anything, and by none never", () => {
    const first = machine(packagesOf(without('ext4')));
    const before = first.initrds;
    expect(machine(packagesOf(all), { before, script: 'weak-modules' }).mounted).toBe(true);
    expect(machine(packagesOf(all), { before, script: 'none' }).mounted).toBe(false);
    const whole = machine(packagesOf(all, 'updates')).initrds;
    const later = machine(packagesOf(without('nvme'), 'updates'), { before: whole, script: 'none' });
    expect(later).toMatchObject({ mounted: true, initrd: { made: false, keeps: { names: ['nvme'] } } });
  });

  it('not because a driver of the disk comes that it does not have, though it would be loaded', () => {
    const first = machine(packagesOf(without('nvme', 'core')));
    const later = machine(packagesOf(all), { before: first.initrds });
    expect(later.devices.find(({ device }) => device === 'disk')?.state).toBe('driven');
    expect(later.root).toContainEqual({ need: 'disk', state: 'notInInitrd' });
  });
});

it('an initrd made elsewhere drives what is not installed, and is not made here', () => {
  const supplied = new Map([[release, packagesOf(all).flatMap(({ modules }) => modules)]]);
  const configuration = { hostOnly: false, network: true };
  const bare = machine(packagesOf([]), { configuration, supplied });
  expect(bare).toMatchObject({ mounted: true, initrd: { made: true } });
  expect(bare.devices.map(({ device, state, drivers }) => [device, state, drivers])).toEqual([
    ['disk', 'driven', [{ name: 'nvme', from: 'initrd' }]],
    ['nic', 'driven', [{ name: 'tg3', from: 'initrd' }]],
    ['card', 'noDriver', []],
  ]);
  const later = machine(packagesOf(all), { before: bare.initrds, configuration, supplied, due: [release] });
  expect(later.initrd).toMatchObject({ made: false, lacks: { total: 0 } });
});
