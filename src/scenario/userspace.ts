import type { PlainPackage } from './repository.js';

/** The package that a request names to get the whole of it. */
export const baseSystem = 'base-system';

/**
 * What a plain machine's user space wants of a kernel: the packages that an installer selects for an ext4 root, an EFI partition, LVM or
 * encryption, and a firewall. That these packages need these kernel modules is so today; they call modprobe, or systemd's
 * modprobe@.service does, or dracut copies what is there. That they say so in their dependencies is the proposal's assumption: of today's
 * packages only those with a file in modules-load.d do. As `kmod()` they are answered by any scheme that provides it, also by one big
 * kernel package; as Recommends they are left out where nothing does.
 */
export const userspacePackages: Readonly<Record<string, PlainPackage>> = {
  [`${baseSystem}-1-1`]: {
    requires: ['dracut', 'systemd', 'e2fsprogs', 'dosfstools', 'lvm2', 'cryptsetup', 'nftables', 'kernel-firmware'],
  },
  'dracut-059-1': { requires: ['kmod'] },
  'kmod-34-1': {},
  // ext4 asks for its checksum by a soft dependency on an alias, which no package's dependencies show.
  'e2fsprogs-1.47-1': { recommends: ['kmod(ext4.ko)', 'kmod(crc32c_generic.ko)'] },
  'dosfstools-4.2-1': { recommends: ['kmod(vfat.ko)', 'kmod(nls_cp437.ko)', 'kmod(nls_iso8859_1.ko)'] },
  'systemd-257-1': {
    recommends: ['autofs4', 'configfs', 'efivarfs', 'efi_pstore', 'fuse', 'loop'].map((name) => `kmod(${name}.ko)`),
  },
  'lvm2-2.03-1': { recommends: ['kmod(dm_mod.ko)'] },
  'cryptsetup-2.7-1': { requires: ['lvm2'], recommends: ['kmod(dm_crypt.ko)'] },
  'nftables-1.1-1': {
    recommends: ['nf_tables', 'nft_ct', 'nft_chain_nat', 'nft_reject_inet', 'nft_fib_inet'].map(
      (name) => `kmod(${name}.ko)`,
    ),
  },
  'kernel-firmware-1-1': {},
};
