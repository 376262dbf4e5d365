import { describe, expect, test } from 'vitest';
import {
  allBuiltinHardware,
  builtinHardware,
  type Device,
  hardwareProfileText,
  loadBuiltinHardware,
  matchModalias,
  parseHardwareProfile,
  replaceDevice,
} from '#hardware';
import { loadBuiltinKernel, modprobeName } from '#kernel';

const nic: Device = { name: 'NIC', class: 'network', modalias: 'pci:v00008086d000015BEsv0sd0bc02sc00i00' };
const disk: Device = { name: 'Disk', class: 'storage', modalias: 'scsi:t-0x00' };

describe('ready profiles', () => {
  test('there are eight, each with a network card and a disk', async () => {
    const names = await builtinHardware();
    expect(names.length).toBeGreaterThanOrEqual(8);
    for (const name of names) {
      const profile = await loadBuiltinHardware(name);
      expect(profile.name).toBe(name);
      expect(new Set(profile.devices.map((device) => device.class))).toEqual(
        new Set([...profile.devices.map((device) => device.class), 'network', 'storage']),
      );
    }
  });

  test.each([
    ['x86_64', 'debian-6.1.0-56-amd64'],
    ['aarch64', 'debian-6.1.0-56-arm64'],
  ])(
    'on Debian 6.1.0-56 each device of %s gets exactly the drivers written beside it, but for those built into the image',
    async (arch, build) => {
      const kernel = await loadBuiltinKernel(build);
      expect(kernel.arch).toBe(arch);
      const builtin = new Set(
        kernel.image.builtin.map((path) => modprobeName(path.replace(/^.*\//, '').replace(/\.ko$/, ''))),
      );
      const names = await builtinHardware(arch);
      expect(names).not.toEqual([]);
      for (const name of names) {
        const { devices } = await loadBuiltinHardware(name);
        const found = devices.map(({ name: device, modalias }) => ({
          device,
          drivers: kernel.modules
            .filter(({ aliases }) => aliases.some((pattern) => matchModalias(pattern, modalias)))
            .map((module) => module.name)
            .sort(),
        }));
        const known = devices.map(({ name: device, drivers }) => ({
          device,
          drivers: (drivers ?? []).filter((driver) => !builtin.has(driver)),
        }));
        expect({ name, devices: found }).toEqual({ name, devices: known });
      }
    },
  );

  test('one of another architecture has its name like the others', async () => {
    expect(await builtinHardware()).not.toContain('kvm-guest-arm64');
    expect(await allBuiltinHardware()).toContain('kvm-guest-arm64');
    expect((await loadBuiltinHardware('kvm-guest-arm64')).name).toBe('kvm-guest-arm64');
  });

  test('an unknown name is answered with the known ones', async () => {
    await expect(loadBuiltinHardware('toaster')).rejects.toMatchObject({
      code: 'missing',
      expected: expect.stringContaining('kvm-guest'),
    });
  });
});

describe('reading a profile', () => {
  const text = hardwareProfileText({ name: 'a', description: 'b', devices: [{ ...nic, drivers: ['e1000e'] }] });

  test('what is written is read again', () => {
    expect(parseHardwareProfile(text, 'x').devices).toEqual([{ ...nic, drivers: ['e1000e'] }]);
  });

  test.each([
    ['a line that is no YAML', 'name: [', 'corrupt'],
    ['an unknown key', `${text}bus: pci\n`, 'unknown-key'],
    ['an unknown class', text.replace('network', 'toaster'), 'invalid'],
    ['a modalias with a control character', text.replace('pci:v0', 'pci\u0007v0'), 'invalid'],
    ['two devices of one name', `${text}${text.slice(text.indexOf('  - name'))}`, 'invalid'],
    ['an alias that refers to itself', 'name: &a [*a]\n', 'unsupported'],
    ['no devices', 'name: a\ndescription: b\ndevices: []\n', 'invalid'],
    ['an empty file', '', 'invalid'],
  ])('names %s', (_what, broken, code) => {
    expect(() => parseHardwareProfile(broken, 'x.yaml')).toThrow(expect.objectContaining({ code, file: 'x.yaml' }));
  });
});

describe('replaceDevice', () => {
  test('swaps one device at its place and leaves the others', () => {
    const usb: Device = { name: 'USB NIC', class: 'network', modalias: 'usb:v0BDAp8153' };
    expect(replaceDevice([nic, disk], 'NIC', usb)).toEqual([usb, disk]);
    expect(replaceDevice([nic, disk], 'NIC', { ...usb, name: 'NIC' })).toEqual([{ ...usb, name: 'NIC' }, disk]);
  });

  test('refuses a device that is not there, and a name that another has', () => {
    expect(() => replaceDevice([nic], 'Toaster', disk)).toThrow(expect.objectContaining({ code: 'missing' }));
    expect(() => replaceDevice([nic, disk], 'NIC', disk)).toThrow(expect.objectContaining({ code: 'invalid' }));
  });
});
