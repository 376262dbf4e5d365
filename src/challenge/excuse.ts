import type { Payload } from '#audit';
import { matchModalias } from '#hardware';
import type { Evidence, StepResult } from '#run-document';
import type { Plan } from './plan.js';

/** Why a break says nothing against a design: no answer to the request could have avoided it. */
export type Excuse =
  /** Nobody has built a driver of the device, or what the root file system needs, for the kernel of the next boot. */
  | 'notBuilt'
  /** The person said that a package must stay as it is. */
  | 'locked';

interface Situation {
  readonly plan: Plan;
  readonly index: number;
  readonly step: StepResult;
  /** Packages in reach of the step. */
  readonly reachable: readonly Payload[];
}

export function excuseOf(evidence: Evidence, { plan, index, step, reachable }: Situation): Excuse | null {
  if (plan.steps.slice(0, index + 1).some(({ lock }) => lock !== null)) return 'locked';
  if (evidence.kind === 'device' && evidence.state === 'notInstalled') {
    const modalias = step.audit.devices.find(({ device }) => device === evidence.device)?.modalias ?? '';
    const claims = (pattern: string): boolean => matchModalias(pattern, modalias);
    return isBuilt(evidence.kernel, ({ aliases }) => aliases.some(claims)) ? null : 'notBuilt';
  }
  return null;

  function isBuilt(release: string, fits: (kernelModule: Payload['modules'][number]['kernelModule']) => boolean) {
    return reachable.some(({ modules }) => modules.some((one) => one.release === release && fits(one.kernelModule)));
  }
}
