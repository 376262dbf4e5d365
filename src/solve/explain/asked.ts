import type { Job } from '@opensuse/libsolv-wasm';
import { lockedPackages } from '../jobs.js';
import type { Solving, World } from './world.js';

/** What stands behind a job, in the administrator's words. */
export interface Asking {
  readonly kind: 'asked' | 'locked';
  /** `"zypper in kernel-default"`, `a lock`. */
  readonly who: string;
}

/**
 * Who wants a job done. A lock is a job on a single package like a request, but no request is made so of a package that is locked: see
 * `jobsOf`.
 */
export function askerOf(job: Job, { machine, request, supposed }: Solving, world: World): Asking {
  const { select } = job;
  if (select.kind === 'solvable' && select.id === supposed && job.action === 'install') {
    return { kind: 'asked', who: 'the question' };
  }
  const isLock = select.kind === 'solvable' && lockedPackages(machine).some(({ id }) => id === select.id);
  if (isLock) return { kind: 'locked', who: 'a lock' };
  const selected = new Set(world.selected(job));
  const name = request.names.find(
    (text) =>
      (select.kind === 'provides' && select.dep === text) ||
      world.pool.select(text, ['name', 'rel', 'dotarch']).solvables.some((id) => selected.has(id)),
  );
  return { kind: 'asked', who: `"zypper ${request.verb}${name === undefined ? '' : ` ${name}`}"` };
}
