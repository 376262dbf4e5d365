import type { Job, PackageInfo, SolvableId } from '@opensuse/libsolv-wasm';
import { candidatesOf } from './candidate.js';
import { blacklistJobs, systemJobs } from './libzypp.js';
import type { Machine } from './machine.js';
import { type PackageArgument, packageArgument } from './package-argument.js';
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
    ...request.names.flatMap((text) => argumentJobs(machine, request, text, new Set(locked.map(({ id }) => id)))),
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

/** What one argument comes to (zypper's SolverRequester::install and remove). */
function argumentJobs(machine: Machine, request: Request, text: string, locked: ReadonlySet<SolvableId>): Job[] {
  const argument = packageArgument(machine, request, text);
  if (!argument.wanted) return request.verb === 'up' ? [] : eraseJobs(machine, request, argument, locked);
  if (argument.matches.length === 0) {
    // `remove` goes on without what it does not know; the others end, and libsolv says that nothing provides it.
    if (request.verb === 'rm' && isUnknown(machine, argument)) return [];
    const dep = argument.guessed ? text : argument.spec;
    return [{ action: 'install', select: { kind: 'provides', dep } }];
  }
  return candidatesOf(machine, request, argument).map(({ id, name, evr }): Job => {
    // What is locked cannot be marked; zypper then asks for it as a capability, and the lock stands against that.
    if (locked.has(id)) return { action: 'install', select: { kind: 'provides', dep: `${name} = ${evr}` } };
    return { action: 'install', select: { kind: 'solvable', id } };
  });
}

function eraseJobs(
  machine: Machine,
  request: Request,
  { spec, guessed, matches }: PackageArgument,
  locked: ReadonlySet<SolvableId>,
): Job[] {
  const installed = matches.filter((pkg) => pkg.installed);
  const clean = cleanFlags(machine, request);
  if (installed.length === 0)
    return guessed ? [] : [{ action: 'erase', select: { kind: 'provides', dep: spec }, ...clean }];
  return installed.map(({ id, name, evr }): Job => {
    const dep = `${name} = ${evr}`;
    return { action: 'erase', select: locked.has(id) ? { kind: 'provides', dep } : { kind: 'solvable', id }, ...clean };
  });
}

/** Arguments that no package in sight answers to, by name or by capability: zypper says so and exits with 104. */
export function unknownArguments(machine: Machine, request: Request): string[] {
  return request.names.filter((text) => isUnknown(machine, packageArgument(machine, request, text)));
}

/**
 * Of these the ones whose name nothing in sight has, in whatever version and for whatever architecture: another scheme's, or mistyped. A rich
 * dependency has no one name, and a file's is a path.
 */
export function unknownNames(machine: Machine, request: Request): string[] {
  const unknown = unknownArguments(machine, request).filter((text) => !/^[(/]/.test(text));
  if (unknown.length === 0) return [];
  // libsolv indexes only what it could install.
  const names = new Set(machine.pool.packages(machine.pool.solvables()).map(({ name }) => name));
  return unknown.filter((text) => {
    const name = text.replace(/\s*[<>=].*$/s, '');
    return !names.has(name) && isUnknown(machine, packageArgument(machine, request, name));
  });
}

/** No package of that name, and no capability either: a version that was guessed is not looked for among those. */
function isUnknown({ pool }: Machine, { spec, guessed, matches }: PackageArgument): boolean {
  return matches.length === 0 && (guessed || pool.whatProvides(spec).length === 0);
}
