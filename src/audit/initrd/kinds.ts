import type { KernelModule } from '#kernel';

/** Kernel modules that dracut takes by one rule. */
interface Kind {
  /** Directories below kernel/. */
  readonly below?: readonly string[];
  readonly names?: readonly string[];
  /** Only those below these directories that import a symbol of such a name. */
  readonly importing?: RegExp;
  /** Not those below these directories. */
  readonly except?: readonly string[];
  /** Where the initrd is made for one machine: only what its modaliases match. */
  readonly hostOnly: boolean;
}

/** Parts of names: what makes a kernel module one of block devices. */
const blockSymbols = [
  ...['ahci_platform_get_resources', 'ata_scsi_ioctl', 'scsi_add_host', 'blk_cleanup_', 'register_mtd_blktrans'],
  ...['scsi_esp_register', 'register_virtio_device', 'usb_stor_disconnect', 'mmc_add_host', 'sdhci_add_host'],
  ...['blk_mq_alloc_disk', 'blk_mq_alloc_request', 'blk_mq_destroy_queue'],
];

/**
 * What dracut's modules `kernel-modules` and `fs-lib` take (dracut 059, modules.d/90kernel-modules and 99fs-lib, on x86_64). Its mode is
 * `sloppy`, as distributed: input devices, USB hosts and the like are taken whole.
 */
const always: readonly Kind[] = [
  { names: ['hid_generic', 'unix', 'sg', 'sr_mod', 'sd_mod', 'scsi_dh', 'ata_piix'], hostOnly: false },
  { names: ['ehci_hcd', 'ehci_pci', 'ehci_platform', 'ohci_hcd', 'ohci_pci', 'uhci_hcd', 'usbhid'], hostOnly: false },
  { names: ['xhci_hcd', 'xhci_pci', 'xhci_plat_hcd'], hostOnly: false },
  { below: ['drivers/hid', 'drivers/input/serio', 'drivers/input/keyboard', 'drivers/tty/serial'], hostOnly: false },
  { below: ['drivers/pci/host', 'drivers/pci/controller', 'drivers/pinctrl'], hostOnly: false },
  { below: ['drivers/usb/typec', 'drivers/watchdog', 'crypto'], hostOnly: false },
  { below: ['drivers/pcmcia', 'arch/x86/crypto', 'drivers/crypto'], hostOnly: true },
  { names: ['yenta_socket', 'atkbd', 'i8042', 'firewire_ohci', 'pcmcia', 'hv_vmbus'], hostOnly: true },
  { names: ['virtio', 'virtio_ring', 'virtio_pci', 'pci_hyperv'], hostOnly: true },
  {
    names: ['scsi_dh_rdac', 'scsi_dh_emc', 'scsi_dh_alua', 'nvme', 'vmd', 'virtio_blk', 'virtio_scsi'],
    hostOnly: true,
  },
  { below: ['drivers/usb/storage', 'drivers/ide'], hostOnly: true },
  {
    below: ['drivers'],
    importing: new RegExp(blockSymbols.join('|')),
    hostOnly: true,
  },
];

/** Of one machine dracut takes the file systems it has mounted; for all machines every one. */
const fileSystems: Kind = { below: ['fs'], except: ['fs/nfs', 'fs/nfsd', 'fs/lockd'], hostOnly: false };

/** Its module `kernel-network-modules`, which only comes along where something asks for `network`. */
const network: readonly Kind[] = [
  { below: ['drivers/net/mdio', 'drivers/net/phy', 'drivers/net/team', 'drivers/net/ethernet'], hostOnly: true },
  { names: ['ecb', 'arc4', 'bridge', 'stp', 'llc', 'ipv6', 'bonding', '8021q', 'ipvlan', 'macvlan'], hostOnly: true },
  { names: ['af_packet', 'virtio_net', 'xennet'], hostOnly: true },
  {
    below: ['drivers/net'],
    except: ['drivers/net/wireless', 'drivers/isdn', 'drivers/uwb'],
    importing: /eth_type_trans|register_virtio_device|usbnet_open/,
    hostOnly: true,
  },
];

/** How dracut takes a kernel module: in any case, only where the machine has hardware for it, or not at all. */
export type Taken = 'always' | 'forHardware' | 'never';

export function takenAs(
  kernelModule: KernelModule,
  how: { readonly hostOnly: boolean; readonly network: boolean },
): Taken {
  const kinds = kindsOf(kernelModule).filter(
    (kind) => (kind !== fileSystems || !how.hostOnly) && (how.network || !network.includes(kind)),
  );
  if (kinds.length === 0) return 'never';
  return how.hostOnly && kinds.every(({ hostOnly }) => hostOnly) ? 'forHardware' : 'always';
}

/** Kept for as long as the kernel module: each step of a scenario asks again. */
const known = new WeakMap<KernelModule, readonly Kind[]>();

function kindsOf(kernelModule: KernelModule): readonly Kind[] {
  let kinds = known.get(kernelModule);
  if (kinds === undefined) {
    kinds = [...always, fileSystems, ...network].filter((kind) => isOf(kind, kernelModule));
    known.set(kernelModule, kinds);
  }
  return kinds;
}

function isOf(
  { below = [], names = [], importing, except = [] }: Kind,
  { name, path, imports }: KernelModule,
): boolean {
  if (names.includes(name)) return true;
  const lies = (directory: string): boolean => path.startsWith(`kernel/${directory}/`);
  if (!below.some(lies) || except.some(lies)) return false;
  return importing === undefined || imports.some((symbol) => importing.test(symbol.name));
}
