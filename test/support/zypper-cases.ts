import type { MachineInput, Request } from '#solve';
import type { PackageSpec, PatchSpec } from './packages.js';
import { patchCases } from './zypper-patch-cases.js';

type Specs = Readonly<Record<string, PackageSpec>>;

/** One request on one small machine, and what real zypper does: `+ nvr`, `- nvr`, sorted, or `unsolvable`. */
export interface ZypperCase {
  readonly what: string;
  readonly installed: Specs;
  readonly repositories: Readonly<Record<string, Specs>>;
  readonly priorities?: Readonly<Record<string, number>>;
  readonly patches?: Readonly<Record<string, readonly PatchSpec[]>>;
  readonly machine?: Pick<MachineInput, 'locks' | 'autoInstalled' | 'zyppConf' | 'running'>;
  readonly request: Partial<Request> & Pick<Request, 'verb'>;
  readonly expected: readonly string[];
}

/** Everything in `acme` is Acme's, all else SUSE's. */
export const vendorOf = (repository: string): string => (repository === 'acme' ? 'Acme' : 'SUSE');

const parallel = 'multiversion(kernel)';

/** A kernel and the KMP of a network card that only it can load. */
export function kernel(version: number): Record<string, PackageSpec> {
  return {
    [`kernel-default-${version}-1`]: {
      provides: [parallel, `ksym(default:netif_rx) = a${version}`, `kernel-uname-r = ${version}-default`],
    },
    [`nic-kmp-default-1.0_k${version}-1`]: { provides: [parallel], requires: [`ksym(default:netif_rx) = a${version}`] },
  };
}

const older = { ...kernel(5), 'tool-1-1': { requires: ['libtool'] }, 'libtool-1-1': {} };
const newer = { ...kernel(6), 'tool-2-1': { requires: ['libtool >= 2'] }, 'libtool-2-1': {} };
const acme = {
  'nic-kmp-default-2.0_k5-1': { provides: [parallel], requires: ['ksym(default:netif_rx) = a5'] },
  'tool-3-1': { requires: ['libtool'] },
};
const kernel6 = ['+ kernel-default-6-1', '+ nic-kmp-default-1.0_k6-1'];
const tool2 = ['+ libtool-2-1', '+ tool-2-1', '- libtool-1-1', '- tool-1-1'];
const tool3 = ['+ tool-3-1', '- tool-1-1'];
const sorted = (...steps: readonly string[]): string[] => [...steps].sort();

type Short = readonly [
  what: string,
  request: ZypperCase['request'],
  expected: readonly string[],
  machine?: ZypperCase['machine'],
];

const on = (
  base: Pick<ZypperCase, 'installed' | 'repositories' | 'priorities'>,
  cases: readonly Short[],
): ZypperCase[] =>
  cases.map(([what, request, expected, machine = {}]) => ({ ...base, what, request, expected, machine }));

/** Older versions than those installed are in reach too. */
const downgrades = on({ installed: newer, repositories: { base: older, update: newer } }, [
  ['an older kernel', { verb: 'in', names: ['kernel-default = 5'] }, []],
  ['an older tool', { verb: 'in', names: ['tool = 1'] }, []],
  ['nothing newer', { verb: 'in', names: ['tool'] }, []],
  [
    'an older kernel, allowed',
    { verb: 'in', names: ['kernel-default = 5'], oldPackage: true },
    ['+ kernel-default-5-1'],
  ],
  [
    'an older driver, allowed',
    { verb: 'in', names: ['nic-kmp-default = 1.0_k5'], oldPackage: true },
    ['+ kernel-default-5-1', '+ nic-kmp-default-1.0_k5-1'],
  ],
  ['an older tool, allowed', { verb: 'in', names: ['tool = 1'], oldPackage: true }, ['+ tool-1-1', '- tool-2-1']],
  [
    'an upgrade to the older repository',
    { verb: 'dup', from: ['base'] },
    sorted(
      '+ kernel-default-5-1',
      '+ nic-kmp-default-1.0_k5-1',
      '+ libtool-1-1',
      '+ tool-1-1',
      '- libtool-2-1',
      '- tool-2-1',
    ),
  ],
]);

const anyVendorUp = sorted(
  '+ kernel-default-6-1',
  '+ nic-kmp-default-2.0_k5-1',
  '+ libtool-2-1',
  '- libtool-1-1',
  ...tool3,
);
const dupVendor = { zyppConf: { 'solver.dupAllowVendorChange': true } };

const vendors = on({ installed: older, repositories: { base: older, update: newer, acme } }, [
  ['up keeps the vendor', { verb: 'up' }, sorted(...kernel6, ...tool2)],
  ['in keeps the vendor', { verb: 'in', names: ['tool'] }, tool2],
  ['up NAME keeps the vendor', { verb: 'up', names: ['tool'] }, tool2],
  ['in keeps the vendor of a KMP', { verb: 'in', names: ['nic-kmp-default'] }, kernel6],
  ['a version names its vendor', { verb: 'in', names: ['tool = 3'] }, tool3],
  ['a repository names its vendor', { verb: 'in', names: ['tool'], from: ['acme'] }, tool3],
  [
    'a KMP of another repository',
    { verb: 'in', names: ['nic-kmp-default'], from: ['acme'] },
    ['+ nic-kmp-default-2.0_k5-1'],
  ],
  ['--allow-vendor-change', { verb: 'in', names: ['tool'], allowVendorChange: true }, tool3],
  ['zypp.conf allows it', { verb: 'in', names: ['tool'] }, tool3, { zyppConf: { 'solver.allowVendorChange': true } }],
  ['up --allow-vendor-change', { verb: 'up', allowVendorChange: true }, anyVendorUp],
  ['dup, allowed in zypp.conf', { verb: 'dup' }, anyVendorUp, dupVendor],
  [
    'dup, not allowed in zypp.conf',
    { verb: 'dup' },
    sorted(...kernel6, ...tool2),
    { zyppConf: { 'solver.dupAllowVendorChange': false } },
  ],
]);

const priorities = on(
  { installed: older, repositories: { base: older, update: newer, acme }, priorities: { acme: 50 } },
  [
    ['a better priority does not change the vendor', { verb: 'up' }, sorted(...kernel6, ...tool2)],
    ['nor does in', { verb: 'in', names: ['tool'] }, tool2],
  ],
);

const locked = { locks: ['kernel-default'] };
const lockedDrivers = { locks: ['nic*'] };

const locks = on({ installed: older, repositories: { base: older, update: newer } }, [
  ['a locked kernel', { verb: 'up' }, tool2, locked],
  ['a locked kernel by name', { verb: 'in', names: ['kernel-default'] }, ['unsolvable'], locked],
  ['removal of a locked kernel', { verb: 'rm', names: ['kernel-default'] }, ['unsolvable'], locked],
  ['a driver that needs another kernel', { verb: 'in', names: ['nic-kmp-default'] }, ['unsolvable'], locked],
  [
    'removal of a driver of a locked kernel',
    { verb: 'rm', names: ['nic-kmp-default'] },
    ['- nic-kmp-default-1.0_k5-1'],
    locked,
  ],
  ['locked drivers, up', { verb: 'up' }, sorted('+ kernel-default-6-1', ...tool2), lockedDrivers],
  [
    'locked drivers, the kernel by name',
    { verb: 'in', names: ['kernel-default'] },
    ['+ kernel-default-6-1'],
    lockedDrivers,
  ],
  ['a locked driver by name', { verb: 'in', names: ['nic-kmp-default'] }, ['unsolvable'], lockedDrivers],
]);

const auto = { autoInstalled: ['libtool'] };
const withLibrary = ['- libtool-1-1', '- tool-1-1'];

const dependencies = on({ installed: older, repositories: { base: older } }, [
  ['rm', { verb: 'rm', names: ['tool'] }, ['- tool-1-1'], auto],
  ['rm --clean-deps', { verb: 'rm', names: ['tool'], cleanDeps: true }, withLibrary, auto],
  [
    'rm --clean-deps of what was asked for',
    { verb: 'rm', names: ['tool'], cleanDeps: true },
    ['- tool-1-1'],
    { autoInstalled: ['nic-kmp-default'] },
  ],
  ['a library that is needed', { verb: 'rm', names: ['libtool'] }, withLibrary, auto],
]);

/** `remove` reads no repository. */
const replaceable = on({ installed: older, repositories: { base: { 'otherlib-1-1': { provides: ['libtool'] } } } }, [
  ['a library that another one could stand in for', { verb: 'rm', names: ['libtool'] }, withLibrary, auto],
]);

const absent = on({ installed: kernel(5), repositories: { base: older, update: newer } }, [
  ['up of what is not installed', { verb: 'up', names: ['tool'] }, []],
  ['in of a capability', { verb: 'in', names: ['ksym(default:netif_rx) = a6'] }, ['+ kernel-default-6-1']],
  ['in of a capability that is there', { verb: 'in', names: ['ksym(default:netif_rx) = a5'] }, []],
  ['in of a range', { verb: 'in', names: ['kernel-default > 5'] }, ['+ kernel-default-6-1']],
]);

const purged = (version: number): string[] => [`- kernel-default-${version}-1`, `- nic-kmp-default-1.0_k${version}-1`];
const keep = (spec: string, running: string): ZypperCase['machine'] => ({
  zyppConf: { 'multiversion.kernels': spec },
  running,
});
const four = { ...kernel(3), ...kernel(4), ...kernel(5), ...kernel(6) };

const purge = on({ installed: four, repositories: {} }, [
  [
    'running is the latest',
    { verb: 'purge-kernels' },
    sorted(...purged(3), ...purged(4), ...purged(5)),
    keep('latest,running', '6-1-default'),
  ],
  [
    'running is older',
    { verb: 'purge-kernels' },
    sorted(...purged(3), ...purged(5)),
    keep('latest,running', '4-1-default'),
  ],
  ['the shipped setting', { verb: 'purge-kernels' }, purged(3), keep('latest,latest-1,running', '4-1-default')],
  ['running is not installed', { verb: 'purge-kernels' }, [], keep('latest,running', '9-1-default')],
  [
    'another flavor runs',
    { verb: 'purge-kernels' },
    sorted(...purged(3), ...purged(4), ...purged(5)),
    keep('latest,running', '9-1-rt'),
  ],
  [
    'the oldest',
    { verb: 'purge-kernels' },
    sorted(...purged(4), ...purged(5), ...purged(6)),
    keep('oldest', '4-1-default'),
  ],
  [
    'the oldest but one, and an edition',
    { verb: 'purge-kernels' },
    sorted(...purged(3), ...purged(6)),
    keep('oldest+1,5-1', '4-1-default'),
  ],
]);

const needed = on(
  {
    installed: {
      ...four,
      'odd-1-1': { requires: ['kernel-default = 4'] },
      'kernel-syms-3-1': { provides: [parallel], requires: ['kernel-default = 3'] },
      'kernel-default-devel-5-1': { provides: [parallel], requires: ['kernel-default = 5'] },
    },
    repositories: {},
  },
  [
    ['a kernel that something else needs', { verb: 'purge-kernels' }, [], keep('latest', '6-1-default')],
    ['a locked one', { verb: 'purge-kernels' }, [], { ...keep('latest', '6-1-default'), locks: ['kernel-default'] }],
  ],
);

export const zypperCases: readonly ZypperCase[] = [
  ...downgrades,
  ...vendors,
  ...priorities,
  ...locks,
  ...dependencies,
  ...replaceable,
  ...absent,
  ...purge,
  ...needed,
  ...patchCases,
];
