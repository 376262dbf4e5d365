import { auditMachine, type Initrds } from '#audit';
import type { Audit, LoaderPolicy, Outcome } from '#run-document';
import { type InitrdSurroundings, initrdSituation } from '../machine/initrds.js';
import { loaderPolicyOf } from '../machine/loader-policy.js';
import { offeredBy, type RepositoryInReach } from '../machine/machine-input.js';
import type { AuditScope, MachineState } from '../machine/machine-state.js';
import type { SystemState } from '../machine/system-state.js';
import { withSolutionDevices } from './solution-devices.js';
import type { SolvedStep } from './solved-step.js';

export interface AuditContext extends Pick<InitrdSurroundings, 'repositories' | 'scheme'> {
  readonly scope: AuditScope;
  readonly reachable: readonly RepositoryInReach[];
  /** Somebody calls dracut for every kernel in this step. */
  readonly dracut: boolean;
}

/** What the loader makes of a machine before and after a step. */
export interface AuditedStep {
  readonly policy: LoaderPolicy;
  readonly auditBefore: Audit;
  readonly audit: Audit;
  readonly initrds: Initrds;
  /** Of a request without solution, with what each proposal would do to devices. */
  readonly outcome: Outcome;
}

export function auditStep(before: MachineState, step: SolvedStep, context: AuditContext): AuditedStep {
  const { repositories, scheme, scope, reachable } = context;
  const policy = loaderPolicyOf(scheme, before.loader);
  const offered = offeredBy(reachable);
  const auditOf = (installed: SystemState, { causes = false, dracut = context.dracut } = {}) =>
    auditMachine({
      installed,
      offered,
      ...scope(before),
      policy,
      causes,
      initrd: initrdSituation(before, installed, { repositories, scheme, dracut }),
    });
  const { audit: auditBefore } = auditOf(before.installed, { dracut: false });
  const { audit, initrds } = auditOf(step.installed, { causes: true });
  const outcome = withSolutionDevices(
    step.solved,
    () => auditBefore,
    (result) => auditOf(step.installedWith(result)).audit,
  );
  return { policy, auditBefore, audit, initrds, outcome };
}
