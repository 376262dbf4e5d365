import type { Job, Pool, SolverFlag } from '@opensuse/libsolv-wasm';
import type { Request } from './request.js';
import { setting, type ZyppConf } from './zypp-conf.js';

/**
 * How libzypp sets the solver up: one table, each row with the place in libzypp that does it (commit 5adf07204), so that a change there
 * is a change of one row here.
 */
interface FlagRow {
  readonly flag: SolverFlag;
  readonly value: boolean | ((request: Request, conf: ZyppConf) => boolean);
  readonly source: string;
}

const resolver = 'zypp/solver/detail/SATResolver.cc';
const settings = 'zypp.conf';

/** `dup` has its own options: its `--allow-vendor-change` concerns the distribution upgrade and nothing else. */
const isDup = ({ verb }: Request): boolean => verb === 'dup';

const solverFlagTable: readonly FlagRow[] = [
  {
    flag: 'addAlreadyRecommended',
    value: ({ verb }) => verb === 'inr',
    source: `${resolver}: ignorealreadyrecommended`,
  },
  {
    flag: 'allowDowngrade',
    value: (request) => !isDup(request) && request.allowDowngrade === true,
    source: `${resolver}: _allowdowngrade`,
  },
  {
    flag: 'allowNamechange',
    value: (request) => isDup(request) || request.allowNameChange !== false,
    source: `${resolver}: _allownamechange`,
  },
  {
    flag: 'allowArchchange',
    value: (request) => !isDup(request) && request.allowArchChange === true,
    source: `${resolver}: _allowarchchange`,
  },
  {
    flag: 'allowVendorchange',
    value: (request, conf) =>
      (isDup(request) ? undefined : request.allowVendorChange) ?? setting(conf, 'solver.allowVendorChange'),
    source: `${settings}: solver.allowVendorChange`,
  },
  {
    flag: 'allowUninstall',
    // `zypper remove` forces a resolution unless it is told not to: what needs the removed package goes too.
    value: ({ verb, allowUninstall }) => allowUninstall || verb === 'rm' || verb === 'purge-kernels',
    source: `${resolver}: _allowuninstall; zypper(8), remove --no-force-resolution; PurgeKernels::markObsoleteKernels`,
  },
  { flag: 'splitprovides', value: true, source: `${resolver}: SOLVER_FLAG_SPLITPROVIDES` },
  { flag: 'noUpdateprovide', value: false, source: `${resolver}: _noupdateprovide` },
  { flag: 'ignoreRecommended', value: false, source: `${resolver}: never set` },
  {
    flag: 'onlyNamespaceRecommended',
    // zypper's `remove` never installs what is recommended: zypper 1.14.42 writes this flag into its solver testcase.
    value: ({ verb, noRecommends }, conf) => noRecommends || verb === 'rm' || setting(conf, 'solver.onlyRequires'),
    source: `${resolver}: onlyRequires()`,
  },
  {
    flag: 'dupAllowDowngrade',
    value: (request, conf) =>
      (isDup(request) ? request.allowDowngrade : undefined) ?? setting(conf, 'solver.dupAllowDowngrade'),
    source: `${settings}: solver.dupAllowDowngrade`,
  },
  {
    flag: 'dupAllowNamechange',
    value: (request, conf) =>
      (isDup(request) ? request.allowNameChange : undefined) ?? setting(conf, 'solver.dupAllowNameChange'),
    source: `${settings}: solver.dupAllowNameChange`,
  },
  {
    flag: 'dupAllowArchchange',
    value: (request, conf) =>
      (isDup(request) ? request.allowArchChange : undefined) ?? setting(conf, 'solver.dupAllowArchChange'),
    source: `${settings}: solver.dupAllowArchChange`,
  },
  {
    flag: 'dupAllowVendorchange',
    value: (request, conf) =>
      (isDup(request) ? request.allowVendorChange : undefined) ?? setting(conf, 'solver.dupAllowVendorChange'),
    source: `${settings}: solver.dupAllowVendorChange`,
  },
];

/** The value of every row for one request. */
export function solverFlags(request: Request, conf: ZyppConf): readonly (readonly [SolverFlag, boolean])[] {
  return solverFlagTable.map(({ flag, value }) => [flag, typeof value === 'boolean' ? value : value(request, conf)]);
}

/** How kernels and KMPs say that several versions of them may be installed; PurgeKernels looks for nothing else. */
export const multiversionCapability = 'multiversion(kernel)';

/** Retracted updates and master packages of PTFs are never taken (SATResolver::solverInit). */
export const blacklistJobs: readonly Job[] = ['retracted-patch-package()', 'ptf()'].map((dep) => ({
  action: 'blacklist',
  select: { kind: 'provides', dep },
}));

/** Jobs of the verbs that name no package (SATResolver::solverInitSetModeJobsAndFlags, resolvePool for `dup --from`). */
export function systemJobs(pool: Pool, { verb, names, from }: Request): readonly Job[] {
  switch (verb) {
    case 'up':
      return names.length > 0 ? [] : [{ action: 'update', select: { kind: 'all' } }];
    case 'dup':
      if (from === undefined) return [{ action: 'distupgrade', select: { kind: 'all' } }];
      return pool.repos
        .filter(({ name }) => from.includes(name))
        .map((repo): Job => ({ action: 'distupgrade', select: { kind: 'repo', repo } }));
    case 'verify':
      return [{ action: 'verify', select: { kind: 'all' } }];
    case 'in':
    case 'rm':
    case 'inr':
    case 'patch':
    case 'purge-kernels':
      return [];
  }
}

/** zypper's `remove` and `purge-kernels` read what is installed and no repository: nothing can come in place of what goes. */
export function loadsRepositories({ verb }: Request): boolean {
  return verb !== 'rm' && verb !== 'purge-kernels';
}
