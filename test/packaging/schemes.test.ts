import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { InputError } from '#errors';
import type { KernelBuild } from '#kernel';
import { type PackageSet, packageBuilds, schemes } from '#packaging';
import { type DependencyKind, formatDependency, nevra, type RpmPackage } from '#rpm';
import { kernel } from '../support/kernel.js';

function named({ packages }: PackageSet, name: string): RpmPackage {
  const found = packages.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no package ${name} among ${packages.map(nevra).join(' ')}`);
  return found;
}

const names = ({ packages }: PackageSet): string[] => packages.map(({ name }) => name);
const texts = (one: RpmPackage, kind: DependencyKind): string[] => one[kind].map(formatDependency);
const bare = { patterns: false };

function refusal(run: () => unknown): InputError {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** A kernel with a driver stack: a NIC driver on mdio on a library, a file system with a soft dependency. */
const build = kernel({
  release: '6.1.0-53-default',
  image: { module_layout: 0xaf29cff5, kmalloc: 0x0037a0cb },
  builtin: ['kernel/fs/binfmt_script.ko'],
  modules: {
    libphy: {
      path: 'kernel/drivers/net/phy/libphy.ko',
      exports: { phy_attach: 0xaaaa },
      imports: ['kmalloc', 'module_layout'],
    },
    r8169: {
      path: 'kernel/drivers/net/ethernet/realtek/r8169.ko',
      imports: ['module_layout', 'phy_attach'],
      depends: ['libphy'],
      aliases: ['pci:v000010ECd00008168sv*sd*bc*sc*i*'],
      firmware: ['rtl_nic/rtl8168d-1.fw', 'rtl_nic/rtl8168e-2.fw'],
    },
    xxhash_generic: {
      path: 'kernel/crypto/xxhash_generic.ko',
      imports: ['module_layout'],
      aliases: ['crypto-xxhash64'],
    },
    btrfs: {
      path: 'kernel/fs/btrfs/btrfs.ko',
      imports: ['kmalloc', 'module_layout'],
      softdeps: { pre: ['xxhash64', 'crypto-xxhash64'], post: [] },
    },
    snd_hda: { path: 'kernel/sound/pci/hda/snd-hda.ko', imports: ['module_layout'] },
  },
});

describe('every scheme', () => {
  const cases = schemes.map((scheme) => [scheme.name, scheme] as const);

  test.each(cases)(
    '%s puts every kernel module into exactly one package, under its own path or where external ones go',
    (name) => {
      const paths = packageBuilds(name, [build]).packages.flatMap(({ files }) => files.map(({ path }) => path));
      const held = paths.filter((path) => path.endsWith('.ko')).sort();
      const places: Readonly<Record<string, string>> = {
        'suse-kmp': 'updates',
        'rhel-kmod': 'extra',
        'fedora-kmod': 'extra',
      };
      const wanted = build.modules
        .map(({ path }) => `/lib/modules/6.1.0-53-default/${path.replace(/^kernel/, places[name] ?? 'kernel')}`)
        .sort();
      // kernel-default-base is another kernel in the place of kernel-default: it repeats some, and they conflict.
      expect(name === 'split' ? [...new Set(held)] : held).toEqual(wanted);
    },
  );

  test.each(cases)(
    '%s gives the same value again, in order of NEVRA, with one package that carries the image',
    (name) => {
      const made = packageBuilds(name, [build]);
      expect(JSON.stringify(packageBuilds(name, [build]))).toBe(JSON.stringify(made));
      const nevras = made.packages.map(nevra);
      expect([...nevras].sort()).toEqual(nevras);
      const images = made.packages.filter((one) =>
        texts(one, 'provides').includes('kernel-uname-r = 6.1.0-53-default'),
      );
      expect(images.map((one) => one.name)).toHaveLength(name === 'split' ? 2 : 1);
    },
  );

  test.each(cases)('%s can be left without patterns', (name) => {
    expect(names(packageBuilds(name, [build], bare)).filter((one) => one.endsWith('-all'))).toEqual([]);
    expect(names(packageBuilds(name, [build]))).toContain('kernel-network-driver-all');
  });

  test.each(cases)('%s names its source', (_, { source, description }) => {
    expect(source.length).toBeGreaterThan(10);
    expect(description.length).toBeGreaterThan(10);
  });
});

describe('monolithic', () => {
  test('is one package that provides every symbol and requires none', () => {
    const made = packageBuilds('monolithic', [build], bare);
    expect(names(made)).toEqual(['kernel-default']);
    expect(texts(named(made, 'kernel-default'), 'provides')).toEqual(
      expect.arrayContaining([
        'ksym(default:phy_attach) = aaaa',
        'ksym(default:kmalloc) = 37a0cb',
        'kmod(snd_hda.ko)',
        'kmod(r8169.ko)',
      ]),
    );
    expect(named(made, 'kernel-default').requires).toEqual([]);
  });
});

describe('split', () => {
  test('as SUSE does ties extra and optional by the kernel package of the same version', () => {
    const made = packageBuilds('split', [build], bare);
    expect(names(made)).toEqual([
      'kernel-default',
      'kernel-default-base',
      'kernel-default-extra',
      'kernel-default-optional',
    ]);
    expect(texts(named(made, 'kernel-default-extra'), 'requires')).toEqual(['kernel-default_x86_64 = 6.1.0-53']);
    expect(texts(named(made, 'kernel-default-optional'), 'requires')).toEqual([
      'kernel-default-extra_x86_64 = 6.1.0-53',
    ]);
    expect(texts(named(made, 'kernel-default-extra'), 'supplements')).toEqual([
      'packageand(product(SLED):kernel-default_x86_64)',
    ]);
    expect(texts(named(made, 'kernel-default-extra'), 'provides')).toContain('multiversion(kernel)');
  });

  test('as SUSE does has a base in the place of the kernel, without symbols', () => {
    const base = named(packageBuilds('split', [build], bare), 'kernel-default-base');
    expect(texts(base, 'conflicts')).toEqual(['kernel-default']);
    expect(texts(base, 'provides').filter((text) => /^(ksym|kmod|firmware)\(/.test(text))).toEqual([]);
    expect(texts(base, 'provides')).toContain('kernel-default = 6.1.0-53');
  });

  test('as Fedora does ties its parts by the release', () => {
    const made = packageBuilds('split', [build], { ...bare, layout: 'fedora' });
    expect(names(made)).toEqual([
      'kernel',
      'kernel-core',
      'kernel-modules',
      'kernel-modules-core',
      'kernel-modules-extra',
    ]);
    expect(texts(named(made, 'kernel-core'), 'requires')).toEqual(['kernel-modules-core-uname-r = 6.1.0-53-default']);
    expect(texts(named(made, 'kernel-core'), 'provides')).toEqual(
      expect.arrayContaining([
        'installonlypkg(kernel)',
        'kernel(kmalloc) = 0x0037a0cb',
        'kernel-core-uname-r = 6.1.0-53-default',
        'kernel-uname-r = 6.1.0-53-default',
      ]),
    );
    expect(texts(named(made, 'kernel-modules-core'), 'requires')).toEqual(['kernel-uname-r = 6.1.0-53-default']);
    expect(texts(named(made, 'kernel-modules-extra'), 'requires')).toEqual([
      'kernel-modules-core-uname-r = 6.1.0-53-default',
      'kernel-modules-uname-r = 6.1.0-53-default',
      'kernel-uname-r = 6.1.0-53-default',
    ]);
  });

  test('puts a dependency at least as low as whoever needs it', () => {
    const needy = kernel({
      modules: {
        btrfs: { path: 'kernel/fs/btrfs/btrfs.ko', depends: ['oddity'] },
        oddity: { path: 'kernel/drivers/isdn/oddity.ko', depends: [] },
      },
    });
    const held = named(packageBuilds('split', [needy], bare), 'kernel-default-base').files.map(({ path }) => path);
    expect(held).toContain('/lib/modules/6.1.0-1-default/kernel/drivers/isdn/oddity.ko');
  });
});

describe('modular, with options', () => {
  test('may hold what finds the root file system in the kernel package', () => {
    const made = packageBuilds('modular', [build], { ...bare, contents: 'boot' });
    expect(names(made)).not.toContain('btrfs-kmp-default');
    expect(texts(named(made, 'kernel-default'), 'provides')).toContain('kmod(btrfs.ko)');
    expect(named(made, 'kernel-default').requires).toEqual([]);
  });

  test('may require by name and version what depmod says', () => {
    const made = packageBuilds('modular', [build], { ...bare, hardRequires: true });
    expect(texts(named(made, 'r8169-kmp-default'), 'requires')).toEqual([
      'ksym(default:module_layout) = af29cff5',
      'ksym(default:phy_attach) = aaaa',
      'libphy-kmp-default = 6.1.0',
    ]);
  });

  test('may turn soft dependencies, which may be aliases, into weak ones', () => {
    const recommending = packageBuilds('modular', [build], { ...bare, softdeps: 'recommends' });
    expect(texts(named(recommending, 'btrfs-kmp-default'), 'recommends')).toEqual(['xxhash_generic-kmp-default']);
    const supplementing = packageBuilds('modular', [build], { ...bare, softdeps: 'supplements' });
    expect(texts(named(supplementing, 'xxhash_generic-kmp-default'), 'supplements')).toEqual(['btrfs-kmp-default']);
  });
});

describe('grouped', () => {
  test('by subsystem needs no symbol of its own group', () => {
    const made = packageBuilds('grouped', [build], bare);
    expect(names(made)).toEqual([
      'crypto-kmp-default',
      'drivers-net-kmp-default',
      'fs-kmp-default',
      'kernel-default',
      'sound-pci-kmp-default',
    ]);
    const net = named(made, 'drivers-net-kmp-default');
    expect(texts(net, 'requires')).toEqual([
      'ksym(default:kmalloc) = 37a0cb',
      'ksym(default:module_layout) = af29cff5',
    ]);
    expect(texts(net, 'provides')).toEqual(
      expect.arrayContaining(['kmod(libphy.ko)', 'kmod(r8169.ko)', 'ksym(default:phy_attach) = aaaa']),
    );
    expect(texts(net, 'supplements')).toEqual(['modalias(kernel-default:pci:v000010ECd00008168sv*sd*bc*sc*i*)']);
  });

  test('by directory and like an installer', () => {
    expect(names(packageBuilds('grouped', [build], { ...bare, grouping: 'directory' }))).toEqual(
      expect.arrayContaining([
        'drivers-net-phy-kmp-default',
        'drivers-net-ethernet-realtek-kmp-default',
        'fs-btrfs-kmp-default',
      ]),
    );
    expect(names(packageBuilds('grouped', [build], { ...bare, grouping: 'installer' }))).toEqual(
      expect.arrayContaining([
        'nic-modules-kmp-default',
        'nic-shared-modules-kmp-default',
        'btrfs-modules-kmp-default',
      ]),
    );
  });

  test('by community finds two families that share nothing, the same for the same seed', () => {
    const family = (prefix: string) => ({
      [`${prefix}core`]: { exports: { [`${prefix}_a`]: 1, [`${prefix}_b`]: 2, [`${prefix}_c`]: 3 } },
      [`${prefix}one`]: { imports: [`${prefix}_a`, `${prefix}_b`] },
      [`${prefix}two`]: { imports: [`${prefix}_b`, `${prefix}_c`] },
    });
    const two = kernel({ modules: { ...family('usb'), ...family('snd') } });
    const made = packageBuilds('grouped', [two], { ...bare, grouping: 'community', seed: 3 });
    expect(names(made)).toEqual(['kernel-default', 'sndcore-group-kmp-default', 'usbcore-group-kmp-default']);
    expect(JSON.stringify(packageBuilds('grouped', [two], { ...bare, grouping: 'community', seed: 3 }))).toBe(
      JSON.stringify(made),
    );
  });

  test('by a list of patterns', () => {
    const groups = { net: ['drivers/net/**'], rest: ['crypto/*', 'fs/**', 'sound/pci/hda/snd-hd?'] };
    expect(names(packageBuilds('grouped', [build], { ...bare, grouping: 'custom', groups }))).toEqual([
      'kernel-default',
      'net-kmp-default',
      'rest-kmp-default',
    ]);
  });

  test.each([
    [{ net: ['drivers/**'] }, 'kernel/crypto/xxhash_generic.ko is in no group'],
    [{ net: ['drivers/**'], all: ['**'] }, 'kernel/drivers/net/ethernet/realtek/r8169.ko is in the groups net and all'],
    [{ all: ['**'], none: ['arch/**'] }, 'group none has no kernel module'],
    [undefined, 'needs groups'],
  ])('refuses the partition %j', (groups, problem) => {
    expect(refusal(() => packageBuilds('grouped', [build], { grouping: 'custom', groups })).message).toContain(problem);
  });

  test('refuses a group whose name no package may have', () => {
    const error = refusal(() => packageBuilds('grouped', [build], { grouping: 'custom', groups: { 'a b': ['**'] } }));
    expect(error.message).toContain('rpm forbids "a b-kmp-default" as name');
  });
});

/** SUSE's kernel module packages manual: its example package, and what `rpm -qp --requires` and `--provides` print of it. */
describe('suse-kmp', () => {
  const manual = kernel({
    release: '4.4.73-5-default',
    image: { __fentry__: 0xbdfb6dbb, module_layout: 0x86aec989, param_ops_int: 0xdbc5e1fa, printk: 0x27e1a049 },
    modules: {
      hello: {
        path: 'updates/hello.ko',
        exports: { exported_function: 0xe52d5bcf },
        imports: ['__fentry__', 'module_layout', 'param_ops_int', 'printk'],
        inTree: false,
      },
    },
  });
  const made = packageBuilds('suse-kmp', [manual], { ...bare, prefix: 'suse' });
  const hello = named(made, 'suse-hello-kmp-default');

  test("makes the manual's suse-hello", () => {
    expect(nevra(hello)).toBe('suse-hello-kmp-default-1.0_k4.4.73_5-0.x86_64');
    expect(texts(hello, 'requires')).toEqual([
      'ksym(default:__fentry__) = bdfb6dbb',
      'ksym(default:module_layout) = 86aec989',
      'ksym(default:param_ops_int) = dbc5e1fa',
      'ksym(default:printk) = 27e1a049',
    ]);
    expect(texts(hello, 'provides')).toEqual([
      'kmod(hello.ko)',
      'ksym(default:exported_function) = e52d5bcf',
      'multiversion(kernel)',
      'suse-hello-kmp = 1.0',
      'suse-hello-kmp = 1.0_k4.4.73_5',
      'suse-hello-kmp-default = 1.0_k4.4.73_5-0',
      'suse-hello-kmp-default(x86-64) = 1.0_k4.4.73_5-0',
      'suse-hello-kmp-default-k4.4.73_5',
    ]);
    expect(hello.files.map(({ path }) => path)).toEqual(['/lib/modules/4.4.73-5-default/updates/hello.ko']);
  });

  test('cannot be installed twice for one kernel, and is wanted beside its userland', () => {
    expect(texts(hello, 'conflicts')).toEqual(['suse-hello-kmp-default-k4.4.73_5']);
    expect(texts(hello, 'enhances')).toEqual(['kernel-default']);
    expect(texts(hello, 'supplements')).toEqual(['(kernel-default and suse-hello)']);
  });

  test('brings the certificate of a signed external kernel module', () => {
    const signed = { ...manual, modules: manual.modules.map((one) => ({ ...one, signer: 'ACME' })) };
    const set = packageBuilds('suse-kmp', [signed], { ...bare, prefix: 'suse' });
    expect(names(set)).toContain('suse-hello-ueficert');
    expect(texts(named(set, 'suse-hello-kmp-default'), 'requires')).toContain('suse-hello-ueficert');
  });

  test('is one package for each flavor', () => {
    const rt: KernelBuild = { ...manual, release: '4.4.73-5-rt', flavor: 'rt' };
    const both = packageBuilds('suse-kmp', [manual, rt], { ...bare, prefix: 'suse' });
    expect(names(both)).toEqual(['kernel-default', 'kernel-rt', 'suse-hello-kmp-default', 'suse-hello-kmp-rt']);
    expect(texts(named(both, 'suse-hello-kmp-rt'), 'requires')).toContain('ksym(rt:printk) = 27e1a049');
  });

  test('leaves in the kernel what is not said to be external', () => {
    const set = packageBuilds('suse-kmp', [build], { ...bare, external: ['r81*'] });
    expect(names(set)).toEqual(['kernel-default', 'r8169-kmp-default']);
    expect(refusal(() => packageBuilds('suse-kmp', [build], { external: ['nope'] })).message).toContain('nope');
  });
});

describe('kabi-in-name', () => {
  const foo = kernel({
    release: '5.3.18-59.5-default',
    image: { printk: 0x1 },
    modules: { foo: { imports: ['printk'] } },
  });

  test('has the kernel in the name as the proposal wrote it', () => {
    const made = packageBuilds('kabi-in-name', [foo], bare);
    const kmp = named(made, 'foo-kmp-default-5.3.18_59.5');
    expect(`${kmp.name}-${kmp.evr.version}`).toBe('foo-kmp-default-5.3.18_59.5-1.0');
    expect(texts(kmp, 'provides')).not.toContain('multiversion(kernel)');
    expect(texts(kmp, 'requires')).toEqual(['ksym(default:printk) = 1']);
  });

  test('has it as the hackweek25 branch does', () => {
    expect(names(packageBuilds('kabi-in-name', [foo], { ...bare, naming: 'hackweek25' }))).toEqual([
      'foo-k5.3.18_59.5-kmp-default',
      'kernel-default',
    ]);
  });

  test('may name what it needs for its own kernel', () => {
    const made = packageBuilds('kabi-in-name', [build], { ...bare, naming: 'hackweek25', hardRequires: true });
    expect(texts(named(made, 'r8169-k6.1.0_53-kmp-default'), 'requires')).toContain(
      'libphy-k6.1.0_53-kmp-default = 1.0',
    );
  });

  test("takes the driver's own version, made fit for rpm", () => {
    const versioned = { ...foo, modules: foo.modules.map((one) => ({ ...one, driverVersion: '3.2.6-k' })) };
    expect(named(packageBuilds('kabi-in-name', [versioned], bare), 'foo-kmp-default-5.3.18_59.5').evr.version).toBe(
      '3.2.6_k',
    );
  });
});

describe('symset', () => {
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex').slice(0, 16);

  test('hashes the lines of Module.symvers of a directory, as make-symsets does', () => {
    const made = packageBuilds('symset', [build], bare);
    // sort -k2 | md5sum, first sixteen digits.
    const image = md5(
      '0x0037a0cb\tkmalloc\tvmlinux\tEXPORT_SYMBOL\n0xaf29cff5\tmodule_layout\tvmlinux\tEXPORT_SYMBOL\n',
    );
    const phy = md5('0x0000aaaa\tphy_attach\tdrivers/net/phy/libphy\tEXPORT_SYMBOL\n');
    expect(texts(named(made, 'kernel-default'), 'provides')).toContain(`kernel(default:vmlinux) = ${image}`);
    expect(texts(named(made, 'libphy-kmp-default'), 'provides')).toContain(`kernel(default:drivers_net_phy) = ${phy}`);
    expect(texts(named(made, 'r8169-kmp-default'), 'requires')).toEqual([
      `kernel(default:drivers_net_phy) = ${phy}`,
      `kernel(default:vmlinux) = ${image}`,
      'kmod(libphy.ko)',
    ]);
  });

  test('can hash by exporting kernel module instead', () => {
    const made = packageBuilds('symset', [build], { ...bare, sets: 'module' });
    expect(texts(named(made, 'r8169-kmp-default'), 'requires').map((text) => text.split(' = ')[0])).toEqual([
      'kernel(default:drivers_net_phy_libphy)',
      'kernel(default:vmlinux)',
    ]);
  });

  test('goes on providing an older set while all its symbols are unchanged, and stops when one changes', () => {
    const step = (revision: number, image: Record<string, number>) =>
      kernel({ release: `6.1.0-${revision}-default`, image });
    const [first, grown, changed] = [step(1, { a: 1 }), step(2, { a: 1, b: 2 }), step(3, { a: 1, b: 3 })];
    const made = packageBuilds(
      'symset',
      [first, grown, changed].flatMap((one) => one ?? []),
      bare,
    );
    const sets = made.packages.map((one) => texts(one, 'provides').filter((text) => text.startsWith('kernel(')));
    const lines = (b?: number) =>
      `0x00000001\ta\tvmlinux\tEXPORT_SYMBOL\n${b === undefined ? '' : `0x0000000${b}\tb\tvmlinux\tEXPORT_SYMBOL\n`}`;
    const set = (b?: number) => `kernel(default:vmlinux) = ${md5(lines(b))}`;
    expect(sets).toEqual([[set()], [set(), set(2)].sort(), [set(), set(3)].sort()]);
  });
});

describe('uname-r', () => {
  test('ties to the exact release and to no symbol', () => {
    const made = packageBuilds('uname-r', [build], { ...bare, hardRequires: false });
    expect(texts(named(made, 'r8169-kmp-default'), 'requires')).toEqual(['kernel-uname-r = 6.1.0-53-default']);
    expect(made.packages.flatMap((one) => texts(one, 'provides')).filter((text) => text.startsWith('ksym('))).toEqual(
      [],
    );
  });

  test('names what depmod says unless told not to', () => {
    const made = packageBuilds('uname-r', [build], bare);
    expect(texts(named(made, 'r8169-kmp-default'), 'requires')).toContain('libphy-kmp-default = 6.1.0-53');
  });

  test('packages a kernel without checksums', () => {
    expect(packageBuilds('uname-r', [{ ...build, modversions: false }], bare).packages).toHaveLength(6);
  });
});

describe('rhel-kmod', () => {
  const made = packageBuilds('rhel-kmod', [build], bare);

  test('has eight hex digits, kernel() for the kernel and ksym() among drivers', () => {
    expect(texts(named(made, 'kernel-core'), 'provides')).toContain('kernel(kmalloc) = 0x0037a0cb');
    expect(texts(named(made, 'kmod-libphy'), 'provides')).toContain('ksym(phy_attach) = 0x0000aaaa');
    expect(texts(named(made, 'kmod-r8169'), 'requires')).toEqual([
      'kernel(module_layout) = 0xaf29cff5',
      'ksym(phy_attach) = 0x0000aaaa',
    ]);
  });

  test('provides its hardware, with the version of the driver', () => {
    const mlx5 = kernel({
      modules: {
        mlx5_core: {
          driverVersion: '5.7-1.0.2',
          aliases: ['pci:v000015B3d00001013sv*sd*bc*sc*i*', 'pci:v000015B3d00001014sv*sd*bc*sc*i*'],
        },
      },
    });
    const kmod = named(packageBuilds('rhel-kmod', [mlx5], bare), 'kmod-mlx5_core');
    expect(texts(kmod, 'provides')).toEqual(
      expect.arrayContaining([
        'kernel-modules >= 6.1.0-1-default',
        'mlx5_core-kmod = 5.7_1.0.2-0.6.1.0_1',
        'modalias(pci:v000015B3d0000101[34]sv*sd*bc*sc*i*) = 5.7_1.0.2',
      ]),
    );
    expect(kmod.supplements).toEqual([]);
  });

  test('notes who uses symbols that are not on the stablelist', () => {
    expect(packageBuilds('rhel-kmod', [build], { ...bare, stablelist: ['module_layout'] }).notes).toEqual([
      'kmod-btrfs: symbols not on the stablelist: 1',
      'kmod-libphy: symbols not on the stablelist: 1',
    ]);
  });
});

describe('fedora-kmod', () => {
  test('is tied to one kernel and to its userland', () => {
    const old = kernel({
      release: '2.6.18-1.2257.fc5',
      flavor: 'default',
      modules: { foo: { depends: ['bar'] }, bar: {} },
    });
    const made = packageBuilds('fedora-kmod', [{ ...old, release: '2.6.18-1.2257.fc5-default' }], bare);
    const kmod = named(made, 'kmod-foo-2.6.18-1.2257.fc5');
    expect(texts(kmod, 'requires')).toEqual([
      'foo-kmod-common >= 1.0',
      'kernel-x86_64 = 2.6.18-1.2257.fc5',
      'kmod-bar-2.6.18-1.2257.fc5',
    ]);
    expect(texts(kmod, 'provides')).toEqual(
      expect.arrayContaining(['foo-kmod = 1.0-0', 'kernel-modules = 2.6.18-1.2257.fc5']),
    );
    expect(texts(named(made, 'kernel-core'), 'provides')).toContain('kernel-x86_64 = 2.6.18-1.2257.fc5');
    expect(texts(named(made, 'foo'), 'provides')).toContain('foo-kmod-common = 1.0');
  });

  test('names the variant after the version', () => {
    const pae = kernel({ release: '2.6.18-1.2257.fc5-PAE', flavor: 'PAE', modules: { foo: {} } });
    expect(names(packageBuilds('fedora-kmod', [pae], bare))).toContain('kmod-foo-2.6.18-1.2257.fc5PAE');
  });
});

describe('openwrt', () => {
  test('ties to version and configuration by one hash', () => {
    const made = packageBuilds('openwrt', [build], bare);
    const hash = createHash('md5')
      .update(
        ['binfmt_script=y', 'btrfs=m', 'libphy=m', 'r8169=m', 'snd-hda=m', 'xxhash_generic=m']
          .map((line) => `${line}\n`)
          .join(''),
      )
      .digest('hex');
    expect(texts(named(made, 'kmod-r8169'), 'requires')).toEqual([`kernel = 6.1.0-53-${hash}`, 'kmod-libphy']);
    expect(texts(named(made, 'kernel'), 'provides')).toContain(`kernel = 6.1.0-53-${hash}`);
  });
});

describe('yocto', () => {
  test('has the version in every name and one package that requires all', () => {
    const made = packageBuilds('yocto', [build], bare);
    expect(texts(named(made, 'kernel-module-r8169-6.1.0-53-default'), 'requires')).toEqual([
      'kernel-6.1.0-53-default',
      'kernel-module-libphy-6.1.0-53-default',
    ]);
    expect(texts(named(made, 'kernel-modules'), 'requires')).toHaveLength(5);
    expect(names(made)).toContain('kernel-module-xxhash-generic-6.1.0-53-default');
  });

  test('lets kernel modules share a package where their legal names are one', () => {
    const twins = kernel({ modules: { xt_DSCP: {}, xt_dscp: {} } });
    const shared = named(packageBuilds('yocto', [twins], bare), 'kernel-module-xt-dscp-6.1.0-1-default');
    expect(shared.files).toHaveLength(2);
  });
});

describe('what packages carry beside kernel modules', () => {
  test('firmware by vendor, asked for by file', () => {
    const made = packageBuilds('modular', [build], { ...bare, firmware: 'vendor', firmwareStrength: 'requires' });
    expect(texts(named(made, 'r8169-kmp-default'), 'requires')).toContain('firmware(rtl_nic/rtl8168d-1.fw)');
    const vendor = named(made, 'kernel-firmware-rtl_nic');
    expect(vendor.arch).toBe('noarch');
    expect(vendor.files.map(({ path }) => path)).toEqual([
      '/lib/firmware/rtl_nic/rtl8168d-1.fw',
      '/lib/firmware/rtl_nic/rtl8168e-2.fw',
    ]);
  });

  test('firmware by driver, recommended', () => {
    const made = packageBuilds('modular', [build], { ...bare, firmware: 'driver' });
    expect(texts(named(made, 'r8169-kmp-default'), 'recommends')).toHaveLength(2);
    expect(texts(named(made, 'kernel-firmware-r8169'), 'provides')).toContain('firmware(rtl_nic/rtl8168e-2.fw)');
  });

  test('firmware that two drivers name, once', () => {
    const tuners = kernel({
      modules: { cx18: { firmware: ['xc3028.fw'] }, xc2028: { firmware: ['xc3028.fw', 'other.fw'] } },
    });
    const made = packageBuilds('modular', [tuners], { ...bare, firmware: 'driver', firmwareStrength: 'requires' });
    const held = made.packages.flatMap(({ files }) => files.map(({ path }) => path));
    expect(held.filter((path) => path === '/lib/firmware/xc3028.fw')).toHaveLength(1);
    expect(texts(named(made, 'xc2028-kmp-default'), 'requires')).toEqual(['firmware(other.fw)', 'firmware(xc3028.fw)']);
  });

  test('licences and changelogs once, or once for each package', () => {
    const duplicated = packageBuilds('modular', [build], { ...bare, licences: 'duplicated', changelog: 'duplicated' });
    const shared = packageBuilds('modular', [build], { ...bare, licences: 'shared', changelog: 'shared' });
    const plain = packageBuilds('modular', [build], bare);
    const bytes = (set: PackageSet, name: string): number => named(set, name).installedBytes;
    expect(bytes(duplicated, 'btrfs-kmp-default') - bytes(plain, 'btrfs-kmp-default')).toBe(18_092);
    expect(duplicated.packages.every(({ changelog }) => changelog.length === 10)).toBe(true);
    expect(texts(named(shared, 'btrfs-kmp-default'), 'requires')).toContain('kernel-licences');
    expect(shared.packages.filter(({ changelog }) => changelog.length > 0).map(({ name }) => name)).toEqual([
      'kernel-changelog',
    ]);
    expect(names(shared)).toHaveLength(names(plain).length + 2);
  });
});
