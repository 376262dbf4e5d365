import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { captureHardware, classOfModalias, hardwareProfileText, parseHardwareProfile } from '#hardware';
import { tarOf } from '../support/deb.js';

let sysfs: string;
beforeEach(async () => {
  sysfs = await mkdtemp(join(tmpdir(), 'kmplab-sysfs-'));
});
afterEach(async () => rm(sysfs, { recursive: true, force: true }));

async function device(path: string, modalias: string, driver?: string): Promise<void> {
  const directory = join(sysfs, 'devices', path);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'modalias'), `${modalias}\n`);
  if (driver === undefined) return;
  await mkdir(join(sysfs, 'bus', driver), { recursive: true });
  await mkdir(join(sysfs, 'module', driver), { recursive: true });
  await symlink(join(sysfs, 'module', driver), join(sysfs, 'bus', driver, 'module')).catch(() => undefined);
  await symlink(join(sysfs, 'bus', driver), join(directory, 'driver'));
}

describe('captureHardware', () => {
  test('takes every different modalias with its driver, in order of path, and is not caught in a loop of links', async () => {
    const nic = 'pci:v00008086d000015BEsv000017AAsd00002292bc02sc00i00';
    await device('pci0000:00/0000:00:1f.6', nic, 'e1000e');
    await device('pci0000:00/0000:00:1e.0', nic);
    await device('LNXSYSTM:00', 'acpi:LNXSYSTM:');
    await symlink('..', join(sysfs, 'devices', 'pci0000:00', 'subsystem'));
    const profile = await captureHardware(sysfs, 'mine');
    expect(profile.devices).toEqual([
      { name: 'LNXSYSTM:00', class: 'other', modalias: 'acpi:LNXSYSTM:' },
      { name: 'pci0000:00/0000:00:1e.0', class: 'network', modalias: nic },
    ]);
    expect(profile.description).toContain('3 devices, 2 different');
  });

  test('keeps modaliases with spaces, as platform devices have them', async () => {
    await device('platform/Fixed MDIO bus.0', 'platform:Fixed MDIO bus');
    const profile = await captureHardware(sysfs, 'mine');
    expect(profile.devices.map(({ modalias }) => modalias)).toEqual(['platform:Fixed MDIO bus']);
    expect(parseHardwareProfile(hardwareProfileText(profile), 'mine.yaml')).toEqual(profile);
  });

  test('reads a udev database that begins with empty lines', async () => {
    const file = join(sysfs, 'udev.txt');
    await writeFile(file, '\n\nP: /devices/platform/x\nE: MODALIAS=platform:x\n\n');
    expect((await captureHardware(file, 'x')).devices.map(({ modalias }) => modalias)).toEqual(['platform:x']);
  });

  test('knows the kernel module behind a device', async () => {
    await device('pci0000:00/0000:00:1f.6', 'pci:v0bc02sc00i00', 'e1000e');
    expect((await captureHardware(sysfs, 'mine')).devices[0]?.drivers).toEqual(['e1000e']);
  });

  test('reads an archive of sysfs, packed or not, with the padding that tar puts behind each file', async () => {
    const nic = 'pci:v00008086d000015BEsv000017AAsd00002292bc02sc00i00';
    const tar = await tarOf({
      'sys/devices/pci0000:00/0000:00:1f.6/modalias': Buffer.concat([Buffer.from(`${nic}\n`), Buffer.alloc(4000)]),
      'sys/devices/pci0000:00/0000:00:1f.6/vendor': '0x8086\n',
      '../outside/devices/x/modalias': 'acpi:EVIL:\n',
    });
    for (const [name, bytes] of [
      ['sys.tar', tar],
      ['sys.tar.gz', gzipSync(tar)],
    ] as const) {
      await writeFile(join(sysfs, name), bytes);
      expect((await captureHardware(join(sysfs, name), 'x')).devices).toEqual([
        { name: 'pci0000:00/0000:00:1f.6', class: 'network', modalias: nic },
      ]);
    }
    await writeFile(join(sysfs, 'cut.tar'), tar.subarray(0, 700));
    await expect(captureHardware(join(sysfs, 'cut.tar'), 'x')).rejects.toMatchObject({ name: 'InputError' });
  });

  test('reads what udevadm info --export-db prints', async () => {
    const database = `P: /devices/LNXSYSTM:00
E: DEVPATH=/devices/LNXSYSTM:00
E: MODALIAS=acpi:LNXSYSTM:

P: /devices/pci0000:00/0000:00:03.0
M: 0000:00:03.0
E: DRIVER=virtio-pci
E: PCI_CLASS=20000
E: MODALIAS=pci:v00001AF4d00001041sv00001AF4sd00001041bc02sc00i00

P: /devices/virtual/tty/tty0
E: DEVNAME=/dev/tty0
`;
    await writeFile(join(sysfs, 'udev.txt'), database);
    expect(
      (await captureHardware(join(sysfs, 'udev.txt'), 'x')).devices.map((device) => [device.name, device.class]),
    ).toEqual([
      ['LNXSYSTM:00', 'other'],
      ['pci0000:00/0000:00:03.0', 'network'],
    ]);
    await writeFile(join(sysfs, 'other.txt'), 'hello');
    await expect(captureHardware(join(sysfs, 'other.txt'), 'x')).rejects.toMatchObject({ code: 'unsupported' });
  });

  test('says what is missing', async () => {
    await expect(captureHardware(join(sysfs, 'no'), 'x')).rejects.toMatchObject({ code: 'missing' });
    await mkdir(join(sysfs, 'devices'));
    await expect(captureHardware(sysfs, 'x')).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('classOfModalias', () => {
  test.each([
    ['pci:v000015B3d00001017sv000015B3sd00000020bc02sc00i00', 'network'],
    ['pci:v0000144Dd0000A808sv0000144Dsd0000A801bc01sc08i02', 'storage'],
    ['pci:v00001077d00002261sv00001077sd000002A8bc0Csc04i00', 'storage'],
    ['pci:v00008086d00009DEDsv000017AAsd00002292bc0Csc03i30', 'usb'],
    ['usb:v0627p0001d0000dc00dsc00dp00ic03isc00ip00in00', 'input'],
    ['virtio:d00000001v00001AF4', 'network'],
    ['virtio:d00000010v00001AF4', 'graphics'],
    ['scsi:t-0x00', 'storage'],
    ['acpi:PNP0C0A:', 'other'],
    ['', 'other'],
  ])('%s is %s', (modalias, deviceClass) => {
    expect(classOfModalias(modalias)).toBe(deviceClass);
  });
});
