import type { Payload } from '#audit';
import { matchModalias } from '#hardware';
import type { KernelModule } from '#kernel';
import type { Evidence, StepResult } from '#run-document';
import type { Plan } from './plan.js';

/** Why a break says nothing against a design: no packages of the kernel's could have avoided it. */
export type Excuse =
  /** Nobody has built a driver of the device, or what the root file system needs, for the kernel of the next boot. */
  | 'notBuilt'
  /** The person said that packages must stay as they are. */
  | 'locked';

export interface Situation {
  readonly plan: Plan;
  readonly index: number;
  readonly step: StepResult;
  /** Packages in reach of the step. */
  readonly reachable: readonly Payload[];
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

export function excuseOf(evidence: Evidence, situation: Situation): Excuse | null {
  const { plan, index, step } = situation;
  if (holdsBack.has(evidence.kind) && plan.steps.slice(0, index + 1).some(({ lock }) => lock !== null)) return 'locked';
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
    default:
      return null;
  }
}

function isBuilt(kernel: string, fits: (kernelModule: KernelModule) => boolean, { reachable }: Situation): boolean {
  return reachable.some(({ modules }) => modules.some((one) => one.release === kernel && fits(one.kernelModule)));
}
