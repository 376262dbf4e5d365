import { nevra } from '#rpm';
import type { AuditedInitrd, InitrdConfiguration, WeakModulesScript } from '#run-document';
import type { InstalledModule } from '../payload.js';
import { type InitrdMachine, initrdContents } from './contents.js';

/** Kernel modules by what tells their files apart: a package that comes back brings the same ones. */
type Files = ReadonlyMap<string, InstalledModule>;

function filesOf(modules: Iterable<InstalledModule>): Files {
  return new Map(
    [...modules].map((kernelModule) => [
      `${kernelModule.release}/${kernelModule.path} of ${nevra(kernelModule.package)}`,
      kernelModule,
    ]),
  );
}

/** Those of the first that are not among the second. */
function without(some: Files, others: Files): InstalledModule[] {
  return [...some].filter(([key]) => !others.has(key)).map(([, one]) => one);
}

/** A kernel's initrd as it lies in /boot. */
export interface Initrd {
  readonly modules: Files;
  /** What the kernel saw when somebody last looked whether to make it anew. */
  readonly seen: Files;
}

/** By release of the kernel. */
export type Initrds = ReadonlyMap<string, Initrd>;

export interface InitrdSituation {
  readonly configuration: InitrdConfiguration;
  /** What lies in /boot from before. */
  readonly before: Initrds;
  /** Kernels that come in this transaction, or whose initrd somebody makes by hand. */
  readonly due: ReadonlySet<string>;
  /** Of an initrd that is made elsewhere, by release: the kernel modules it is made of. Then it is not made on the machine. */
  readonly supplied: ReadonlyMap<string, readonly InstalledModule[]> | null;
}

interface KernelNow {
  readonly release: string;
  readonly visible: readonly InstalledModule[];
  readonly script: WeakModulesScript;
}

/** The initrd of a kernel after a transaction: made anew where something asks for it, else the one from before. */
export function initrdAfter(
  { release, visible, script }: KernelNow,
  machine: InitrdMachine,
  { configuration, before, due, supplied }: InitrdSituation,
): { readonly initrd: Initrd; readonly audited: AuditedInitrd } {
  const seen = filesOf(visible);
  const given = supplied?.get(release);
  const fresh = filesOf(initrdContents(given ?? visible, machine, configuration));
  const known = before.get(release);
  const made =
    known === undefined || (given === undefined && (due.has(release) || isDue(known, seen, script, configuration)));
  const modules = made ? fresh : known.modules;
  return {
    initrd: { modules, seen },
    audited: {
      kernelModules: modules.size,
      made,
      lacks: named(without(fresh, modules)),
      keeps: named(without(modules, seen)),
    },
  };
}

/**
 * Whether a package's scripts make the initrd anew because of its kernel modules. SUSE's weak-modules2 does when one that came or went
 * is in the initrd, or in dracut's `add_drivers` (needs_initrd); where subpackages of a kernel go it does not even look
 * (remove_kernel_modules). Red Hat's weak-modules does whenever something changed (module_has_changed). Fedora's kmods have no such script.
 */
function isDue(
  { modules, seen: before }: Initrd,
  now: Files,
  script: WeakModulesScript,
  { drivers }: InitrdConfiguration,
): boolean {
  if (script === 'none') return false;
  const came = without(now, before);
  const went = without(before, now);
  if (script === 'weak-modules') return came.length + went.length > 0;
  const noticed = script === 'weak-modules2' ? went.filter(({ path }) => !path.startsWith('kernel/')) : went;
  const held = new Set([...modules.values()].map(({ kernelModule }) => kernelModule.name));
  for (const driver of drivers) held.add(driver.replaceAll('-', '_'));
  return [...came, ...noticed].some(({ kernelModule }) => held.has(kernelModule.name));
}

const namesMax = 20;

function named(modules: readonly InstalledModule[]): AuditedInitrd['lacks'] {
  const names = [...new Set(modules.map(({ kernelModule }) => kernelModule.name))].sort();
  return { total: names.length, names: names.slice(0, namesMax) };
}
