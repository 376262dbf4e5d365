import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { graphFacts, kernelDiff, kernelDocument } from '#analyse';
import { type ImportOptions, importKernel, loadFirmwareSizes, packKernelBuild, unpackKernelBuild } from '#kernel';
import { packageBuilds } from '#packaging';
import { koFile } from '../support/elf.js';
import { plain, Room, symvers } from '../support/kernel-tree.js';
import { zypperSchemes } from '../support/scheme-machine.js';

let room: Room;
beforeEach(async () => {
  room = await Room.open();
});
afterEach(() => room.close());

describe('a /lib/modules/<release> directory', () => {
  test.each([
    ['6.12.115+deb13-amd64', {}, '6.12.115', 'deb13'],
    ['6.12.115+deb13-amd64', { flavor: 'default' }, '6.12.115', 'deb13.amd64'],
    ['6.1.0-50-amd64', { flavor: 'default' }, '6.1.0', '50.amd64'],
    ['6.1.0-50-cloud-amd64', {}, '6.1.0', '50.cloud'],
    ['6.4.0-150600.21-default', {}, '6.4.0', '150600.21'],
  ] as const)(
    'of %s %j becomes packages under every scheme',
    async (release, options: ImportOptions, version, revision) => {
      const ko = koFile({
        exports: [{ name: 'f', crc: 1 }],
        imports: [{ name: 'kmalloc', crc: 2 }],
        modinfo: ['license=GPL', `vermagic=${release} SMP preempt mod_unload modversions `, 'alias=pci:v1*'],
      });
      await room.put(`${release}/kernel/drivers/net/nic.ko`, ko);
      const build = await importKernel([`${room.path}/${release}`], { release, ...options });
      expect([build.upstreamVersion, build.revision]).toEqual([version, revision]);
      for (const [scheme, schemeOptions] of zypperSchemes) {
        expect(packageBuilds(scheme, [build], schemeOptions, []).packages.length).toBeGreaterThan(0);
      }
    },
  );

  test('so does a Module.symvers alone', async () => {
    const file = await room.put('Module.symvers', symvers);
    const build = await importKernel([file], { release: '6.12.115+deb13-cloud-amd64' });
    for (const [scheme, schemeOptions] of zypperSchemes) {
      expect(packageBuilds(scheme, [build], schemeOptions, []).packages.length).toBeGreaterThan(0);
    }
  });
});

describe('kernel modules and namespaces that are called like parts of an object', () => {
  const odd = (name: string): Uint8Array =>
    koFile({
      exports: [{ name: `${name}_f`, crc: 1, namespace: '__proto__' }],
      imports: [{ name: 'kmalloc', crc: 0x11 }],
      modinfo: ['license=GPL', 'depends=', 'alias=pci:v1*', 'firmware=__proto__', 'import_ns=constructor'],
    });

  test('are left out with a warning, and namespaces are kept', async () => {
    const build = await importKernel([
      await room.tree({
        ...plain,
        'kernel/__proto__/__proto__.ko': odd('__proto__'),
        'kernel/constructor/constructor.ko': odd('constructor'),
        'kernel/lib/fine.ko': odd('fine'),
      }),
    ]);
    expect(build.modules.map(({ name }) => name)).toEqual(['my_nic', 'usbcore', 'fine']);
    expect(build.warnings.filter(({ code }) => code === 'skipped-file').map(({ subject }) => subject)).toEqual([
      'kernel/__proto__/__proto__.ko',
      'kernel/constructor/constructor.ko',
    ]);
    expect(await unpackKernelBuild(await packKernelBuild(build), 'x')).toEqual(build);
    expect(graphFacts(build).kernelModules).toBe(3);
    expect(kernelDocument(build).kernel.kernelModules).toBe(3);
    expect(kernelDiff(build, build).churn.broken).toBe(0);
    for (const [scheme, options] of zypperSchemes) {
      expect(packageBuilds(scheme, [build], options, []).packages.length).toBeGreaterThan(0);
    }
  });

  test('are refused in the file of a build', async () => {
    const build = await importKernel([await room.tree(plain)]);
    const modules = build.modules.map((one) => ({ ...one, name: 'constructor', path: 'kernel/constructor.ko' }));
    const file = await packKernelBuild({ ...build, modules: modules.slice(0, 1) });
    await expect(unpackKernelBuild(file, 'x')).rejects.toMatchObject({ code: 'invalid', file: 'x' });
  });
});

test("firmware has the sizes of Debian's packages", async () => {
  const { files, source } = await loadFirmwareSizes();
  // dpkg-deb --contents firmware-linux-free_20200122-1_all.deb, firmware-iwlwifi_20230210-5_all.deb
  expect(source).toContainEqual({ package: 'firmware-iwlwifi', version: '20230210-5' });
  expect(Object.keys(files).length).toBe(1621);
  expect(Object.values(files).reduce((sum, bytes) => sum + bytes, 0)).toBe(228_095_902);
});
