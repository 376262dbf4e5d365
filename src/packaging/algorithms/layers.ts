import { closure } from '#collections';
import { InputError } from '#errors';
import { type KernelBuild, type KernelModule, ModuleIndex } from '#kernel';
import { sourcePath } from '../parts/patterns.js';

/**
 * How likely a machine needs a kernel module. Distributions keep such lists by hand (SUSE's supported.conf and kernel-default-base,
 * Fedora's filter lists). A build that carries such a list is cut by it. What the lists follow is the directory of the source tree, and so
 * does this table, which is our own approximation of them:
 * boot: to find the root file system; base: what a virtual or a plain server also needs; extra: outside a server's support;
 * optional: hardly anybody's. The rest is standard.
 */
export type Layer = 'boot' | 'base' | 'standard' | 'extra' | 'optional';

const directories: Readonly<Record<Exclude<Layer, 'standard'>, RegExp>> = {
  boot: /^(drivers\/(ata|nvme|md|virtio|block|cdrom|usb\/(core|common|host|storage)|hid)\/|drivers\/(scsi|firmware)\/|fs\/(ext4|jbd2|btrfs|xfs|fat|nls|isofs|overlayfs|squashfs)\/|fs\/mbcache|lib\/(crypto\/|libcrc32c|crc)|crypto\/(crc|xxhash|blake2b|sha|aes|xts|cbc|algif|af_alg))/,
  base: /^(drivers\/(net\/(virtio_net|tun|veth|macvlan|vxlan|dummy|bonding\/|bridge|hyperv\/|xen|vmxnet3\/|ethernet\/(intel|broadcom|mellanox|realtek|amazon|google)\/)|char\/(hw_random|tpm|ipmi)\/|hv\/|xen\/|vfio\/|vhost\/|i2c\/busses\/|watchdog\/|rtc\/|char\/virtio_console)|fs\/(nfs|nfs_common|nfsd|lockd|fscache|fuse|9p|configfs|autofs|udf|cifs|smb|smbfs_common|efivarfs)\/|net\/(netfilter|ipv4|ipv6|bridge|8021q|802|packet|sunrpc|sched|vmw_vsock|9p|unix|llc|tls|openvswitch)\/|virt\/|arch\/[^/]+\/kvm\/)/,
  extra:
    /^(sound\/|drivers\/(media|gpu|bluetooth|net\/wireless|input|staging|firewire|pcmcia|parport|thunderbolt|platform)\/|net\/(bluetooth|mac80211|wireless|nfc|rfkill)\/)/,
  optional:
    /^(drivers\/(isdn|gpib|comedi|iio|mtd|w1|auxdisplay|memstick|net\/(can|hamradio|arcnet|fddi|wan|ieee802154|appletalk)|atm|mfd|regulator|leds|accessibility)\/|net\/(can|ax25|netrom|rose|x25|atm|appletalk|ieee802154|6lowpan|batman-adv|dccp|phonet|caif|tipc|rxrpc)\/|fs\/(adfs|affs|afs|befs|bfs|coda|efs|freevxfs|hfs|hfsplus|hpfs|jffs2|jfs|minix|nilfs2|ntfs|ntfs3|ocfs2|omfs|orangefs|qnx4|qnx6|reiserfs|romfs|sysv|ubifs|ufs|vboxsf|zonefs)\/)/,
};

/** From the one that most machines have to the one that fewest have. */
export const layers: readonly Layer[] = ['boot', 'base', 'standard', 'extra', 'optional'];

/** Where the vendor says what it supports (SUSE's supported.conf), that decides; the table tells the rest apart. */
function statedLayer(kernelModule: KernelModule): Layer {
  const guess = layerOfDirectory(kernelModule);
  const { support } = kernelModule;
  if (support === undefined) return guess;
  switch (support) {
    case 'base':
      return guess === 'boot' ? 'boot' : 'base';
    case 'supported':
    case 'external':
      return 'standard';
    case 'unsupported':
      return guess === 'optional' ? 'optional' : 'extra';
  }
}

function layerOfDirectory(kernelModule: KernelModule): Layer {
  const path = sourcePath(kernelModule.path);
  if (directories.boot.test(path)) return 'boot';
  if (directories.base.test(path)) return 'base';
  if (directories.optional.test(path)) return 'optional';
  return directories.extra.test(path) ? 'extra' : 'standard';
}

/**
 * Every kernel module's layer. A kernel module moves down to the layer of the kernel modules that depend on it: no layer needs a higher one, which is
 * what SUSE's rpm/split-modules computes from modules.dep.
 *
 * @throws InputError where a supported kernel module needs an unsupported one, as split-modules does
 */
export function layersOf(build: KernelBuild): Map<KernelModule, Layer> {
  const index = ModuleIndex.of(build);
  refuseUnsupportedNeeds(build, index);
  const stated = build.modules.map((kernelModule) => [kernelModule, statedLayer(kernelModule)] as const);
  const result = new Map<KernelModule, Layer>();
  for (const layer of layers) {
    const own = stated.filter(([, one]) => one === layer).map(([kernelModule]) => kernelModule);
    for (const kernelModule of closure(own, (needing) => index.dependsOf(needing))) {
      if (!result.has(kernelModule)) result.set(kernelModule, layer);
    }
  }
  return result;
}

function refuseUnsupportedNeeds({ release, modules }: KernelBuild, index: ModuleIndex): void {
  for (const kernelModule of modules) {
    if (kernelModule.support === undefined || kernelModule.support === 'unsupported') continue;
    const needed = index.dependsOf(kernelModule).find(({ support }) => support === 'unsupported');
    if (needed === undefined) continue;
    throw new InputError(
      'invalid',
      `kernel build ${release}: ${kernelModule.path} is supported and needs ${needed.path}, which is not`,
      { expected: 'everything a supported kernel module needs to be supported', hint: 'correct supported.conf' },
    );
  }
}
