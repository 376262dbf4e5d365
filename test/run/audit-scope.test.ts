import { describe, expect, it } from 'vitest';
import { auditScope } from '../../src/run/scenario/audit-scope.js';
import { payloads } from '../support/installed.js';
import { kernel } from '../support/kernel.js';

const part = payloads(
  kernel({ builtin: ['kernel/drivers/tty/serial.ko'], modules: { r8152: { aliases: ['usb:v0BDAp8152*'] }, ext4: {} } }),
);
const nic = { name: 'nic', class: 'network', modalias: 'usb:v0BDAp8152d3000' };
const serial = { name: 'serial', class: 'communication', modalias: 'acpi:PNP0501:', drivers: ['serial'] };
const disk = { name: 'disk', class: 'storage', modalias: 'pci:v0000144Dd0000A808' };
const bridge = { name: 'bridge', class: 'bridge', modalias: 'pci:v00008086d00001237', drivers: [] };
const devices = [nic, serial, disk, bridge];
const namesOf = (list: readonly { name: string }[]): string[] => list.map(({ name }) => name);

describe('what an audit is asked about', () => {
  it('is everything that needs a driver, where a scenario takes whole kernels', () => {
    const root = { devices: ['disk'], kernelModules: ['xfs'] };
    const asked = auditScope({ partial: false, payloads: part, devices })({ devices, root });
    expect(namesOf(asked.devices)).toEqual(['nic', 'serial', 'disk']);
    expect(asked.root).toBe(root);
  });

  it('is what the part of a kernel has a driver for, as a kernel module or built in', () => {
    const asked = auditScope({ partial: true, payloads: part, devices })({ devices, root: null });
    expect(namesOf(asked.devices)).toEqual(['nic', 'serial']);
  });

  it('holds a device that was swapped in, whether or not something drives it', () => {
    const other = { ...disk, modalias: 'pci:v0000ABCDd00000001' };
    const asked = auditScope({ partial: true, payloads: part, devices })({ devices: [nic, other], root: null });
    expect(namesOf(asked.devices)).toEqual(['nic', 'disk']);
  });

  it('holds the root file system only where the part has all that mounting it takes', () => {
    const scope = auditScope({ partial: true, payloads: part, devices });
    const asked = (root: { devices: string[]; kernelModules: string[] }) => scope({ devices, root }).root;
    expect(asked({ devices: ['nic'], kernelModules: ['ext4'] })).not.toBeNull();
    expect(asked({ devices: ['disk'], kernelModules: ['ext4'] })).toBeNull();
    expect(asked({ devices: ['nic'], kernelModules: ['ext4', 'xfs'] })).toBeNull();
  });
});
