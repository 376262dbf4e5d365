import { InputError } from '#errors';
import type { PackageSet } from '#packaging';
import { type DependencyKind, formatDependency, nevra, type RpmPackage } from '#rpm';
import { kernel } from './kernel.js';

/** The package of a set that has this name, whatever its version. */
export function named({ packages }: PackageSet, name: string): RpmPackage {
  const found = packages.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no package ${name} among ${packages.map(nevra).join(' ')}`);
  return found;
}

/** Names of all packages, in the order of the set. */
export const names = ({ packages }: PackageSet): string[] => packages.map(({ name }) => name);

/** A package's dependencies of a kind, as rpm prints them. */
export const texts = (one: RpmPackage, kind: DependencyKind): string[] => one[kind].map(formatDependency);

/** Nothing but what the scheme itself makes. */
export const bare = { patterns: false };

/** What a call refuses; it must. */
export function refusal(run: () => unknown): InputError {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** A kernel with a driver stack: a NIC driver on mdio on a library, a file system with a soft dependency. */
export const driverStack = kernel({
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
