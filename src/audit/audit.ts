import type { RootNeeds } from '#hardware';
import { compareEvr, nevra } from '#rpm';
import type { Audit, AuditedKernel, LoaderPolicy, RefusedModule } from '#run-document';
import { taintsOf } from './admission.js';
import { symbolRefusals } from './causes.js';
import { treesOf } from './depmod.js';
import { auditDevice } from './devices.js';
import { type Initrd, type InitrdSituation, type Initrds, initrdAfter } from './initrd/initrd.js';
import type { LoadRefusal } from './loader.js';
import type { AuditableDevice, BootableKernel, InstalledModule, Payload } from './payload.js';
import { rootNeeds } from './root.js';
import { earlyView, type KernelView, viewOf } from './view.js';

/** How many refused kernel modules, and refused imports of each, a document lists; all are counted. */
const examplesMax = 10;
const importsMax = 3;

export interface AuditInput {
  /** In the order of installation: of two packages that own one file the later one's is on disk. */
  readonly installed: readonly Payload[];
  /** What repositories in reach offer besides, for telling "not installed" from "nobody has a driver". */
  readonly offered: readonly Payload[];
  readonly devices: readonly AuditableDevice[];
  readonly policy: LoaderPolicy;
  /** Null where nobody says what the root file system needs. */
  readonly root: RootNeeds | null;
  /** Whether to count which symbols are behind the refusals; where much is refused it costs more than the rest. */
  readonly causes?: boolean;
  /** What lies in /boot; unless given, the root file system is judged as if an initrd were made now. */
  readonly initrd?: InitrdSituation | null;
}

export interface AuditedMachine {
  readonly audit: Audit;
  /** What lies in /boot afterwards; empty where nobody looked. */
  readonly initrds: Initrds;
}

type KernelPackage = Payload & { readonly kernel: BootableKernel };

/**
 * What the machine would really have: for every installed kernel what its loader accepts, for every device whether a driver of it is
 * among that, and whether the root file system is mounted. Independent of libsolv: it reads files, symbols and CRCs, never
 * requires. Only weak-modules2 goes by package names, and so does its image here.
 */
export function audit(input: AuditInput): Audit {
  return auditMachine(input).audit;
}

/** The same, and what the next audit starts from. */
export function auditMachine(input: AuditInput): AuditedMachine {
  const { installed, offered, devices, policy, root, causes = false, initrd: situation = null } = input;
  const kernels = installed.filter(hasKernel).sort((a, b) => compareEvr(b.package.evr, a.package.evr));
  const trees = treesOf(installed);
  const present = installed.flatMap(({ modules }) => modules);
  const reachable = [...present, ...offered.flatMap(({ modules }) => modules)];

  const audited: AuditedKernel[] = [];
  const auditedDevices: Audit['devices'] = [];
  const initrds = new Map<string, Initrd>();
  for (const kernelPackage of kernels) {
    const { kernel } = kernelPackage;
    const view = viewOf(kernel, trees.get(kernel.release) ?? new Map(), installed, policy);
    const made =
      situation === null
        ? null
        : initrdAfter({ ...view, release: kernel.release, script: policy.weakModules }, { devices, root }, situation);
    const early = made === null ? null : earlyView(kernel, made.initrd, policy);
    if (made !== null) initrds.set(kernel.release, made.initrd);
    const states = devices.map((device) => auditDevice(device, kernel, { view, early, reachable }));
    auditedDevices.push(...states);
    audited.push({
      ...describe(kernelPackage, view, policy),
      symbolRefusals: causes ? symbolRefusals(kernel, view, present, policy) : null,
      root: root === null ? null : rootNeeds(root, kernel, { view, early, reachable }, states),
      initrd: made?.audited ?? null,
    });
  }
  const nextBoot = kernels[0]?.kernel.release ?? null;
  return { audit: { policy, kernels: audited, devices: auditedDevices, nextBoot }, initrds };
}

/** The kernel modules that one of the installed kernels would load, through links as well. */
export function loadableModules(
  { installed, policy }: Pick<AuditInput, 'installed' | 'policy'>,
  kernel: BootableKernel,
): ReadonlySet<InstalledModule> {
  const own = treesOf(installed).get(kernel.release) ?? new Map();
  return new Set(viewOf(kernel, own, installed, policy).verdict.loadable);
}

function hasKernel(payload: Payload): payload is KernelPackage {
  return payload.kernel !== null;
}

function describe(
  { package: owner, kernel }: KernelPackage,
  view: KernelView,
  policy: LoaderPolicy,
): Omit<AuditedKernel, 'root' | 'initrd' | 'symbolRefusals'> {
  const { loadable, refused } = view.verdict;
  const refusals = { unsupported: 0, signature: 0, vermagic: 0, symbols: 0 };
  for (const { reason } of refused.values()) refusals[reason] += 1;
  const taints = { proprietary: 0, outOfTree: 0, unsigned: 0, unsupported: 0, externalSupport: 0 };
  for (const installedModule of loadable)
    for (const taint of taintsOf(kernel, installedModule, policy)) taints[taint] += 1;
  const byName = [...refused].sort(([a], [b]) => (a.kernelModule.name < b.kernelModule.name ? -1 : 1));
  return {
    release: kernel.release,
    package: nevra(owner),
    visible: view.visible.length,
    loadable: loadable.size,
    weakUpdates: view.linked,
    shadowed: view.shadowed,
    refused: refused.size,
    refusals,
    refusedExamples: byName.slice(0, examplesMax).map(([one, refusal]) => refusedModule(one, refusal)),
    taints,
    linksStopped: view.linksStopped,
  };
}

function refusedModule({ kernelModule, package: owner }: InstalledModule, refusal: LoadRefusal): RefusedModule {
  const one = { kernelModule: kernelModule.name, package: nevra(owner) };
  if (refusal.reason !== 'symbols') return { ...one, ...refusal };
  const { imports } = refusal;
  return { ...one, reason: 'symbols', refusedImports: imports.length, examples: imports.slice(0, importsMax) };
}
