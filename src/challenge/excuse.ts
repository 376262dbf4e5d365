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
  /** A vendor's package, packaged as the vendor does, brought the kernel that it was built for. */
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
    const open = result.evidence.filter((one) => excuseOf(one, situation) === null);
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
    case 'kernelCame':
      return vendorBrought(evidence.kernel, situation) ? 'vendor' : null;
    case 'unasked': {
      if (evidence.why !== 'otherKernel') return null;
      const payload = situation.reachable.find((one) => nevra(one.package) === evidence.package);
      const release = payload?.kernel?.release ?? payload?.modules[0]?.release;
      return release !== undefined && vendorBrought(release, situation) ? 'vendor' : null;
    }
    default:
      return null;
  }
}

/** Whether a package of another vendor than the kernels' came, and was built for that kernel. */
function vendorBrought(kernel: string, { step: { outcome }, reachable }: Situation): boolean {
  if (outcome.status !== 'solved') return false;
  const own = new Set(reachable.flatMap((one) => (one.kernel === null ? [] : [one.package.vendor])));
  const came = new Set(outcome.steps.map((one) => one.nevra));
  return reachable.some(
    ({ package: pkg, modules }) =>
      !own.has(pkg.vendor) && modules.some(({ release }) => release === kernel) && came.has(nevra(pkg)),
  );
}

function isBuilt(kernel: string, fits: (kernelModule: KernelModule) => boolean, { reachable }: Situation): boolean {
  return reachable.some(({ modules }) => modules.some((one) => one.release === kernel && fits(one.kernelModule)));
}
