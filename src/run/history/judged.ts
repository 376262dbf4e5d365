import { type HardwareProfile, matchModalias } from '#hardware';
import type { KernelModule } from '#kernel';
import type { AskedName, Audit, Outcome, PromiseResult, Violation } from '#run-document';
import type { Solved } from '#solve';
import type { SystemState } from '../machine/system-state.js';
import { factsAndPromises } from '../step/facts-and-promises.js';
import { baselineScheme } from './history-scheme.js';
import { policyOf } from './next-boot.js';

export interface LivedRequest {
  readonly verb: string;
  readonly names: readonly AskedName[];
  readonly solved: Solved;
  readonly before: SystemState;
  readonly after: SystemState;
  readonly auditBefore: Audit;
  readonly auditAfter: Audit;
  readonly violations: readonly Violation[];
  readonly hardware: HardwareProfile;
  readonly scheme: string;
}

/** What a machine of a history keeps over one request. Nobody asks it twice, and what the monolithic kernel downloads the claims compare. */
export function promisesOver(request: LivedRequest): PromiseResult[] {
  const { verb, names, solved, before, after, auditBefore, auditAfter, violations, hardware, scheme } = request;
  const { promises } = factsAndPromises({
    outcome: solved.outcome,
    // The work of a history is counted over all phases together.
    counters: { ...solved.counters, work: null },
    violations: [...violations],
    violationsTotal: violations.length,
    auditBefore,
    audit: auditAfter,
    change: { verb, names, before, after, devices: hardware.devices, policy: policyOf(scheme) },
    besides: { isMonolithic: scheme === baselineScheme, again: null, metadataBytes: 0 },
  });
  return promises;
}

/**
 * The audit of a machine that everything published is in reach of: it looked at what is installed, and a driver that is not installed is
 * another thing than none at all.
 */
export function withReach(audit: Audit, published: readonly KernelModule[]): Audit {
  const exists = (modalias: string): boolean =>
    published.some(({ aliases }) => aliases.some((pattern) => matchModalias(pattern, modalias)));
  return {
    ...audit,
    devices: audit.devices.map((line) =>
      line.state === 'noDriver' && exists(line.modalias) ? { ...line, state: 'notInstalled' } : line,
    ),
  };
}

/** Packages that come and go; those of the user space, the same under every scheme, are not counted. */
export function changesOf(
  outcome: Outcome,
  userspace: ReadonlySet<string>,
): { readonly comes: number; readonly gone: number } {
  if (outcome.status !== 'solved') return { comes: 0, gone: 0 };
  const isGone = (type: string): boolean => type === 'erase' || type === 'obsoleted';
  return {
    comes: outcome.steps.filter(({ type, nevra }) => !isGone(type) && !userspace.has(nevra)).length,
    gone: outcome.steps.reduce((sum, { type, replaces }) => sum + (isGone(type) ? 1 : replaces.length), 0),
  };
}
