import type { PackageInfo } from '@opensuse/libsolv-wasm';
import { compareEvr, parseEvr } from '#rpm';
import type { Machine } from './machine.js';
import type { Request } from './request.js';
import { setting } from './zypp-conf.js';

/**
 * The package that zypper's `in NAME` and `up NAME` mark for installation; null where they leave things as they are (zypper's
 * SolverRequester::install and updateTo, libzypp's Selectable::updateCandidateObj).
 *
 * - Nothing of that name installed: the best one. `up` then does nothing.
 * - A version, an architecture or a repository was asked for: the best one of those, whatever its vendor.
 * - Otherwise the best one of the installed one's architecture and vendor, and the best one of all where there is none.
 *
 * It must be newer than the newest installed one, unless `--oldpackage` allows less.
 */
export function candidateOf(
  machine: Machine,
  request: Request,
  { text, matches }: { readonly text: string; readonly matches: readonly PackageInfo[] },
): PackageInfo | null {
  const { pool } = machine;
  const from = request.from;
  const candidates = matches
    .filter((pkg) => !pkg.installed && (from === undefined || from.includes(pkg.repo.name)))
    .sort((a, b) => byMerit(a, b, machine));
  const [best] = candidates;
  if (best === undefined) return null;
  const installed = pool
    .packages(pool.select(best.name, ['name']).solvables)
    .filter((pkg) => pkg.installed)
    .sort((a, b) => byEvr(b, a));
  const [newest] = installed;
  if (newest === undefined) return request.verb === 'up' ? null : best;
  const constrained = from !== undefined || /[\s<>=]/.test(text) || text === `${best.name}.${best.arch}`;
  const chosen = constrained ? best : (likeInstalled(machine, request, installed, candidates) ?? best);
  if (installed.some(({ nevra }) => nevra === chosen.nevra)) return null;
  return request.oldPackage === true || byEvr(chosen, newest) > 0 ? chosen : null;
}

function likeInstalled(
  { input }: Machine,
  request: Request,
  installed: readonly PackageInfo[],
  candidates: readonly PackageInfo[],
): PackageInfo | undefined {
  const anyVendor = request.allowVendorChange ?? setting(input.zyppConf ?? {}, 'solver.allowVendorChange');
  for (const { arch, vendor } of installed) {
    const found = candidates.find((one) => one.arch === arch && (anyVendor || one.vendor === vendor));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The repository's priority first, then the version (PoolItemBest, Selectable's AvailableItemSelection); the first wins among equals. */
function byMerit(a: PackageInfo, b: PackageInfo, { priorityOf }: Machine): number {
  return priorityOf(a) - priorityOf(b) || byEvr(b, a);
}

function byEvr(a: PackageInfo, b: PackageInfo): number {
  return compareEvr(parseEvr(a.evr), parseEvr(b.evr));
}
