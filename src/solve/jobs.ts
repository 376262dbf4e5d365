import type { Job, PackageInfo, SolvableId } from '@opensuse/libsolv-wasm';
import { candidateOf } from './candidate.js';
import { blacklistJobs, systemJobs } from './libzypp.js';
import type { Machine } from './machine.js';
import { patchJobs } from './patches.js';
import type { Request } from './request.js';
import { multiversionSpec, setting } from './zypp-conf.js';

/**
 * The job queue of a request as libzypp fills it (SATResolver::solverInit and resolvePool): what the user asked for in earlier days, a
 * multiversion job for each solvable that may be installed in parallel, locks, the verb's own job, and one job on one solvable for each
 * name the user gave.
 */
export function jobsOf(machine: Machine, request: Request): Job[] {
  const locked = lockedPackages(machine);
  const clean = cleanFlags(machine, request);
  return [
    ...baseJobs(machine),
    ...locked.map(({ id, installed }): Job => {
      const select = { kind: 'solvable', id } as const;
      return installed ? { action: 'install', select } : { action: 'erase', select, ...clean };
    }),
    ...systemJobs(machine.pool, request),
    ...(request.verb === 'patch' ? patchJobs(machine, request) : []),
    ...request.names.flatMap((name) => namedJobs(machine, request, name, new Set(locked.map(({ id }) => id)))),
  ];
}

function baseJobs({ pool, input, installed }: Machine): Job[] {
  const conf = input.zyppConf ?? {};
  const { names, capabilities } = multiversionSpec(conf);
  const parallel = new Set(pool.whatProvidesMany(capabilities).flat());
  for (const name of names) for (const id of pool.select(name, ['name']).solvables) parallel.add(id);
  const auto = new Set(input.autoInstalled ?? []);
  const byUser = new Set(
    pool
      .packages(installed)
      .map(({ name }) => name)
      .filter((name) => input.autoInstalled !== undefined && !auto.has(name)),
  );
  return [
    ...[...byUser].sort().map((name): Job => ({ action: 'userinstalled', select: { kind: 'name', name } })),
    ...blacklistJobs,
    ...[...parallel].map((id): Job => ({ action: 'multiversion', select: { kind: 'solvable', id } })),
  ];
}

/** Installed and available packages that a lock names; a lock is a name, with `*` as in file names (/etc/zypp/locks, match_type glob). */
export function lockedPackages({ pool, input }: Machine): PackageInfo[] {
  const ids = new Set((input.locks ?? []).flatMap((pattern) => pool.select(pattern, ['name', 'glob']).solvables));
  return [...pool.packages([...ids])];
}

/** Flags of every job that erases something (SATResolver's MAYBE_CLEANDEPS). */
export function cleanFlags({ input }: Machine, { cleanDeps }: Request): Pick<Job, 'flags'> {
  return (cleanDeps ?? setting(input.zyppConf ?? {}, 'solver.cleandepsOnRemove')) ? { flags: ['cleandeps'] } : {};
}

function namedJobs(machine: Machine, request: Request, text: string, locked: ReadonlySet<SolvableId>): Job[] {
  const matches = machine.pool.packages(machine.pool.select(text, ['name', 'rel', 'dotarch']).solvables);
  if (request.verb === 'rm') return eraseJobs(machine, request, text, { matches, locked });
  // No package of that name: zypper takes it for a capability, and libsolv says what is wrong with it where nothing provides it.
  if (matches.length === 0) return [{ action: 'install', select: { kind: 'provides', dep: text } }];
  const candidate = candidateOf(machine, request, { text, matches });
  if (candidate === null) return [];
  const { id, name, evr } = candidate;
  // What is locked cannot be marked; zypper then asks for it as a capability, and the lock stands against that.
  if (locked.has(id)) return [{ action: 'install', select: { kind: 'provides', dep: `${name} = ${evr}` } }];
  return [{ action: 'install', select: { kind: 'solvable', id } }];
}

function eraseJobs(
  machine: Machine,
  request: Request,
  text: string,
  { matches, locked }: { readonly matches: readonly PackageInfo[]; readonly locked: ReadonlySet<SolvableId> },
): Job[] {
  const installed = matches.filter((pkg) => pkg.installed);
  const clean = cleanFlags(machine, request);
  if (installed.length === 0) return [{ action: 'erase', select: { kind: 'provides', dep: text }, ...clean }];
  return installed.map(({ id, name, evr }): Job => {
    const dep = `${name} = ${evr}`;
    return { action: 'erase', select: locked.has(id) ? { kind: 'provides', dep } : { kind: 'solvable', id }, ...clean };
  });
}
