import type { PackageDraft } from './assemble.js';
import { atEvr } from './capability.js';
import { buildEvr, ofFlavor } from './common-options.js';

/**
 * Precautions an administrator can install: all drivers of a kind, wherever the scheme has put them. Directories are those of the
 * kernel's source tree.
 */
const patternDirectories: Readonly<Record<string, readonly RegExp[]>> = {
  'kernel-network-driver-all': [/^drivers\/net\//],
  'kernel-usb-driver-all': [/^drivers\/usb\//, /^drivers\/net\/usb\//],
  'kernel-storage-driver-all': [
    /^drivers\/(ata|scsi|nvme|block|mmc|memstick|mtd|ufs|firewire|message\/fusion)\//,
    /^drivers\/usb\/storage\//,
  ],
  'kernel-firewall-all': [/^net\/netfilter\//, /^net\/[^/]+\/netfilter\//],
};

/** The path below the kernel's source tree: `drivers/net/…` of `kernel/drivers/net/…`, `updates/drivers/net/…`, `extra/…`. */
export function sourcePath(path: string): string {
  return path.replace(/^(kernel|updates|extra|weak-updates)\//, '');
}

/**
 * The pattern packages of one kernel build. Each requires every package that holds a matching kernel module, at least in this
 * build's version: a driver rebuilt later still satisfies it, one left behind by a kernel update does not.
 */
export function patternDrafts(drafts: readonly PackageDraft[]): PackageDraft[] {
  const [first] = drafts;
  if (first === undefined) return [];
  const evr = buildEvr(first.build);
  return Object.entries(patternDirectories).flatMap(([name, directories]) => {
    const holders = drafts.filter(({ kernelModules }) =>
      kernelModules.some(({ path }) => directories.some((directory) => directory.test(sourcePath(path)))),
    );
    if (holders.length === 0) return [];
    return {
      name: ofFlavor(name, first.build),
      evr,
      build: first.build,
      summary: `All ${name.slice('kernel-'.length, -'-all'.length)} kernel modules`,
      description: 'Requires them all, so that a change of hardware finds its driver installed.',
      kernelModules: [],
      requires: holders.map((holder) => atEvr(holder.name, holder.evr, 'GE')),
    };
  });
}
