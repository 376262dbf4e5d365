import type { Payload } from '#audit';
import { matchModalias } from '#hardware';
import type { KernelModule } from '#kernel';
import { nevra } from '#rpm';
import type { Evidence, PromiseResult, StepResult } from '#run-document';
import type { Scenario } from '#scenario';

/** Why a break says nothing against a design: no packages of the kernel's could have avoided it. */
export type Excuse =
  /** Nobody has built a driver of the device, or what the root file system needs, for the kernel of the next boot. */
  | 'notBuilt'
  /** The person said that packages must stay as they are. */
  | 'locked'
  /** A vendor's package, which is as the vendor made it, is refused or not used, or brought the kernel that it was built for. */
  | 'vendor';

/** A step of a scenario, and what of it is not the design's. */
export interface Situation {
  readonly step: Pick<StepResult, 'audit' | 'outcome' | 'promises'>;
  /** Whether packages are locked by then. */
  readonly locked: boolean;
  /** Packages in reach of the step. */
  readonly reachable: readonly Payload[];
}

/** A step of a scenario that was run. `repositories`: by the names that the scenario gives them. */
export function situationOf(
  { system, steps }: Scenario,
  index: number,
  step: StepResult,
  repositories: ReadonlyMap<string, { readonly payloads: ReadonlyMap<string, Payload> }>,
): Situation {
  // A setting that is stated replaces the one before.
  const stated = [system, ...steps.slice(0, index + 1).map((one) => one.system)];
  const locks = stated.findLast((one) => one?.locks !== undefined)?.locks ?? [];
  const names = steps[index]?.repositories ?? [];
  const reachable = names.flatMap((name) => [...(repositories.get(name)?.payloads.values() ?? [])]);
  return { step, locked: locks.length > 0, reachable };
}

/** The promises of a step as they speak of the design: what no packages could have avoided is not applicable, and no evidence. */
export function promisesOfDesign(situation: Situation): PromiseResult[] {
  return situation.step.promises.map((result) => {
    if (result.status !== 'broken') return result;
    const open = result.evidence.filter((evidence) => excuseOf(evidence, situation) === null);
    const [first] = result.evidence;
    const why = first === undefined ? null : excuseOf(first, situation);
    if (open.length === 0 && why !== null) return { promise: result.promise, status: 'notApplicable', why };
    return { ...result, total: result.total - (result.evidence.length - open.length), evidence: open };
  });
}

/** What a package that must stay as it is can be to blame for: something else does not come, or does not go. */
const holdsBack: ReadonlySet<Evidence['kind']> = new Set([
  'device',
  'rootNeed',
  'unsolvable',
  'kernelMissing',
  'unused',
  'vendor',
  'left',
]);

function excuseOf(evidence: Evidence, situation: Situation): Excuse | null {
  const { locked, step } = situation;
  if (locked && holdsBack.has(evidence.kind)) return 'locked';
  switch (evidence.kind) {
    case 'device': {
      if (evidence.state !== 'notInstalled') return null;
      const modalias = step.audit.devices.find(({ device }) => device === evidence.device)?.modalias ?? '';
      const claims = ({ aliases }: KernelModule): boolean =>
        aliases.some((pattern) => matchModalias(pattern, modalias));
      return isBuilt(evidence.kernel, claims, situation) ? null : 'notBuilt';
    }
    case 'rootNeed': {
      if (evidence.state !== 'unknown' && evidence.state !== 'notInstalled') return null;
      const is = ({ name, aliases }: KernelModule): boolean =>
        [name, ...aliases].some((own) => own.replaceAll('-', '_') === evidence.need.replaceAll('-', '_'));
      return isBuilt(evidence.kernel, is, situation) ? null : 'notBuilt';
    }
    case 'vendor':
      return evidence.change === 'came' && lags(evidence.package, situation) ? 'notBuilt' : null;
    case 'unused':
    case 'refused': {
      // What a vendor's package requires, and that a newer one of its name comes, is the vendor's.
      const found = packageNamed(evidence.package, situation);
      return found !== undefined && isVendors(found, situation) ? 'vendor' : null;
    }
    case 'kernelCame':
      return vendorBrought(evidence.kernel, situation) ? 'vendor' : null;
    case 'unasked':
      return isVendorsDoing(evidence, situation) ? 'vendor' : null;
    default:
      return null;
  }
}

/** A vendor's package, or a kernel and its drivers that one brought. */
function isVendorsDoing({ package: came, why }: Extract<Evidence, { kind: 'unasked' }>, situation: Situation): boolean {
  const found = packageNamed(came, situation);
  if (found === undefined) return false;
  const release = found.kernel?.release ?? found.modules[0]?.release;
  const isOther = why === 'otherKernel' && release !== undefined;
  return isVendors(found, situation) || (isOther && vendorBrought(release, situation));
}

function packageNamed(wanted: string, { reachable }: Situation): Payload | undefined {
  return reachable.find((payload) => nevra(payload.package) === wanted);
}

/** Whether it is of another vendor than every kernel in reach. */
function isVendors({ package: pkg }: Payload, { reachable }: Situation): boolean {
  return reachable.every((payload) => payload.kernel === null || payload.package.vendor !== pkg.vendor);
}

/** Whether a package is a vendor's, who has built nothing of the kind for the kernel of the next boot: that uses it only where it happens to load. */
function lags(wanted: string, situation: Situation): boolean {
  const found = packageNamed(wanted, situation);
  if (found === undefined || !isVendors(found, situation)) return false;
  const names = new Set(found.modules.map(({ kernelModule }) => kernelModule.name));
  const isBuiltHere = ({ package: { vendor }, modules }: Payload): boolean =>
    vendor === found.package.vendor &&
    modules.some(
      ({ release, kernelModule }) => release === situation.step.audit.nextBoot && names.has(kernelModule.name),
    );
  return !situation.reachable.some(isBuiltHere);
}

/** Whether a vendor's package came that was built for that kernel. */
function vendorBrought(kernel: string, situation: Situation): boolean {
  const { outcome } = situation.step;
  if (outcome.status !== 'solved') return false;
  const came = new Set(outcome.steps.map((step) => step.nevra));
  return situation.reachable.some(
    (payload) =>
      payload.modules.some(({ release }) => release === kernel) &&
      came.has(nevra(payload.package)) &&
      isVendors(payload, situation),
  );
}

/** Whether the kernel's own packages in reach have a kernel module, with all that depmod says it depends on. What a vendor has is the vendor's to bring. */
function isBuilt(kernel: string, fits: (kernelModule: KernelModule) => boolean, situation: Situation): boolean {
  const own = situation.reachable.filter((payload) => !isVendors(payload, situation));
  const files = own.flatMap(({ modules }) => modules.filter(({ release }) => release === kernel));
  const byName = new Map(files.map(({ kernelModule }) => [kernelModule.name, kernelModule]));
  const isWhole = (kernelModule: KernelModule): boolean => {
    const needed = new Set([kernelModule]);
    // Iterating over a set visits what is added meanwhile.
    for (const { depends } of needed) {
      for (const name of depends) {
        const one = byName.get(name.replaceAll('-', '_'));
        if (one === undefined) return false;
        needed.add(one);
      }
    }
    return true;
  };
  return files.some(({ kernelModule }) => fits(kernelModule) && isWhole(kernelModule));
}
