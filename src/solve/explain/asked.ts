import type { Job, SolvableId } from '@opensuse/libsolv-wasm';
import type { Solving, World } from './world.js';

/** What stands behind a job, in the administrator's words. */
export interface Asking {
  readonly kind: 'asked' | 'locked';
  /** `"zypper in kernel-default"`, `a lock`. */
  readonly who: string;
}

/**
 * Who wants a job done. libzypp makes locks of the same jobs as requests (an installed package is to be installed, an available one to be
 * erased: SATResolver::solving), so that they are told apart by what the request names.
 */
export function askerOf(job: Job, { request }: Solving, world: World): Asking {
  const { verb, names } = request;
  const selected = new Set(world.selected(job));
  const name = names.find((text) => isNamedBy(text, job, selected, world));
  if (name !== undefined) return { kind: 'asked', who: `"zypper ${verb} ${name}"` };
  if (job.select.kind === 'all') return { kind: 'asked', who: `"zypper ${verb}"` };
  return { kind: 'locked', who: 'a lock' };
}

function isNamedBy(text: string, { select }: Job, selected: ReadonlySet<SolvableId>, { pool }: World): boolean {
  // A locked package that was asked for is a capability to libzypp: `kernel-default = 6-1`.
  if (select.kind === 'provides') return select.dep === text || select.dep.startsWith(`${text} = `);
  if (select.kind === 'name') return select.name === text;
  return pool.select(text, ['name', 'rel', 'dotarch']).solvables.some((id) => selected.has(id));
}
