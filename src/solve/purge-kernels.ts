import type { Job, PackageInfo, SolvableId, Solver } from '@opensuse/libsolv-wasm';
import { compareEvr, type Evr, parseDependency, parseEvr } from '#rpm';
import { cleanFlags, lockedPackages } from './jobs.js';
import { isEdition, isSameEdition, type KeepSpec, parseKeepSpec, parseUname, type RunningKernel } from './keep-spec.js';
import { multiversionCapability } from './libzypp.js';
import type { Machine } from './machine.js';
import type { Request } from './request.js';
import { setting } from './zypp-conf.js';

/** Installed packages that purge-kernels looks at together: the kernels of one flavor, or the packages of one name, of one architecture. */
interface Group {
  readonly kind: 'kernels' | 'related' | 'sources';
  readonly flavor: string;
  readonly members: PackageInfo[];
}

/** A package that may go along with a kernel although nobody listed it (PurgeKernels::removePackageAndCheck). */
const mayFollow =
  /^(kernel-syms(-.*)?|kgraft-patch(-.*)?|kernel-(.*)-livepatch(-.*)?|kernel-livepatch(-.*)?|.*-kmp(-.*)?)$/;
const kernelModuleCapability = /^k(mod|sym)\(/;

/**
 * What `zypper purge-kernels` removes: of all installed kernels those that `multiversion.kernels` does not keep, one after the other, each
 * only if everything that would go with it is allowed to. libzypp solves the whole pool twice for each of them, once to be sure
 * that it is consistent and once without the package; `solves` counts that. After zypp/PurgeKernels.cc.
 *
 * The -debuginfo and -debugsource packages that libzypp takes along as well do not occur in any scheme here.
 */
export function purgeJobs(
  machine: Machine,
  request: Request,
  solverWith: (jobs: readonly Job[]) => { readonly solver: Solver; readonly problems: number },
): { readonly jobs: readonly Job[]; readonly solves: number } {
  const { remove, keep } = obsoleteKernels(machine);
  const locked = new Set(lockedPackages(machine).map(({ id }) => id));
  const clean = cleanFlags(machine, request);
  const eraseOf = (id: SolvableId): Job => ({ action: 'erase', select: { kind: 'solvable', id }, ...clean });
  let marked: Job[] = [];
  let gone: ReadonlySet<SolvableId> = new Set();
  let solves = 0;
  const goneWith = (jobs: readonly Job[]): ReadonlySet<SolvableId> | null => {
    const { solver, problems } = solverWith(jobs);
    solves += 1;
    try {
      if (problems > 0) return null;
      const stays = new Set(solver.transaction().installedResult());
      return new Set(machine.installed.filter((id) => !stays.has(id)));
    } finally {
      solver.dispose();
    }
  };
  for (const id of remove) {
    if (goneWith(marked) === null) break;
    if (locked.has(id)) continue;
    const attempt = goneWith([...marked, eraseOf(id)]);
    const extra = [...(attempt ?? [])].filter((other) => other !== id && !gone.has(other) && !remove.has(other));
    if (attempt === null || extra.some((other) => keep.has(other)) || !allMayFollow(machine, extra)) continue;
    marked = [...marked, eraseOf(id)];
    gone = attempt;
  }
  return { jobs: marked, solves };
}

function allMayFollow({ pool }: Machine, ids: readonly SolvableId[]): boolean {
  const provides = pool.dependencies(ids, 'provides');
  return pool
    .packages(ids)
    .every(
      ({ name }, index) => mayFollow.test(name) || provides[index]?.some((text) => kernelModuleCapability.test(text)),
    );
}

/** In the order of libsolv's ids, which is the order of libzypp's set. */
function obsoleteKernels(machine: Machine): {
  readonly remove: ReadonlySet<SolvableId>;
  readonly keep: ReadonlySet<SolvableId>;
} {
  const spec = parseKeepSpec(setting(machine.input.zyppConf ?? {}, 'multiversion.kernels'));
  const { running = null } = machine.input;
  const nothing = { remove: new Set<SolvableId>(), keep: new Set<SolvableId>() };
  // The running kernel must be kept. Where it is not known, nothing is removed.
  if (spec === null || (spec.running && running === null)) return nothing;
  const groups = groupsOf(machine);
  const uname = running === null ? null : parseUname(running);
  const keep = new Set(groups.flatMap((group) => keptOf(machine, group, spec, spec.running ? uname : null)));
  const all = groups.flatMap(({ members }) => members.map(({ id }) => id)).sort((a, b) => a - b);
  return { remove: new Set(all.filter((id) => !keep.has(id))), keep };
}

/** kernel-default and kernel-default-base are one flavor. */
function flavorOf({ name }: PackageInfo): string | undefined {
  return /^kernel-([^-]+)/.exec(name)?.[1];
}

function groupsOf({ pool }: Machine): Group[] {
  const groups = new Map<string, Group>();
  const kernels = new Set(pool.whatProvides('kernel-uname-r'));
  const parallel = pool.packages(pool.whatProvides(multiversionCapability)).filter(({ installed }) => installed);
  for (const pkg of parallel) {
    const group = groupOf(pkg, kernels.has(pkg.id));
    if (group === null) continue;
    const key = `${group.ident} ${pkg.arch}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { ...group, members: [pkg] });
    else known.members.push(pkg);
  }
  return [...groups.values()];
}

function groupOf(
  pkg: PackageInfo,
  isKernel: boolean,
): (Pick<Group, 'kind' | 'flavor'> & { readonly ident: string }) | null {
  const { name, arch } = pkg;
  if (isKernel) {
    const flavor = flavorOf(pkg);
    return flavor === undefined ? null : { ident: flavor, kind: 'kernels', flavor };
  }
  if (arch === 'noarch') return { ident: name, kind: 'sources', flavor: '' };
  const [related, syms, devel] = /^(?:kernel-syms(-.*)?|kernel(-.*)?-devel)$/.exec(name) ?? [];
  if (related === undefined) return null;
  const flavor = (syms ?? devel)?.slice(1) ?? (name === 'kernel-syms' ? 'default' : '');
  return { ident: name, kind: 'related', flavor };
}

function keptOf(machine: Machine, group: Group, spec: KeepSpec, running: RunningKernel | null): SolvableId[] {
  const generations = generationsOf(machine, group);
  const kept: SolvableId[] = [];
  if (running !== null && (group.flavor === running.flavor || group.kind === 'sources')) {
    const isRunning = ({ edition }: Generation): boolean =>
      running.editions.some((wanted) => isEdition(wanted, edition));
    const current = generations.filter(isRunning).at(-1);
    // A flavor whose running kernel is not installed is left alone.
    if (current === undefined && group.kind !== 'sources') return group.members.map(({ id }) => id);
    kept.push(...(current?.ids ?? []));
  }
  generations.forEach(({ ids, editions }, index) => {
    const byOffset = spec.oldest.has(index) || spec.latest.has(generations.length - 1 - index);
    const byEdition = spec.editions.some((wanted) => editions.some((edition) => isSameEdition(wanted, edition)));
    if (byOffset || byEdition) kept.push(...ids);
  });
  return kept;
}

interface Generation {
  readonly edition: Evr;
  /** Every edition under which a member provides its own name. */
  readonly editions: Evr[];
  readonly ids: SolvableId[];
}

/**
 * The versions of a group, oldest first. A package counts under the shortest edition, the one without rebuild counter, of its own and of those
 * it provides its own name with, of which libzypp passes the first one by: with a single one its rebuilds are versions of their own.
 */
function generationsOf({ pool }: Machine, { members }: Group): Generation[] {
  const provides = pool.dependencies(
    members.map(({ id }) => id),
    'provides',
  );
  const generations: Generation[] = [];
  members.forEach((pkg, index) => {
    const editions = ownEditions(pkg, provides[index] ?? []);
    const dots = ({ release }: Evr): number => (release ?? '').split('.').length;
    const shortest = editions
      .slice(1)
      .reduce((best, edition) => (dots(edition) < dots(best) ? edition : best), parseEvr(pkg.evr));
    const known = generations.find(({ edition }) => compareEvr(edition, shortest) === 0);
    if (known === undefined) generations.push({ edition: shortest, editions, ids: [pkg.id] });
    else {
      known.ids.push(pkg.id);
      known.editions.push(...editions);
    }
  });
  return generations.sort((a, b) => compareEvr(a.edition, b.edition));
}

function ownEditions({ name }: PackageInfo, provides: readonly string[]): Evr[] {
  return provides
    .map((text) => parseDependency(text))
    .flatMap((provide) => (provide.name === name && provide.range !== null ? [provide.range.evr] : []));
}
