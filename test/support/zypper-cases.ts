import type { MachineInput, Request } from '#solve';
import type { PackageSpec, PatchSpec } from './packages.js';
import { architectureCases } from './zypper-arch-cases.js';
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
  /** What a version of zypper does instead; docs/fidelity.md says why. */
  readonly differs?: Readonly<Record<string, readonly string[]>>;
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
/** Debian unstable's, of November 2026. */
const today = (steps: readonly string[]): ZypperCase['differs'] => ({ '1.14.101': steps });
const sorted = (...steps: readonly string[]): string[] => [...steps].sort();

type Short = readonly [
  what: string,
  request: ZypperCase['request'],
  expected: readonly string[],
  machine?: ZypperCase['machine'],
  differs?: ZypperCase['differs'],
];

const on = (
  base: Pick<ZypperCase, 'installed' | 'repositories' | 'priorities'>,
  cases: readonly Short[],
): ZypperCase[] =>
  cases.map(([what, request, expected, machine = {}, differs = {}]) => ({
    ...base,
    what,
    request,
    expected,
    machine,
    differs,
  }));

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
const anyVendor = { zyppConf: { 'solver.allowVendorChange': true } };
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
  ['--allow-vendor-change', { verb: 'in', names: ['tool'], allowVendorChange: true }, tool3, {}, today(tool2)],
  ['zypp.conf allows it', { verb: 'in', names: ['tool'] }, tool3, anyVendor],
  ['up --allow-vendor-change', { verb: 'up', allowVendorChange: true }, anyVendorUp],
  ['dup, allowed in zypp.conf', { verb: 'dup' }, anyVendorUp, dupVendor],
  [
    'dup, not allowed in zypp.conf',
    { verb: 'dup' },
    sorted(...kernel6, ...tool2),
    { zyppConf: { 'solver.dupAllowVendorChange': false } },
  ],
]);

/** Nobody but another vendor has a newer one. */
const foreign = on({ installed: older, repositories: { acme } }, [
  ['another vendor alone has it', { verb: 'in', names: ['tool'] }, []],
  ['another vendor alone has it', { verb: 'up', names: ['tool'] }, []],
  ['another vendor, allowed', { verb: 'in', names: ['tool'], allowVendorChange: true }, tool3],
  ['another vendor, by version', { verb: 'in', names: ['tool-3'] }, tool3],
  ['another vendor, allowed in zypp.conf', { verb: 'in', names: ['tool'] }, tool3, anyVendor],
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

const drivers = { 'snd_a-1-1': { provides: ['kmod(snd_a.ko)'] }, 'snd_b-1-1': {}, 'snd-hda-1-1': {} };
const tools = { 'tool-1-1': { requires: ['libtool'] }, 'libtool-1-1': {} };
const gone = (...names: readonly string[]): string[] => sorted(...names.map((name) => `- ${name}-1-1`));

/** What zypper reads into one argument: globs, versions without `=`, architectures, `+` and `-` in front. */
const argument = on(
  {
    installed: { ...tools, ...drivers, 'user-1-1': { requires: ['snd-hda'] } },
    repositories: {
      base: {
        ...tools,
        ...drivers,
        'snd_a-2-1': {},
        'usb_a-1-1': {},
        'usb_b-1-1': {},
        'odd-1-1': {},
        'odd-name-1-2-1': {},
        'odd-name-3-1': {},
      },
      update: {
        'tool-2-1': { requires: ['libtool >= 2'] },
        'libtool-2-1': {},
        'usb_a-2-1': {},
        'other-1-1': { provides: ['extra = 1'] },
      },
    },
  },
  [
    ['a glob', { verb: 'rm', names: ['snd*'] }, gone('snd_a', 'snd_b', 'snd-hda', 'user')],
    ['a glob of one character', { verb: 'rm', names: ['snd_?'] }, gone('snd_a', 'snd_b')],
    ['a name with version, release and architecture', { verb: 'rm', names: ['snd_a-1-1.x86_64'] }, gone('snd_a')],
    ['a name with version and release', { verb: 'rm', names: ['snd_a-1-1'] }, gone('snd_a')],
    ['a name with version', { verb: 'rm', names: ['snd_a-1'] }, gone('snd_a')],
    ['a version that is not installed', { verb: 'rm', names: ['snd_a-2'] }, []],
    ['a name with architecture', { verb: 'rm', names: ['snd_a.x86_64'] }, gone('snd_a')],
    ['another architecture', { verb: 'rm', names: ['snd_a.noarch'] }, []],
    ['what nobody knows', { verb: 'rm', names: ['nosuch'] }, []],
    ['a capability', { verb: 'rm', names: ['kmod(snd_a.ko)'] }, gone('snd_a')],
    ['a glob over capabilities', { verb: 'rm', names: ['kmod(snd_*)'] }, []],
    ['one of two that is not there', { verb: 'rm', names: ['snd_a', 'nosuch'] }, gone('snd_a')],
    ['what should come, of no repository', { verb: 'rm', names: ['snd_a', '+usb_a'] }, gone('snd_a')],
    ['a glob', { verb: 'in', names: ['usb*'] }, ['+ usb_a-2-1', '+ usb_b-1-1']],
    ['a glob of characters', { verb: 'in', names: ['usb_[ab]'] }, ['+ usb_a-2-1', '+ usb_b-1-1']],
    ['a glob of what is installed', { verb: 'in', names: ['tool*'] }, tool2],
    ['a name with version', { verb: 'in', names: ['tool-2'] }, tool2],
    ['a name with version and release', { verb: 'in', names: ['tool-2-1'] }, tool2],
    ['a name with version, release and architecture', { verb: 'in', names: ['tool-2-1.x86_64'] }, tool2],
    ['a name with architecture', { verb: 'in', names: ['tool.x86_64'] }, tool2],
    ['a version that nobody has', { verb: 'in', names: ['tool-3'] }, ['unsolvable']],
    ['a name with a dash', { verb: 'in', names: ['odd-name'] }, ['+ odd-name-3-1']],
    ['a name with a dash and version', { verb: 'in', names: ['odd-name-3'] }, ['+ odd-name-3-1']],
    ['a version that has a dash in it', { verb: 'in', names: ['odd-name-1-2'] }, ['+ odd-name-1-2-1']],
    ['a glob of what nobody has', { verb: 'in', names: ['nosuch*'] }, ['unsolvable']],
    ['one of two that nobody has', { verb: 'in', names: ['usb_a', 'nosuch'] }, ['unsolvable']],
    ['what should go', { verb: 'in', names: ['usb_a', '!snd_a'] }, sorted('+ usb_a-2-1', ...gone('snd_a'))],
    [
      'what should go, with a minus',
      { verb: 'in', names: ['usb_a', '-snd_a'] },
      sorted('+ usb_a-2-1', ...gone('snd_a')),
    ],
    ['what should come', { verb: 'in', names: ['+usb_a', '~usb_b'] }, ['+ usb_a-2-1', '+ usb_b-1-1']],
    ['another repository has it', { verb: 'in', names: ['other'], from: ['base'] }, ['+ other-1-1']],
    ['another repository provides it', { verb: 'in', names: ['extra = 1'], from: ['base'] }, ['+ other-1-1']],
    ['an older one', { verb: 'in', names: ['usb_a'], from: ['base'] }, ['+ usb_a-1-1']],
    [
      'a version of another repository',
      { verb: 'in', names: ['libtool = 2'], from: ['base'] },
      ['+ libtool-2-1', '- libtool-1-1'],
    ],
    ['a glob of another repository', { verb: 'in', names: ['other*'], from: ['base'] }, ['unsolvable']],
    ['an update that another repository has', { verb: 'in', names: ['tool'], from: ['base'] }, []],
    ['a name with version', { verb: 'up', names: ['tool-2'] }, tool2],
    ['a version that is installed', { verb: 'up', names: ['tool-1'] }, []],
    ['a glob of what is not installed', { verb: 'up', names: ['usb*'] }, []],
    ['a glob', { verb: 'up', names: ['snd_*'] }, sorted('+ snd_a-2-1', ...gone('snd_a'))],
    ['what nobody has', { verb: 'up', names: ['nosuch'] }, ['unsolvable']],
  ],
);

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

const all = sorted(...purged(3), ...purged(4), ...purged(5), ...purged(6));

/** What stands in zypp.conf by hand. */
const specs = on({ installed: four, repositories: {} }, [
  [
    'a version without release',
    { verb: 'purge-kernels' },
    sorted(...purged(3), ...purged(4), ...purged(5)),
    keep('latest,4', '9-1-rt'),
  ],
  [
    'a version with a flavor',
    { verb: 'purge-kernels' },
    sorted(...purged(3), ...purged(5)),
    keep('latest,4-1-default', '9-1-rt'),
    { '1.14.42': sorted(...purged(3), ...purged(4), ...purged(5)) },
  ],
  ['an empty value', { verb: 'purge-kernels' }, [], keep('', '6-1-default')],
  [
    'a comma at the end',
    { verb: 'purge-kernels' },
    sorted(...purged(3), ...purged(4), ...purged(5)),
    keep('latest,', '9-1-rt'),
  ],
  ['commas alone', { verb: 'purge-kernels' }, sorted(...purged(3), ...purged(5)), keep(',', '4-1-default')],
  ['what keeps nothing', { verb: 'purge-kernels' }, all, keep('latest+1', '9-1-rt')],
]);

const rebuild = (counter: number, own: readonly string[]): Specs => ({
  [`kernel-default-5-1.7.${counter}`]: {
    provides: [parallel, 'kernel-uname-r = 5-default', ...own],
  },
});
const older3 = { 'kernel-default-3-1': { provides: [parallel, 'kernel-uname-r = 3-default'] } };

/** Rebuilds of one release, as kernel-source's specs name them. */
const rebuilds = [
  ...on({ installed: { ...older3, ...rebuild(1, []), ...rebuild(2, []) }, repositories: {} }, [
    [
      'rebuilds are versions of their own',
      { verb: 'purge-kernels' },
      sorted('- kernel-default-3-1', '- kernel-default-5-1.7.1'),
      keep('latest', '5-1.7-default'),
    ],
    [
      'the last rebuild runs',
      { verb: 'purge-kernels' },
      sorted('- kernel-default-3-1', '- kernel-default-5-1.7.1'),
      keep('running', '5-1.7-default'),
    ],
  ]),
  ...on(
    {
      installed: {
        ...older3,
        ...rebuild(1, ['kernel-default = 5-1.7']),
        ...rebuild(2, ['kernel-default = 5-1.7']),
      },
      repositories: {},
    },
    [
      [
        'a release that is provided',
        { verb: 'purge-kernels' },
        sorted('- kernel-default-3-1', '- kernel-default-5-1.7.1'),
        keep('latest', '5-1.7-default'),
      ],
      [
        'a release that is provided and kept',
        { verb: 'purge-kernels' },
        ['- kernel-default-3-1'],
        keep('5-1.7', '9-1-rt'),
      ],
    ],
  ),
];

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
  ...foreign,
  ...priorities,
  ...locks,
  ...dependencies,
  ...replaceable,
  ...absent,
  ...argument,
  ...purge,
  ...specs,
  ...rebuilds,
  ...needed,
  ...architectureCases,
  ...patchCases,
];
