import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageBuilds, renderSpec } from '#packaging';
import { cli } from '../support/cli.js';
import { rpmbuild, tool } from '../support/clients.js';
import { koFile } from '../support/elf.js';
import { kernel } from '../support/kernel.js';

/** kmplab audit of a root whose packages real rpm installed, with kernel modules on disk. */
const scratch = await mkdtemp(join(tmpdir(), 'kmplab-root-'));
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** One dash in the release: stock rpm refuses more in a version, see docs/fidelity.md. */
function build(number: number, skb: number) {
  return kernel({
    release: `6.1.0.${number}-default`,
    image: { module_layout: 0x11, kfree: 0x22, alloc_skb: skb },
    modules: {
      usbcore: { path: 'kernel/usbcore.ko', exports: { usb_register: 0xaa }, imports: ['module_layout', 'kfree'] },
      r8152: {
        path: 'kernel/r8152.ko',
        imports: ['module_layout', 'usb_register', 'alloc_skb'],
        aliases: ['usb:v0BDAp8152d*'],
      },
    },
  });
}

const [older, newer] = [build(1, 0x33), build(2, 0x44)];
const hardware = join(scratch, 'hardware.yaml');
const root = join(scratch, 'root');
const rpmOf = new Map<string, string>();

beforeAll(async () => {
  await writeFile(
    hardware,
    'name: nic\ndescription: a card\ndevices:\n  - { name: NIC, class: network, modalias: "usb:v0BDAp8152d3000" }\n',
  );
  for (const made of [older, newer]) {
    const tree = join(scratch, made.release);
    for (const one of made.modules) {
      const file = join(tree, 'lib/modules', made.release, one.path);
      await mkdir(dirname(file), { recursive: true });
      const modinfo = [
        'license=GPL',
        `vermagic=${made.release} SMP modversions `,
        ...one.aliases.map((alias) => `alias=${alias}`),
      ];
      const exports = one.exports.map(({ name, crc }) => ({ name, crc: crc ?? 0 }));
      await writeFile(file, koFile({ imports: one.imports, exports, modinfo }));
    }
    const set = packageBuilds('modular', [made], { patterns: false });
    const stated = {
      ...set,
      packages: set.packages.map((one) => ({ ...one, files: one.files.filter(({ path }) => path.endsWith('.ko')) })),
    };
    const spec = join(scratch, `${made.release}.spec`);
    await writeFile(spec, renderSpec(stated, { name: 'kernel-test', dependencies: 'stated', files: true }));
    const defines = [
      '--define',
      `modules_root ${tree}`,
      '--define',
      '__os_install_post %{nil}',
      '--define',
      'debug_package %{nil}',
    ];
    for (const rpm of await rpmbuild(spec, join(scratch, `build-${made.release}`), defines)) {
      rpmOf.set(`${await tool('rpm', ['-qp', '--qf', '%{NAME}', rpm])} ${made.release}`, rpm);
    }
  }
  await mkdir(join(root, 'var/lib/rpm'), { recursive: true });
  await tool('rpm', ['--root', root, '--dbpath', '/var/lib/rpm', '--initdb']);
}, 120_000);

async function install(release: string, ...names: readonly string[]): Promise<void> {
  const rpms = names.map((name) => rpmOf.get(`${name} ${release}`) ?? name);
  const flags = ['-i', '--nodeps', '--noscripts', '--ignorearch', '--oldpackage'];
  await tool('rpm', ['--root', root, '--dbpath', '/var/lib/rpm', ...flags, ...rpms]);
}

async function audited() {
  const { code, out } = await cli('audit', '--root', root, '--hardware', hardware, '--json');
  return { code, ...JSON.parse(out) };
}

describe('a real root', () => {
  test('with a kernel and its drivers is well', async () => {
    await install(older.release, 'kernel-default', 'usbcore-kmp-default', 'r8152-kmp-default');
    const { code, kernels, drivers, audit, faults } = await audited();
    expect(faults).toEqual([]);
    expect(code).toBe(0);
    expect(kernels).toMatchObject([{ release: older.release, vendor: 'kmplab' }]);
    expect(drivers.map((one: { kernelModules: string[] }) => one.kernelModules)).toEqual(
      expect.arrayContaining([['r8152'], ['usbcore']]),
    );
    expect(audit.kernels).toMatchObject([{ visible: 2, loadable: 2 }]);
    expect(audit.devices).toMatchObject([
      { device: 'NIC', state: 'driven', drivers: [{ name: 'r8152', from: 'package' }] },
    ]);
  });

  test('with a newer kernel alone lacks the driver that does not fit', async () => {
    await install(newer.release, 'kernel-default');
    const { code, faults } = await audited();
    expect(code).toBe(1);
    expect(faults).toContainEqual({
      kind: 'misfit',
      package: 'r8152-kmp-default-6.1.0.1-default.x86_64',
      kernel: newer.release,
      unmet: { symbol: 'ksym(default:alloc_skb)', wanted: '33', found: '44' },
      unmetTotal: 1,
    });
  });

  test('with the newer drivers too is well again', async () => {
    await install(newer.release, 'usbcore-kmp-default', 'r8152-kmp-default');
    const { code, faults, audit } = await audited();
    expect(faults).toEqual([]);
    expect(code).toBe(0);
    expect(audit.devices).toMatchObject([{ state: 'driven' }, { state: 'driven' }]);
  });

  test('whose database is no database is an error of the input', async () => {
    const broken = join(scratch, 'broken');
    await mkdir(join(broken, 'var/lib/rpm'), { recursive: true });
    await writeFile(join(broken, 'var/lib/rpm/rpmdb.sqlite'), 'this is no database');
    const { code, err } = await cli('audit', '--root', broken);
    expect([code, err]).toEqual([2, expect.stringContaining('rpm cannot read this database')]);
  });
});
