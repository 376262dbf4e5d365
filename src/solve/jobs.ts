import type { Job, PackageInfo, Pool, SolvableId } from '@opensuse/libsolv-wasm';
import { compareEvr, parseEvr } from '#rpm';
import { multiversionCapability, systemJobs } from './libzypp.js';
import type { Request } from './request.js';

/**
 * The job queue of a request as libzypp fills it: a multiversion job for each solvable that may be installed in parallel, installed
 * or not; one job on one solvable for each name the user gave; then the verb's own.
 */
export function jobsOf(pool: Pool, request: Request, priorityOf: (pkg: PackageInfo) => number): Job[] {
  const parallel = pool.whatProvides(multiversionCapability);
  return [
    ...parallel.map((id): Job => ({ action: 'multiversion', select: { kind: 'solvable', id } })),
    ...request.names.flatMap((name) => namedJobs(pool, request, name, priorityOf)),
    ...systemJobs(request),
  ];
}

function namedJobs(pool: Pool, request: Request, text: string, priorityOf: (pkg: PackageInfo) => number): Job[] {
  const matches = pool.packages(pool.select(text, ['name', 'rel', 'dotarch']).solvables);
  const installed = matches.filter((pkg) => pkg.installed);
  if (request.verb === 'rm') return eraseJobs(installed, text);

  const best = bestOf(
    matches.filter((pkg) => !pkg.installed),
    priorityOf,
  );
  // No package of that name: zypper takes it for a capability, and libsolv says what is wrong with it where nothing provides it.
  if (best === null && installed.length === 0) return [{ action: 'install', select: { kind: 'provides', dep: text } }];
  if (best === null || isInstalled(best, installed)) return [];
  if (request.verb === 'up' && !isNewer(best, installed)) return [];
  return [{ action: 'install', select: { kind: 'solvable', id: best.id } }];
}

function eraseJobs(installed: readonly PackageInfo[], text: string): Job[] {
  if (installed.length === 0) return [{ action: 'erase', select: { kind: 'provides', dep: text } }];
  return installed.map(({ id }): Job => ({ action: 'erase', select: { kind: 'solvable', id } }));
}

/** zypper's candidate: the repository's priority first, then the version (PoolItemBest). The first wins among equals. */
function bestOf(candidates: readonly PackageInfo[], priorityOf: (pkg: PackageInfo) => number): PackageInfo | null {
  let best: PackageInfo | null = null;
  for (const candidate of candidates) {
    if (best === null || isBetter(candidate, best, priorityOf)) best = candidate;
  }
  return best;
}

function isBetter(a: PackageInfo, b: PackageInfo, priorityOf: (pkg: PackageInfo) => number): boolean {
  const byPriority = priorityOf(a) - priorityOf(b);
  return byPriority !== 0 ? byPriority < 0 : compareEvr(parseEvr(a.evr), parseEvr(b.evr)) > 0;
}

function isInstalled(candidate: PackageInfo, installed: readonly PackageInfo[]): boolean {
  return installed.some(({ nevra }) => nevra === candidate.nevra);
}

function isNewer(candidate: PackageInfo, installed: readonly PackageInfo[]): boolean {
  return installed.every(({ evr }) => compareEvr(parseEvr(candidate.evr), parseEvr(evr)) > 0);
}

/** The solvables that libzypp would let be installed in parallel. */
export function multiversionSolvables(pool: Pool): ReadonlySet<SolvableId> {
  return new Set(pool.whatProvides(multiversionCapability));
}
