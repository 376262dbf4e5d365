import type {
  Audit,
  AuditedDevice,
  AuditedInitrd,
  AuditedKernel,
  LinksStopped,
  RefusedImport,
  RefusedModule,
  RootNeed,
  Violation,
} from '#run-document';
import { checksum, count, counted, listed } from './numbers.js';

export type AuditedDriver = AuditedDevice['drivers'][number];

const origins: Readonly<Record<AuditedDriver['from'], string>> = {
  package: '',
  builtin: ' (built-in)',
  initrd: ' (initrd)',
};

/** `r8152`, `xhci_pci (built-in)`. */
export function driverText({ name, from }: AuditedDriver): string {
  return `${name}${origins[from]}`;
}

export const deviceStateWords: Readonly<Record<AuditedDevice['state'], string>> = {
  driven: 'driven',
  refused: 'driver refused',
  notInstalled: 'driver not installed',
  noDriver: 'no driver known',
};

/** A device without a driver, with what would drive it: `NIC (r8152 not installed)`. */
export function lackingDeviceText({ device, state, drivers }: AuditedDevice): string {
  const names = drivers.map(({ name }) => name).join(', ');
  const why = {
    driven: names,
    refused: `${names} refused`,
    notInstalled: `${names} not installed`,
    noDriver: 'no driver in reach',
  };
  return `${device} (${why[state]})`;
}

/** Devices as the next boot's kernel has them; none where no kernel is installed or no hardware is known. */
export function atNextBoot({ devices, nextBoot }: Audit): AuditedDevice[] {
  return devices.filter(({ kernel }) => kernel === nextBoot);
}

/** What stops a kernel module. */
export function refusalText(refused: RefusedModule): string {
  switch (refused.reason) {
    case 'unsupported':
      return refused.support === null ? 'nobody says that it is supported' : 'it is unsupported';
    case 'signature':
      return refused.key === null ? 'it is not signed' : `signed with a key that is not trusted: ${refused.key}`;
    case 'vermagic':
      return `vermagic "${refused.found}", the kernel's is "${refused.wanted}"`;
    case 'symbols':
      return counted(refused.refusedImports, 'refused import');
  }
}

export const importRefusalWords: Readonly<Record<RefusedImport['why'], string>> = {
  version: 'other checksum',
  unknown: 'nobody exports it',
  exporterRefused: 'its exporter is refused',
  gplOnly: 'for GPL kernel modules only',
  namespace: 'namespace not imported',
};

/** The checksum that an import found; `not found` where nobody that may be asked has the symbol. */
export function foundChecksum({ found }: Pick<RefusedImport, 'found'>): string {
  return found === null ? 'not found' : checksum(found);
}

const refusalWords = [
  ['unsupported', 'unsupported'],
  ['signature', 'signature'],
  ['vermagic', 'vermagic'],
  ['symbols', 'symbols'],
] as const;

const taintWords = [
  ['proprietary', 'P proprietary'],
  ['outOfTree', 'O out of tree'],
  ['unsigned', 'E unsigned'],
  ['unsupported', 'N unsupported'],
  ['externalSupport', 'X supported by others'],
] as const;

/** `1,207 (symbols 1,207)`: the refused kernel modules, and what stops them. */
export function refusedText({ refused, refusals }: Pick<AuditedKernel, 'refused' | 'refusals'>): string {
  return refused === 0 ? '0' : `${count(refused)} (${countsText(refusals, refusalWords)})`;
}

/** `E unsigned 2,816`: how many loadable kernel modules would set which flag. */
export function taintsText({ taints }: Pick<AuditedKernel, 'taints'>): string {
  return countsText(taints, taintWords) || 'none';
}

/** What is not zero: `symbols 1,207`. */
function countsText<Key extends string>(
  counts: Readonly<Record<Key, number>>,
  words: readonly (readonly [Key, string])[],
): string {
  return words.flatMap(([key, word]) => (counts[key] === 0 ? [] : `${word} ${count(counts[key])}`)).join(', ');
}

const needWords: Readonly<Record<RootNeed['state'], string>> = {
  ready: 'ready',
  notInInitrd: 'not in the initrd',
  refused: 'refused',
  notInstalled: 'not installed',
  unknown: 'not in reach',
};

/** What a root file system lacks: `ext4 not in the initrd`; none where it is mounted or nobody says what it takes. */
export function missingNeeds(root: AuditedKernel['root']): string[] {
  const missing = (root ?? []).filter(({ state }) => state !== 'ready');
  return missing.map(({ need, state }) => `${need} ${needWords[state]}`);
}

export function rootText(root: AuditedKernel['root']): string {
  if (root === null) return 'not known';
  const missing = missingNeeds(root);
  return missing.length === 0 ? 'mounted' : `not mounted: ${missing.join(', ')}`;
}

const initrdNamesMax = 4;

/** `361 kernel modules, made in this step; lacks nvme`: what it holds, and how it differs from one made now. */
export function initrdText(initrd: AuditedInitrd | null): string {
  if (initrd === null) return 'not looked at';
  const { kernelModules, made, lacks, keeps } = initrd;
  const named = ({ total, names }: typeof lacks): string => listed(names, initrdNamesMax, total);
  return [
    `${counted(kernelModules, 'kernel module')}, ${made ? 'made in this step' : 'as it was'}`,
    ...(lacks.total === 0 ? [] : [`lacks ${named(lacks)}`]),
    ...(keeps.total === 0 ? [] : [`holds what is not installed: ${named(keeps)}`]),
  ].join('; ');
}

/** Why weak-modules2 links nothing. */
export function linksStoppedText(stopped: LinksStopped): string {
  switch (stopped.reason) {
    case 'kmpInKernelDirectory':
      return `${stopped.package} has kernel modules in kernel/ or weak-updates/`;
    case 'kmpOfSeveralKernels':
      return `${stopped.package} has kernel modules of ${counted(stopped.kernels, 'kernel')}, and must have them of one`;
    case 'inconsistent':
      return `/lib/modules/${stopped.release} is inconsistent: ${stopped.kernelModule} needs symbol ${stopped.symbol}`;
  }
}

export function violationText({ kind, package: owner, subject, other }: Violation): string {
  return `${kind} of ${owner}${other === null ? '' : ` and ${other}`}: ${subject}`;
}
