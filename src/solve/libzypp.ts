import type { Job, SolverFlag } from '@opensuse/libsolv-wasm';
import type { Request } from './request.js';

/**
 * How libzypp sets the solver up: one table, each row with the place in libzypp that does it (commit 5adf07204), so that a change there
 * is a change of one row here.
 */
interface FlagRow {
  readonly flag: SolverFlag;
  readonly value: boolean | ((request: Request) => boolean);
  readonly source: string;
}

const resolver = 'zypp/solver/detail/SATResolver.cc';
const settings = 'zypp.conf';

export const solverFlagTable: readonly FlagRow[] = [
  {
    flag: 'addAlreadyRecommended',
    value: ({ verb }) => verb === 'inr',
    source: `${resolver}: ignorealreadyrecommended`,
  },
  { flag: 'allowDowngrade', value: false, source: `${resolver}: _allowdowngrade` },
  { flag: 'allowNamechange', value: true, source: `${resolver}: _allownamechange` },
  { flag: 'allowArchchange', value: false, source: `${resolver}: _allowarchchange` },
  { flag: 'allowVendorchange', value: false, source: `${settings}: solver.allowVendorChange` },
  {
    flag: 'allowUninstall',
    // `zypper remove` forces a resolution unless it is told not to: what needs the removed package goes too.
    value: ({ verb, allowUninstall }) => allowUninstall || verb === 'rm',
    source: `${resolver}: _allowuninstall; zypper(8), remove --no-force-resolution`,
  },
  { flag: 'splitprovides', value: true, source: `${resolver}: SOLVER_FLAG_SPLITPROVIDES` },
  { flag: 'noUpdateprovide', value: false, source: `${resolver}: _noupdateprovide` },
  { flag: 'ignoreRecommended', value: false, source: `${resolver}: never set` },
  {
    flag: 'onlyNamespaceRecommended',
    value: ({ noRecommends }) => noRecommends,
    source: `${resolver}: onlyRequires()`,
  },
  { flag: 'dupAllowDowngrade', value: true, source: `${settings}: solver.dupAllowDowngrade` },
  { flag: 'dupAllowNamechange', value: true, source: `${settings}: solver.dupAllowNameChange` },
  { flag: 'dupAllowArchchange', value: true, source: `${settings}: solver.dupAllowArchChange` },
  { flag: 'dupAllowVendorchange', value: false, source: `${settings}: solver.dupAllowVendorChange` },
];

/** The value of every row for one request. */
export function solverFlags(request: Request): readonly (readonly [SolverFlag, boolean])[] {
  return solverFlagTable.map(({ flag, value }) => [flag, typeof value === 'boolean' ? value : value(request)]);
}

/** What zypp.conf calls `multiversion`: whoever provides it can be installed in several versions beside each other. */
export const multiversionCapability = 'multiversion(kernel)';

/** Jobs of the verbs that name no package (SATResolver::solving, Resolver::doUpdate, doUpgrade, verifySystem). */
export function systemJobs(request: Request): readonly Job[] {
  switch (request.verb) {
    case 'up':
      return request.names.length > 0 ? [] : [{ action: 'update', select: { kind: 'all' } }];
    case 'dup':
      return [{ action: 'distupgrade', select: { kind: 'all' } }];
    case 'verify':
      return [{ action: 'verify', select: { kind: 'all' } }];
    case 'in':
    case 'rm':
    case 'inr':
      return [];
  }
}
