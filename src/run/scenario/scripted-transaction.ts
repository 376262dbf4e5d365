import { type BootableKernel, type Payload, walkOf } from '#audit';
import type { KernelWalk, LinkedPackages, ScriptEvent, ScriptedPackage, ScriptedTransaction } from '#cost';
import { nevra } from '#rpm';
import type { Audit, Outcome } from '#run-document';
import type { SystemState } from '../machine/system-state.js';

interface Transaction {
  readonly before: SystemState;
  readonly after: SystemState;
  readonly outcome: Outcome;
  readonly audit: Pick<Audit, 'policy' | 'kernels'>;
}

/** A step's transaction for the simulation of its scripts: packages that carry something of a kernel, in the order rpm runs them. */
export function scriptedTransaction(
  { before, after, outcome, audit }: Transaction,
  linkedBefore: LinkedPackages | null,
): ScriptedTransaction {
  const { policy, kernels } = audit;
  const payloads = byNevra([...before, ...after]);
  const bootable = new Map<string, BootableKernel>();
  for (const { kernel } of payloads.values()) if (kernel !== null) bootable.set(kernel.release, kernel);
  const packages = new Map<string, ScriptedPackage>();
  for (const [name, payload] of payloads) {
    const scripted = scriptedPackage(payload, policy.weakModules);
    if (scripted !== null) packages.set(name, scripted);
  }
  const scriptedIn = (state: SystemState): ScriptedPackage[] =>
    state.flatMap(({ package: pkg }) => packages.get(nevra(pkg)) ?? []);
  const walk = (release: string, installed: readonly ScriptedPackage[]): KernelWalk => {
    const kernel = bootable.get(release);
    if (kernel === undefined || policy.weakModules === 'none') return { checks: 0, linked: new Set() };
    return walkOf(
      kernel,
      installed.flatMap((one) => payloads.get(one.nevra) ?? []),
      policy,
    );
  };
  return {
    script: policy.weakModules,
    before: scriptedIn(before),
    linkedBefore,
    events: eventsOf(outcome, scriptedIn(before), scriptedIn(after)),
    walk,
    initrdsMade: new Set(kernels.filter(({ initrd }) => initrd?.made === true).map(({ release }) => release)),
  };
}

/** In the order of the transaction; an upgrade's new package comes before the old one goes, as rpm has it. */
function eventsOf(
  outcome: Outcome,
  before: readonly ScriptedPackage[],
  after: readonly ScriptedPackage[],
): ScriptEvent[] {
  const going = withoutThose(before, after);
  const coming = withoutThose(after, before);
  const events: ScriptEvent[] = [];
  const take = (what: ScriptEvent['what'], from: Map<string, ScriptedPackage>, name: string): void => {
    const pkg = from.get(name);
    if (pkg === undefined) return;
    from.delete(name);
    events.push({ what, package: pkg });
  };
  for (const step of outcome.status === 'solved' ? outcome.steps : []) {
    take('comes', coming, step.nevra);
    for (const replaced of step.replaces) take('goes', going, replaced);
    take('goes', going, step.nevra);
  }
  return events;
}

function scriptedPackage(
  { package: pkg, kernel, modules }: Payload,
  script: Audit['policy']['weakModules'],
): ScriptedPackage | null {
  const [first] = modules;
  const release = kernel?.release ?? first?.release;
  if (release === undefined) return null;
  const inKernelDirectory = modules.some(({ path }) => path.startsWith('kernel/'));
  // With the script that takes any directory a KMP lies where it lets them lie; today's two want them outside of kernel/.
  const anywhere = script === 'weak-modules2-any-directory';
  const isKmp = kernel === null && isKmpName(pkg.name) && !pkg.provides.some(({ name }) => name === 'kmp_in_kernel');
  const misplaced = !anywhere && inKernelDirectory;
  return {
    nevra: nevra(pkg),
    name: pkg.name,
    role: kernel !== null ? 'image' : isKmp ? (misplaced ? 'misplacedKmp' : 'kmp') : 'subpackage',
    release,
    flavor: kernel?.flavor ?? first?.flavor ?? '',
    files: modules.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)),
    outsideKernelDirectory: !inKernelDirectory || (anywhere && isKmp),
  };
}

/** `foo-kmp-default`, and `foo-kmp-default-5.3.18_59.5` of the Hack Week proposal. */
function isKmpName(name: string): boolean {
  return name.includes('-kmp-');
}

function byNevra(payloads: readonly Payload[]): Map<string, Payload> {
  return new Map(payloads.map((payload) => [nevra(payload.package), payload]));
}

function withoutThose(
  some: readonly ScriptedPackage[],
  others: readonly ScriptedPackage[],
): Map<string, ScriptedPackage> {
  const there = new Set(others.map((other) => other.nevra));
  return new Map(some.filter((one) => !there.has(one.nevra)).map((one) => [one.nevra, one]));
}
