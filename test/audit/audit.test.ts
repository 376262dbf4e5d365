import { describe, expect, it } from 'vitest';
import type { KernelBuild } from '#kernel';
import { audited, payloads } from '../support/installed.js';
import { kernel } from '../support/kernel.js';

const nic = { name: 'nic', class: 'network', modalias: 'usb:v0BDAp8152d3000' };

function usbKernel(release: string, kmalloc: number, register = 0xaa): KernelBuild {
  return kernel({
    release,
    image: { kmalloc },
    modules: {
      usbcore: { exports: { usb_register: register }, imports: ['kmalloc'] },
      r8152: { imports: ['usb_register'], aliases: ['usb:v0BDAp8152*'] },
    },
  });
}

describe('the audit', () => {
  it('finds everything loadable in a build that was installed whole', () => {
    const result = audited(payloads(usbKernel('6.1.0-1-default', 1)), { devices: [nic] });
    expect(result.kernels).toMatchObject([{ release: '6.1.0-1-default', visible: 2, loadable: 2, refused: 0 }]);
    expect(result.devices).toMatchObject([
      { device: 'nic', state: 'driven', drivers: [{ name: 'r8152', from: 'package' }] },
    ]);
  });

  it('refuses a kernel module whose exporter is missing and says which symbol', () => {
    const result = audited(payloads(usbKernel('6.1.0-1-default', 1), ['r8152']), { devices: [nic] });
    expect(result.kernels[0]?.refusedExamples).toEqual([
      {
        kernelModule: 'r8152',
        package: 'r8152-kmp-default-6.1.0-1.x86_64',
        reason: 'symbols',
        refusedImports: 1,
        examples: [{ symbol: 'usb_register', wanted: 0xaa, found: null, why: 'unknown' }],
      },
    ]);
    expect(result.devices[0]?.state).toBe('refused');
  });

  it('tells a driver that could be installed from none at all', () => {
    const build = usbKernel('6.1.0-1-default', 1);
    const bare = payloads(build, []);
    expect(audited(bare, { offered: payloads(build), devices: [nic] }).devices[0]?.state).toBe('notInstalled');
    expect(audited(bare, { devices: [nic] }).devices[0]?.state).toBe('noDriver');
  });

  it("links the older kernel's modules into a newer compatible one", () => {
    const installed = [...payloads(usbKernel('6.1.0-1-default', 1)), ...payloads(usbKernel('6.1.0-2-default', 1), [])];
    const result = audited(installed, { devices: [nic] });
    expect(result.nextBoot).toBe('6.1.0-2-default');
    expect(result.kernels[0]).toMatchObject({ release: '6.1.0-2-default', visible: 2, weakUpdates: 2, loadable: 2 });
    expect(result.devices.map(({ state }) => state)).toEqual(['driven', 'driven']);
  });

  it('links nothing that the newer kernel would refuse, nor what depends on it', () => {
    const installed = [...payloads(usbKernel('6.1.0-1-default', 1)), ...payloads(usbKernel('6.1.0-2-default', 2), [])];
    const result = audited(installed, { devices: [nic] });
    expect(result.kernels[0]).toMatchObject({ release: '6.1.0-2-default', visible: 0, refused: 0 });
    expect(result.devices.map(({ kernel: release, state }) => `${release} ${state}`)).toEqual([
      '6.1.0-2-default notInstalled',
      '6.1.0-1-default driven',
    ]);
  });

  it('falls back to an older kernel module where the newest does not fit', () => {
    const installed = [
      ...payloads(usbKernel('6.1.0-1-default', 1)),
      ...payloads(usbKernel('6.1.0-2-default', 2)),
      ...payloads(usbKernel('6.1.0-3-default', 1), []),
    ];
    const [newest] = audited(installed, { devices: [nic] }).kernels;
    expect(newest).toMatchObject({ release: '6.1.0-3-default', weakUpdates: 2, loadable: 2 });
  });

  it('refuses kernel modules that need each other in a circle', () => {
    const build = kernel({
      modules: {
        a: { exports: { from_a: 1 }, imports: ['from_b'] },
        b: { exports: { from_b: 2 }, imports: ['from_a'] },
      },
    });
    expect(audited(payloads(build)).kernels[0]).toMatchObject({
      loadable: 0,
      refused: 2,
    });
  });

  it('counts a driver that the profile knows and the image has built in', () => {
    const build = kernel({ builtin: ['kernel/drivers/pci/hotplug/shp-chp.ko'] });
    const port = { name: 'port', class: 'bridge', modalias: 'pci:v1d1', drivers: ['shp_chp'] };
    const [device] = audited(payloads(build), { devices: [port] }).devices;
    expect(device).toMatchObject({ state: 'driven', drivers: [{ name: 'shp_chp', from: 'builtin' }] });
  });

  it('has no next boot without a kernel', () => {
    expect(audited([], { devices: [nic] })).toMatchObject({
      kernels: [],
      devices: [],
      nextBoot: null,
    });
  });
});
