import { parseSchemeText } from '#packaging';
import type { StepResult } from '#run-document';
import { askedNames } from '../facts/asked.js';
import { offeredBy } from '../machine/machine-input.js';
import { type MachineState, newestKernel } from '../machine/machine-state.js';
import type { Solves } from '../solve-cache.js';
import { type AuditContext, auditStep } from './audited-step.js';
import { factsAndPromises } from './facts-and-promises.js';
import { type StepRequest, solveAgain, solveStep } from './solved-step.js';
import { verifyStep } from './verified-step.js';

/** Where a step happens. */
export interface StepContext extends Omit<AuditContext, 'reachable'> {
  readonly solves: Solves;
  /** Whether requests were written for another scheme, and may name what this one does not have. False unless given. */
  readonly otherScheme?: boolean;
}

/** One request on one machine, with nothing that only a scenario knows: no expectation, no estimate of costs. */
export interface JudgedStep {
  readonly found: Pick<StepResult, 'outcome' | 'counters' | 'phases' | 'violations' | 'violationsTotal' | 'audit'>;
  readonly judged: Pick<StepResult, 'facts' | 'promises'>;
  readonly after: MachineState;
}

/** Solves a request on a machine, verifies and audits what comes of it, and holds that to every promise. */
export async function judgeStep(
  before: MachineState,
  asked: StepRequest,
  { solves, otherScheme = false, ...context }: StepContext,
): Promise<JudgedStep> {
  const { request, reachable } = asked;
  const step = await solveStep(before, asked, solves);
  const { solved, installed } = step;
  const { policy, auditBefore, audit, initrds, outcome } = auditStep(before, step, { ...context, reachable });
  const after: MachineState = {
    ...before,
    installed,
    autoInstalled: solved.autoInstalled,
    initrds,
    booted: before.booted ?? newestKernel(installed),
  };
  const verified = verifyStep(installed, before.settings.zyppConf ?? {});
  const found = { outcome, counters: solved.counters, phases: [...step.phases], ...verified, audit };
  const judged = factsAndPromises({
    ...found,
    auditBefore,
    change: {
      verb: request.verb,
      names: askedNames(request.names, { offered: offeredBy(reachable), installed: before.installed, otherScheme }),
      before: before.installed,
      after: installed,
      devices: before.devices,
      policy,
    },
    besides: {
      isMonolithic: parseSchemeText(context.scheme).name === 'monolithic',
      again: await solveAgain(after, asked, step, solves),
      metadataBytes: reachable.reduce((sum, { summary }) => sum + summary.primaryGzipBytes, 0),
    },
  });
  return { found, judged, after };
}
