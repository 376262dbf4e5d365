import type { Decision, Job, RuleInfo, SolvableId } from '@opensuse/libsolv-wasm';
import type { Asker, Statement } from '#run-document';
import { type Foreign, foreignTo } from './foreign.js';
import { listedOf } from './reasons.js';
import type { Context } from './world.js';

/** A rule as a statement, and the packages whose own state it follows from. */
export interface Told {
  readonly statement: Statement;
  readonly participants: readonly SolvableId[];
}

/**
 * Who wants a job done. A lock is a job on a single package like a request, but no request is made so of a package that is locked: see
 * `jobsOf`.
 */
export function askerOf(job: Job, { solving, world }: Context): Asker {
  const { request, supposed } = solving;
  const { select } = job;
  if (select.kind === 'solvable' && select.id === supposed && job.action === 'install') return { kind: 'question' };
  if (select.kind === 'solvable' && world.locked().has(select.id)) return { kind: 'lock' };
  const asked = world.asked();
  const meant = [...(select.kind === 'provides' ? [select.dep] : []), ...world.selected(job)];
  const known = meant.find((one) => asked.has(one));
  return { kind: 'request', verb: request.verb, name: known === undefined ? null : (asked.get(known) ?? null) };
}

/** Rules that come from a job of the queue; null for the others. */
export function ofJob(info: RuleInfo, { solvable }: Decision, { solving, world }: Context): Told | null {
  const wanted = info.job === null ? undefined : solving.jobs[info.job];
  if (wanted === undefined || !info.type.startsWith('job')) return null;
  const participants = world.selected(wanted);
  const [only = null] = participants;
  const what = (participants.length === 1 ? world.nevra(only) : null) ?? info.dependency ?? world.nevra(solvable) ?? '';
  const asker = askerOf(wanted, { solving, world });
  const foreign = participants.length > 0 ? {} : foreignTo([what], { solving, world });
  return { statement: jobStatement(info, { job: wanted, asker, what, foreign }), participants };
}

interface Wanted {
  readonly job: Job;
  readonly asker: Asker;
  readonly what: string;
  readonly foreign: Foreign;
}

function jobStatement({ type }: RuleInfo, { job, asker, what, foreign }: Wanted): Statement {
  if (type === 'jobNothingProvidesDep') {
    return { kind: 'nothingProvides', by: null, asker, ...listedOf([what]), ...foreign };
  }
  if (type === 'jobUnknownPackage') return { kind: 'unknownName', asker, name: what, ...foreign };
  if (asker.kind === 'lock') return { kind: 'locked', holds: job.action === 'erase' ? 'out' : 'in', what };
  return { kind: 'asked', asker, action: job.action === 'erase' ? 'erase' : 'install', what };
}
