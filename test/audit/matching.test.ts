import { describe, expect, it } from 'vitest';
import type { InstalledModule } from '#audit';
import type { AuditedDevice } from '#run-document';
import { Coverage } from '../../src/audit/coverage.js';
import { auditDevice } from '../../src/audit/devices.js';
import { answersTo, driversOf, isBuiltin } from '../../src/audit/matching.js';
import { rootNeeds } from '../../src/audit/root.js';
import type { EarlyView, Sources } from '../../src/audit/view.js';
import { image, payloads } from '../support/installed.js';
import { kernel } from '../support/kernel.js';

const aliases: Readonly<Record<string, readonly string[]>> = {
  ext4: ['fs-ext4', 'crypto-x*', 'usb:odd'],
  zeta: ['pci:v1d?sv*'],
  alpha: ['pci:v1d[1-3]sv*'],
  escaped: ['platform:a\\*b'],
  nvme_core: [],
};
const build = kernel({
  builtin: ['kernel/fs/binfmt-script.ko'],
  modules: Object.fromEntries(Object.entries(aliases).map(([name, list]) => [name, { aliases: list }])),
});
const modules = payloads(build).flatMap((one) => one.modules);
const named = (...names: readonly string[]): InstalledModule[] =>
  names.flatMap((name) => modules.filter(({ kernelModule }) => kernelModule.name === name));
const found = (modalias: string) => driversOf(modalias, modules).map(({ kernelModule }) => kernelModule.name);

describe('drivers of a device', () => {
  it('are those whose pattern matches as fnmatch has it, sorted by name', () => {
    expect(found('pci:v1d2svFF')).toEqual(['alpha', 'zeta']);
    expect(found('pci:v1d7svFF')).toEqual(['zeta']);
    const names = (list: readonly InstalledModule[]) =>
      driversOf('pci:v1d2svFF', list).map(({ kernelModule }) => kernelModule.name);
    expect(names([...modules].reverse())).toEqual(['alpha', 'zeta']);
    expect(names([...modules, ...modules])).toEqual(['alpha', 'zeta']);
    expect(found('platform:a*b')).toEqual(['escaped']);
    expect(found('platform:axb')).toEqual([]);
  });

  it('match whole, in either direction', () => {
    expect(found('usb:odd')).toEqual(['ext4']);
    expect(found('usb:odds')).toEqual([]);
    expect(found('usb:od')).toEqual([]);
  });
});

describe('a need by name', () => {
  const [ext4] = named('ext4');
  const [core] = named('nvme_core');
  const answers = (one: InstalledModule | undefined, need: string) => one !== undefined && answersTo(one, need);

  it('is answered by a name or an alias, dash and underscore alike', () => {
    expect(answers(core, 'nvme-core')).toBe(true);
    expect(answers(ext4, 'fs_ext4')).toBe(true);
    expect(answers(ext4, 'crypto-xyz')).toBe(true);
    expect(answers(ext4, 'xfs')).toBe(false);
  });

  it('is not answered by the modalias of a device', () => {
    expect(answers(ext4, 'usb:odd')).toBe(false);
  });

  it('is met by what the image has built in', () => {
    expect(isBuiltin('binfmt_script', build.image)).toBe(true);
    expect(isBuiltin('ext4', build.image)).toBe(false);
  });
});

const release = build.release;
const bootable = (() => {
  const { kernel: there } = image(build);
  if (there === null) throw new Error('the image is a kernel');
  return there;
})();

function seen(visible: readonly InstalledModule[], loadable: readonly InstalledModule[] = visible): EarlyView {
  return { visible, verdict: { loadable: new Set(loadable), refused: new Map() } } as unknown as EarlyView;
}

function sources(view: EarlyView, early: EarlyView | null = null, reachable: readonly InstalledModule[] = []): Sources {
  return { view: { ...view, linked: 0, shadowed: 0, linksStopped: null }, early, reachable };
}

describe('what mounting the root file system takes', () => {
  const kernelModule = (given: Sources) =>
    rootNeeds({ devices: [], kernelModules: ['ext4'] }, bootable, given, [])[0]?.state;

  it('is ready where it is in the image, or in the initrd and loaded', () => {
    const builtin = rootNeeds({ devices: [], kernelModules: ['binfmt-script'] }, bootable, sources(seen([])), []);
    expect(builtin).toEqual([{ need: 'binfmt-script', state: 'ready' }]);
    expect(kernelModule(sources(seen([]), seen(named('ext4'))))).toBe('ready');
    expect(kernelModule(sources(seen(named('ext4')), seen([])))).toBe('notInInitrd');
    // An initrd that is made now has what is installed.
    expect(kernelModule(sources(seen(named('ext4'))))).toBe('ready');
  });

  it('is refused, in reach, or unknown', () => {
    expect(kernelModule(sources(seen(named('zeta', 'ext4'), named('zeta'))))).toBe('refused');
    expect(kernelModule(sources(seen(named('ext4', 'zeta'), []), seen(named('ext4'), [])))).toBe('refused');
    expect(kernelModule(sources(seen(named('zeta')), null, named('alpha', 'ext4')))).toBe('notInstalled');
    expect(kernelModule(sources(seen(named('zeta')), null, named('alpha')))).toBe('unknown');
  });

  it('is a checksum only where a kernel module of this kernel asks for it', () => {
    const asking = (pre: readonly string[]) => {
      const made = kernel({
        modules: { ext4: { softdeps: { pre, post: [] } }, crc32c_generic: { aliases: ['crypto-crc32c'] } },
      });
      const [fs, crc] = ['ext4', 'crc32c_generic'].map((name) =>
        payloads(made)
          .flatMap((one) => one.modules)
          .filter(({ kernelModule }) => kernelModule.name === name),
      );
      const needs = { devices: [], kernelModules: ['ext4', 'crypto-crc32c'] };
      const states = (given: Sources) => rootNeeds(needs, bootable, given, []).map((one) => `${one.need} ${one.state}`);
      return [
        states(sources(seen(fs ?? []), null, crc)),
        states(sources(seen([]), null, [...(fs ?? []), ...(crc ?? [])])),
      ];
    };
    // As in 6.1 and 6.12, whose ext4 names it, and in 7.2, whose file systems have it from the kernel's own library.
    expect(asking(['crypto-crc32c'])).toEqual([
      ['ext4 ready', 'crypto-crc32c notInstalled'],
      ['ext4 notInstalled', 'crypto-crc32c notInstalled'],
    ]);
    expect(asking([])).toEqual([['ext4 ready'], ['ext4 notInstalled']]);
  });

  it('is a device of this kernel, driven from the initrd or by the image', () => {
    const line = { device: 'Disk', class: 'storage', modalias: 'pci:v1d2svFF', kernel: release };
    const driven: AuditedDevice = { ...line, state: 'driven', drivers: [{ name: 'alpha', from: 'package' }] };
    const builtin: AuditedDevice = { ...driven, drivers: [{ name: 'alpha', from: 'builtin' }] };
    const other: AuditedDevice = { ...driven, kernel: 'another', state: 'refused' };
    const device = (given: Sources, ...lines: readonly AuditedDevice[]) =>
      rootNeeds({ devices: ['Disk'], kernelModules: [] }, bootable, given, lines)[0]?.state;
    const disk = named('alpha');
    expect(device(sources(seen(disk)), other, driven)).toBe('ready');
    expect(device(sources(seen(disk), seen(disk)), { ...driven, device: 'NIC' }, driven)).toBe('ready');
    expect(device(sources(seen(disk), seen([])), driven)).toBe('notInInitrd');
    expect(device(sources(seen(disk), seen(disk, [])), driven)).toBe('notInInitrd');
    expect(device(sources(seen([]), seen([])), builtin)).toBe('ready');
    expect(device(sources(seen([])), other)).toBe('unknown');
    expect(device(sources(seen([]), seen([])), { ...other, kernel: release })).toBe('refused');
  });
});

describe('a device under one kernel', () => {
  const disk = { name: 'Disk', class: 'storage', modalias: 'pci:v1d2svFF' };
  const state = (given: Sources, device: Parameters<typeof auditDevice>[0] = disk) => {
    const line = auditDevice(device, bootable, given);
    return [line.state, line.drivers.map(({ name, from }) => `${name} ${from}`)];
  };

  it('is driven by a package before the image, and by the image before the initrd', () => {
    const known = { ...disk, drivers: ['binfmt_script', 'alpha'] };
    const both = sources(seen(named('alpha')), seen(named('zeta')));
    expect(state(both, known)).toEqual(['driven', ['alpha package']]);
    expect(state(sources(seen([]), seen(named('zeta'))), known)).toEqual(['driven', ['binfmt_script builtin']]);
    expect(state(sources(seen([]), seen(named('zeta'))))).toEqual(['driven', ['zeta initrd']]);
    expect(state(sources(seen([]), seen(named('zeta'), [])))).toEqual(['noDriver', []]);
  });

  it('is refused where what is installed does not load, else in reach or not', () => {
    expect(state(sources(seen(named('alpha'), [])))).toEqual(['refused', ['alpha package']]);
    expect(state(sources(seen([]), null, named('zeta')))).toEqual(['notInstalled', ['zeta package']]);
  });
});

describe('what a set of packages has drivers for', () => {
  const coverage = new Coverage(payloads(build, ['alpha', 'ext4']));
  const disk = { name: 'Disk', class: 'storage', modalias: 'pci:v1d2svFF' };
  const port = { name: 'Port', class: 'bridge', modalias: 'pci:none' };

  it('is what some pattern matches, or the image has built in', () => {
    expect(coverage.drives(disk)).toBe(true);
    expect(coverage.drives(port)).toBe(false);
    expect(coverage.drives({ ...port, drivers: ['nothing', 'binfmt_script'] })).toBe(true);
    expect(new Coverage([]).drives({ ...port, drivers: ['binfmt_script'] })).toBe(false);
  });

  it('mounts a root file system where each need is among devices, packages or the image', () => {
    const needs = (devices: readonly string[], kernelModules: readonly string[]) =>
      coverage.mounts({ devices: [...devices], kernelModules: [...kernelModules] }, [port, disk]);
    expect(needs([], [])).toBe(true);
    expect(needs(['Disk'], ['fs-ext4', 'binfmt_script'])).toBe(true);
    expect(needs(['Disk', 'Tape'], [])).toBe(false);
    expect(needs([], ['ext4', 'xfs'])).toBe(false);
  });
});
