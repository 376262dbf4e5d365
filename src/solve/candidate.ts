import type { PackageInfo } from '@opensuse/libsolv-wasm';
import { compareEvr, parseEvr } from '#rpm';
import type { Machine } from './machine.js';
import type { PackageArgument } from './package-argument.js';
import type { Request } from './request.js';
import { setting } from './zypp-conf.js';

/**
 * The packages that zypper's `in ARGUMENT` and `up ARGUMENT` mark for installation, at most one of each name; none where they leave things
 * as they are (zypper's SolverRequester::install and updateTo, libzypp's Selectable::updateCandidateObj).
 *
 * - Nothing of that name installed: the best one. `up` then does nothing.
 * - A version, an architecture or a repository was asked for: the best one of those, whatever its vendor.
 * - Otherwise the best one of the installed one's architecture and vendor, where there is none the best one of all, if of that vendor.
 *
 * It must be newer than the newest installed one, unless `--oldpackage` allows less. zypper 1.14 stops at the first installed package of a
 * glob that no repository has, in the order of a hash table; the lab goes on with the others.
 */
export function candidatesOf(machine: Machine, request: Request, argument: PackageArgument): PackageInfo[] {
  const names = new Set(argument.matches.map(({ name }) => name));
  return [...names].flatMap((name) => candidateOf(machine, request, argument, name) ?? []);
}

function candidateOf(
  machine: Machine,
  request: Request,
  { matches, constrained }: PackageArgument,
  wanted: string,
): PackageInfo | null {
  const { pool } = machine;
  const candidates = matches
    .filter(({ name, installed }) => name === wanted && !installed)
    .sort((a, b) => byMerit(a, b, machine));
  const [best] = candidates;
  if (best === undefined) return null;
  const installed = pool
    .packages(pool.select(wanted, ['name']).solvables)
    .filter((pkg) => pkg.installed)
    .sort((a, b) => byEvr(b, a));
  const [newest] = installed;
  if (newest === undefined) return request.verb === 'up' ? null : best;
  const free = constrained || request.from !== undefined;
  const chosen = free ? best : (likeInstalled(machine, request, installed, candidates) ?? ownVendor(best, newest));
  if (chosen === null || installed.some(({ nevra }) => nevra === chosen.nevra)) return null;
  return request.oldPackage === true || byEvr(chosen, newest) > 0 ? chosen : null;
}

/** Of another vendor zypper takes nothing that was not named more closely. */
function ownVendor(best: PackageInfo, newest: PackageInfo): PackageInfo | null {
  return best.vendor === newest.vendor ? best : null;
}

function likeInstalled(
  { input }: Machine,
  request: Request,
  installed: readonly PackageInfo[],
  candidates: readonly PackageInfo[],
): PackageInfo | undefined {
  const anyVendor = request.allowVendorChange ?? setting(input.zyppConf ?? {}, 'solver.allowVendorChange');
  for (const { arch, vendor } of installed) {
    const found = candidates.find((candidate) => candidate.arch === arch && (anyVendor || candidate.vendor === vendor));
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The repository's priority first, then the architecture, then the version (libzypp's SelectableTraits::AVOrder, which PoolItemBest and
 * AvailableItemSelection go by); the first wins among equals.
 */
function byMerit(a: PackageInfo, b: PackageInfo, { priorityOf, input }: Machine): number {
  return priorityOf(a) - priorityOf(b) || byArchitecture(a, b, input.arch) || byEvr(b, a);
}

/**
 * The machine's own before those it runs besides, of which the highest is the best: x86_64, i686, i586. A noarch package is as good as any:
 * among three kinds this is no order, and the version decides between the neighbours that a sort compares.
 */
function byArchitecture(a: PackageInfo, b: PackageInfo, own: string): number {
  if (a.arch === b.arch || a.arch === 'noarch' || b.arch === 'noarch') return 0;
  if (a.arch === own || b.arch === own) return a.arch === own ? -1 : 1;
  return a.arch > b.arch ? -1 : 1;
}

function byEvr(a: PackageInfo, b: PackageInfo): number {
  return compareEvr(parseEvr(a.evr), parseEvr(b.evr));
}
