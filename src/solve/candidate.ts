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
 * - Otherwise the best one of the installed one's architecture or noarch and of its vendor, where there is none the best one of all, if of
 *   that vendor.
 *
 * It must be newer than the installed one, of several that of the best architecture, unless `--oldpackage` allows less. zypper 1.14 stops
 * at the first installed package of a glob that no repository has, in the order of a hash table; the lab goes on with the others.
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
  const { pool, input } = machine;
  const candidates = matches.filter(({ name, installed }) => name === wanted && !installed);
  const best = bestOf(candidates, machine);
  if (best === undefined) return null;
  const installed = pool
    .packages(pool.select(wanted, ['name']).solvables)
    .filter((pkg) => pkg.installed)
    .sort((a, b) => byArchitecture(a.arch, b.arch, input.arch) || byEvr(b, a));
  const [first] = installed;
  if (first === undefined) return request.verb === 'up' ? null : best;
  const free = constrained || request.from !== undefined;
  const chosen = free ? best : (likeInstalled(machine, request, installed, candidates) ?? ownVendor(best, first));
  if (chosen === null || installed.some(({ nevra }) => nevra === chosen.nevra)) return null;
  return request.oldPackage === true || byEvr(chosen, first) > 0 ? chosen : null;
}

/** Of another vendor zypper takes nothing that was not named more closely. */
function ownVendor(best: PackageInfo, first: PackageInfo): PackageInfo | null {
  return best.vendor === first.vendor ? best : null;
}

function likeInstalled(
  machine: Machine,
  request: Request,
  installed: readonly PackageInfo[],
  candidates: readonly PackageInfo[],
): PackageInfo | undefined {
  const { input } = machine;
  const anyVendor = request.allowVendorChange ?? setting(input.zyppConf ?? {}, 'solver.allowVendorChange');
  for (const { arch, vendor } of installed) {
    const alike = candidates.filter(
      (candidate) => mayReplace(candidate.arch, arch) && (anyVendor || candidate.vendor === vendor),
    );
    const found = bestOf(alike, machine);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** From an architecture to noarch and back is no change of the architecture (SelectableImpl::defaultCandidate). */
function mayReplace(arch: string, installed: string): boolean {
  return arch === installed || arch === 'noarch' || installed === 'noarch';
}

/**
 * Each in the pool's order against the best so far, as libzypp's PoolItemBest looks at them. A sort would not do: a noarch package is as
 * good as any architecture's, so that of x86_64-2, noarch-3 and i686-4 each is better than the one before it, and the first better than the
 * last. There zypper's own answer depends on the order of the repositories, and this is the answer that it gives where nothing is installed.
 */
function bestOf(candidates: readonly PackageInfo[], machine: Machine): PackageInfo | undefined {
  let best: PackageInfo | undefined;
  for (const candidate of candidates) if (best === undefined || byMerit(candidate, best, machine) < 0) best = candidate;
  return best;
}

/** The repository's priority first, then the architecture, then the version (libzypp's SelectableTraits::AVOrder). */
function byMerit(a: PackageInfo, b: PackageInfo, { priorityOf, input }: Machine): number {
  const asGood = mayReplace(a.arch, b.arch);
  return priorityOf(a) - priorityOf(b) || (asGood ? 0 : byArchitecture(a.arch, b.arch, input.arch)) || byEvr(b, a);
}

/** The machine's own before those it runs besides, of which the highest is the best: x86_64, i686, i586; noarch is the last (Arch::compare). */
function byArchitecture(a: string, b: string, own: string): number {
  if (a === b) return 0;
  if (a === own || b === 'noarch') return -1;
  if (b === own || a === 'noarch') return 1;
  return a > b ? -1 : 1;
}

function byEvr(a: PackageInfo, b: PackageInfo): number {
  return compareEvr(parseEvr(a.evr), parseEvr(b.evr));
}
