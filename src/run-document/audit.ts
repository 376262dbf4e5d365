import { z } from 'zod';
import { rootCausesSchema } from './root-cause.js';

/** Why the kernel's loader refuses one import. */
const importRefusals = [
  'version', // "disagrees about version of symbol": exported, with another checksum
  'unknown', // "Unknown symbol": nobody visible exports it
  'exporterRefused', // its exporter has the right checksum and is itself refused
  'gplOnly', // exported for GPL-compatible kernel modules only
  'namespace', // exported in a namespace that the importer does not import
] as const;

/** A symbol's checksum as a number; 32 bits. */
export const crcSchema = z.int().min(0).max(0xffffffff);

/** One import that the kernel's loader would refuse. */
export const refusedImportSchema = z.strictObject({
  symbol: z.string(),
  /** The checksum compiled into the importer. */
  wanted: crcSchema,
  /** That of the visible exporter; null where nobody visible exports the symbol, or exports it without one. */
  found: crcSchema.nullable(),
  why: z.enum(importRefusals),
});
export type RefusedImport = z.infer<typeof refusedImportSchema>;

/** What stops a kernel module, in the order in which modprobe and the kernel look at it. */
export const loadRefusals = [
  'unsupported', // modprobe: allow_unsupported_modules 0
  'signature', // not signed by a key that this kernel trusts, and signatures are enforced
  'vermagic',
  'symbols',
] as const;

const refused = z.strictObject({ kernelModule: z.string(), package: z.string() });

export const refusedModuleSchema = z.discriminatedUnion('reason', [
  /** What the kernel module says of its support: nothing, or that there is none. */
  refused.extend({ reason: z.literal('unsupported'), support: z.literal('unsupported').nullable() }),
  /** The key it is signed with, by the name in the certificate; null without a signature. */
  refused.extend({ reason: z.literal('signature'), key: z.string().nullable() }),
  /** What it was built with, and what the kernel was. */
  refused.extend({ reason: z.literal('vermagic'), found: z.string(), wanted: z.string() }),
  /** Every refused import is counted; the first ones are listed. */
  refused.extend({
    reason: z.literal('symbols'),
    refusedImports: z.int().nonnegative(),
    examples: z.array(refusedImportSchema),
  }),
]);
export type RefusedModule = z.infer<typeof refusedModuleSchema>;

export const neededStates = [
  'ready', // built in, or a kernel module that loads
  'notInInitrd', // installed and loadable, and the initrd was made without it
  'refused', // installed, and this kernel's loader refuses it
  'notInstalled', // a package in reach has it
  'unknown', // nobody has it
] as const;

/** One thing that must work before the root file system is mounted: a device's driver, or a kernel module by name or alias. */
export const rootNeedSchema = z.strictObject({ need: z.string(), state: z.enum(neededStates) });
export type RootNeed = z.infer<typeof rootNeedSchema>;

/** How many of a difference between two initrds a document names; all are counted. */
const differenceSchema = z.strictObject({ total: z.int().nonnegative(), names: z.array(z.string()) });

/** What a kernel's initrd holds. It is made now and then, and does not follow what is installed. */
export const auditedInitrdSchema = z.strictObject({
  kernelModules: z.int().nonnegative(),
  /** Whether the step that the audit follows made it. */
  made: z.boolean(),
  /** Kernel modules that one made now would hold and this one does not. */
  lacks: differenceSchema,
  /** Kernel modules it holds that are no longer there, or no longer the same. */
  keeps: differenceSchema,
});
export type AuditedInitrd = z.infer<typeof auditedInitrdSchema>;

/** Why weak-modules2 links nothing into a kernel though there is something to link. */
export const linksStoppedSchema = z.discriminatedUnion('reason', [
  /** check_kmp(): a KMP with kernel modules in kernel/ or weak-updates/. */
  z.strictObject({ reason: z.literal('kmpInKernelDirectory'), package: z.string() }),
  /** check_kmp(): a KMP with kernel modules of this many kernels, where it must be one. */
  z.strictObject({ reason: z.literal('kmpOfSeveralKernels'), package: z.string(), kernels: z.int().nonnegative() }),
  /** depmod objects to what lies in the kernel's directory already: the first import that nothing there meets. */
  z.strictObject({
    reason: z.literal('inconsistent'),
    release: z.string(),
    kernelModule: z.string(),
    symbol: z.string(),
  }),
]);
export type LinksStopped = z.infer<typeof linksStoppedSchema>;

export const auditedKernelSchema = z.strictObject({
  release: z.string(),
  package: z.string(),
  /** Kernel modules this kernel sees: one file for each name, the one that depmod's search order prefers. */
  visible: z.int().nonnegative(),
  loadable: z.int().nonnegative(),
  /** Of the visible ones, how many are links in weak-updates. */
  weakUpdates: z.int().nonnegative(),
  /** Files that are there and not visible, because one of the same name comes before them in depmod's search order. */
  shadowed: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  /** The refused ones by what stops them. */
  refusals: z.strictObject({
    unsupported: z.int().nonnegative(),
    signature: z.int().nonnegative(),
    vermagic: z.int().nonnegative(),
    symbols: z.int().nonnegative(),
  }),
  /** The first refused ones, by name; `refused` counts all. */
  refusedExamples: z.array(refusedModuleSchema),
  /**
   * How many of the loadable ones would taint the kernel, by flag: P, O and E of Documentation/admin-guide/tainted-kernels.rst, and N
   * and X of SUSE's kernels.
   */
  taints: z.strictObject({
    proprietary: z.int().nonnegative(),
    outOfTree: z.int().nonnegative(),
    unsigned: z.int().nonnegative(),
    unsupported: z.int().nonnegative(),
    externalSupport: z.int().nonnegative(),
  }),
  /** Null where its script linked what there was to link. */
  linksStopped: linksStoppedSchema.nullable(),
  /**
   * Installed kernel modules, visible ones and those of other kernels alike, that this kernel's symbols keep from being loaded, and because
   * of which symbols; null where nobody asked.
   */
  symbolRefusals: z.strictObject({ kernelModules: z.int().nonnegative(), causes: rootCausesSchema }).nullable(),
  /** What mounting the root file system takes; null where the hardware profile does not say. The root is mounted when all is ready. */
  root: z.array(rootNeedSchema).nullable(),
  /** Null where none is looked at; the root file system is then judged as if one were made now. */
  initrd: auditedInitrdSchema.nullable(),
});
export type AuditedKernel = z.infer<typeof auditedKernelSchema>;
export type Taint = keyof AuditedKernel['taints'];

export const deviceStates = [
  'driven', // an installed kernel module matches and this kernel loads it, or it is built in
  'refused', // one matches and is installed, and this kernel's loader refuses it
  'notInstalled', // a repository in reach has one, it is not installed
  'noDriver', // nobody has one
] as const;

/** Where a kernel module that drives a device comes from. */
const driverSources = [
  'package', // a package: an installed one, or one in reach where the state is `notInstalled`
  'builtin', // the kernel's image
  'initrd', // the initrd alone
] as const;

export const auditedDeviceSchema = z.strictObject({
  device: z.string(),
  class: z.string(),
  modalias: z.string(),
  /** Release of the kernel this line is about. */
  kernel: z.string(),
  state: z.enum(deviceStates),
  /** Kernel modules that match. */
  drivers: z.array(z.strictObject({ name: z.string(), from: z.enum(driverSources) })),
});
export type AuditedDevice = z.infer<typeof auditedDeviceSchema>;

/** Which script links kernel modules of one kernel into another one's weak-updates. */
const weakModulesScripts = [
  'weak-modules2', // SUSE's, as released: KMPs with kernel modules outside of kernel/
  'weak-modules2-any-directory', // as in Martin Wilck's branch hackweek25: KMPs with kernel modules anywhere
  'weak-modules', // Red Hat's: kernel modules in extra/
  'none',
] as const;
export type WeakModulesScript = (typeof weakModulesScripts)[number];

/** How the machine is set up, as far as loading depends on it. */
export const loaderPolicySchema = z.strictObject({
  weakModules: z.enum(weakModulesScripts),
  /** depmod.d(5) `search`: directories below /lib/modules/<release>, the first wins; `built-in` is every other one. */
  searchOrder: z.array(z.string().min(1)).min(1),
  /** modprobe's `allow_unsupported_modules`; it means something only to kernels that know what is supported. */
  unsupportedModules: z.enum(['allow', 'refuse']),
  /** Whether a kernel module without a signature that the kernel trusts is refused, as under secure boot, or loaded with a taint. */
  signatures: z.enum(['enforce', 'taint']),
  /** Keys enrolled besides the kernel's own, by the name in the certificate: what a ueficert package and mokutil do. */
  enrolledKeys: z.array(z.string()),
});
export type LoaderPolicy = z.infer<typeof loaderPolicySchema>;

/** How dracut makes an initrd. */
export const initrdConfigurationSchema = z.strictObject({
  /** dracut's `hostonly`: for this machine only. */
  hostOnly: z.boolean(),
  /** With dracut's module `kernel-network-modules`. */
  network: z.boolean(),
  /** `add_drivers` and `force_drivers`. */
  drivers: z.array(z.string()),
  /** SUSE's `# SUSE INITRD: a REQUIRES b c`, by a. */
  requires: z.record(z.string(), z.array(z.string())),
});
export type InitrdConfiguration = z.infer<typeof initrdConfigurationSchema>;

/** What the machine would really have after the transaction: what each installed kernel loads, and which devices work. */
export const auditSchema = z.strictObject({
  policy: loaderPolicySchema,
  kernels: z.array(auditedKernelSchema),
  devices: z.array(auditedDeviceSchema),
  /** Release of the newest installed kernel, the one that the next boot takes; null when none is installed. */
  nextBoot: z.string().nullable(),
});
export type Audit = z.infer<typeof auditSchema>;

/** What the independent verifier found wrong with the resulting set of packages, empty when all is well. */
export const violationSchema = z.strictObject({
  kind: z.enum(['requires', 'conflicts', 'obsoletes', 'same-name', 'file-conflict']),
  package: z.string(),
  /** The dependency, or the file path. */
  subject: z.string(),
  other: z.string().nullable(),
});
export type Violation = z.infer<typeof violationSchema>;
