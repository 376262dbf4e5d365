import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type JudgedStep, judgePromises, promises, solverBudget } from '#promise';
import { type PromiseId, type PromiseResult, promiseIds, type StepFacts, type StepResult } from '#run-document';
import { audit } from '../support/run-document/audit.js';
import { stepFacts } from '../support/run-document/facts.js';
import { counters } from '../support/run-document/measurement.js';

const solved: StepResult['outcome'] = {
  status: 'solved',
  steps: [],
  recommendedNotInstalled: [],
  orphaned: [],
  unknown: [],
};
const one = { type: 'install' as const, nevra: 'kernel-default-1-1.x86_64', replaces: [], downloadBytes: 1 };
const changed: StepResult['outcome'] = { ...solved, steps: [one] };
const unsolvable: StepResult['outcome'] = {
  status: 'unsolvable',
  problems: [],
  causes: { first: [], total: 0 },
};
const [old, next] = ['6.1.0-52-amd64', '6.1.0-53-amd64'];

type Kernel = StepResult['audit']['kernels'][number];
type Device = StepResult['audit']['devices'][number];

/** A machine with one kernel that drives its network card and mounts its root file system. */
function machine(kernel: Partial<Kernel> = {}, states: Readonly<Record<string, Device['state']>> = { nic: 'driven' }) {
  const some = audit('driven');
  const [first] = some.kernels;
  const [device] = some.devices;
  if (first === undefined || device === undefined) throw new Error('the audit has a kernel and a device');
  const release = kernel.release ?? old;
  const root = [{ need: 'ext4', state: 'ready' as const }];
  return {
    ...some,
    nextBoot: release,
    kernels: [{ ...first, release, refused: 0, refusedExamples: [], root, ...kernel }],
    devices: Object.entries(states).map(
      ([name, state]): Device => ({ ...device, device: name, kernel: release, state }),
    ),
  };
}

const without = { ...machine(), nextBoot: null, kernels: [], devices: [] };
const booted: StepFacts['before'] = { nextBoot: old, kernels: [old], driven: ['nic'] };
const nothing = { total: 0, first: [] };
const kernelAsked = { name: 'kernel-default', means: 'kernel', installed: true, kernel: next } as const;
const driverAsked = { name: 'e1000e-kmp-default', means: 'kernelModules', installed: true, kernel: null } as const;
const foreignAsked = { name: 'e1000e-kmp-default', means: 'otherScheme', installed: false, kernel: null } as const;
const unknownAsked = { name: 'e1000e-kmp-default', means: 'nothing', installed: false, kernel: null } as const;
const kernelCame = { kernels: [next], otherKernels: [], drivers: 0, unused: nothing, unasked: nothing };
const driverCame = { ...kernelCame, kernels: [], drivers: 1 };

type Changes = Partial<Omit<JudgedStep, 'facts'>> & { readonly facts?: Partial<StepFacts> };

function judged(id: PromiseId, { facts, ...changes }: Changes): PromiseResult {
  const step: JudgedStep = {
    outcome: changed,
    violations: [],
    violationsTotal: 0,
    audit: machine(),
    counters: counters(),
    ...changes,
    facts: stepFacts({ before: booted, ...facts }),
  };
  const found = judgePromises(step).find(({ promise }) => promise === id);
  if (found === undefined) throw new Error(`${id} is judged`);
  return found;
}

const kept = { status: 'kept' };
const broken = (...evidence: readonly object[]) => ({ status: 'broken', total: evidence.length, evidence });
const notApplicable = (why: string) => ({ status: 'notApplicable', why });
const notJudged = (why: string) => ({ status: 'notJudged', why });

const cases: readonly (readonly [PromiseId, string, Changes, object])[] = [
  ['drivenStaysDriven', 'all devices keep their drivers', {}, kept],
  [
    'drivenStaysDriven',
    'a driver that is in reach did not come',
    { audit: machine({ release: next }, { nic: 'notInstalled', disk: 'notInstalled' }) },
    broken({ kind: 'device', device: 'nic', kernel: next, state: 'notInstalled' }),
  ],
  [
    'drivenStaysDriven',
    'a driver is refused',
    { audit: machine({}, { nic: 'refused' }) },
    broken({ kind: 'device', device: 'nic', kernel: old, state: 'refused' }),
  ],
  ['drivenStaysDriven', 'nobody has a driver any more', { audit: machine({}, { nic: 'noDriver' }) }, kept],
  [
    'drivenStaysDriven',
    'nothing was driven before',
    { facts: { before: { ...booted, driven: [] } } },
    notApplicable('nothingDriven'),
  ],
  [
    'drivenStaysDriven',
    'somebody removes the driver',
    { audit: machine({}, { nic: 'notInstalled' }), facts: { verb: 'rm', names: [driverAsked] } },
    notApplicable('removalAsked'),
  ],
  [
    'drivenStaysDriven',
    'somebody removes a kernel, and the other one has no driver',
    { audit: machine({}, { nic: 'notInstalled' }), facts: { verb: 'rm', names: [kernelAsked] } },
    broken({ kind: 'device', device: 'nic', kernel: old, state: 'notInstalled' }),
  ],
  ['drivenStaysDriven', 'an update takes the last kernel', { audit: without }, broken({ kind: 'noKernel' })],
  ['drivenStaysDriven', 'the request is refused', { outcome: unsolvable }, notApplicable('unsolvable')],

  ['rootMounted', 'all that it takes is ready', {}, kept],
  [
    'rootMounted',
    'a kernel module is not in the initrd',
    {
      audit: machine({
        root: [
          { need: 'ext4', state: 'notInInitrd' },
          { need: 'nvme', state: 'ready' },
        ],
      }),
    },
    broken({ kind: 'rootNeed', need: 'ext4', kernel: old, state: 'notInInitrd' }),
  ],
  ['rootMounted', 'nobody says what it takes', { audit: machine({ root: null }) }, notJudged('rootUnknown')],
  [
    'rootMounted',
    'the last kernel goes on request',
    { audit: without, facts: { verb: 'rm', names: [kernelAsked] } },
    notApplicable('noKernel'),
  ],
  ['rootMounted', 'an update takes the last kernel', { audit: without }, broken({ kind: 'noKernel' })],

  ['nothingRefused', 'every kernel module loads', {}, kept],
  [
    'nothingRefused',
    'one is refused and two more are counted',
    {
      audit: machine({
        refused: 3,
        refusedExamples: [
          {
            kernelModule: 'r8152',
            package: 'r8152-kmp',
            reason: 'symbols',
            refusedImports: 1,
            examples: [],
          },
        ],
      }),
    },
    {
      status: 'broken',
      total: 3,
      evidence: [{ kind: 'refused', kernel: old, kernelModule: 'r8152', package: 'r8152-kmp', reason: 'symbols' }],
    },
  ],
  ['nothingRefused', 'there is no kernel', { audit: without }, notApplicable('noKernel')],

  [
    'kernelComplete',
    'the kernel comes with everything',
    { audit: machine({ release: next }), facts: { verb: 'in', names: [kernelAsked], came: kernelCame } },
    kept,
  ],
  [
    'kernelComplete',
    'the kernel comes alone',
    {
      audit: machine({ release: next, root: [{ need: 'nvme', state: 'notInstalled' }] }, { nic: 'notInstalled' }),
      facts: { verb: 'in', names: [kernelAsked], came: kernelCame },
    },
    broken(
      { kind: 'device', device: 'nic', kernel: next, state: 'notInstalled' },
      { kind: 'rootNeed', need: 'nvme', kernel: next, state: 'notInstalled' },
    ),
  ],
  [
    'kernelComplete',
    'the kernel does not come',
    { facts: { verb: 'in', names: [kernelAsked] } },
    broken({ kind: 'kernelMissing', kernel: next }),
  ],
  [
    'kernelComplete',
    'a second kernel comes',
    {
      audit: machine({ release: next }),
      facts: {
        verb: 'in',
        names: [kernelAsked],
        came: { ...kernelCame, kernels: [next, '6.1.0-51-amd64'], otherKernels: ['6.1.0-51-amd64'] },
      },
    },
    broken({ kind: 'kernelCame', kernel: '6.1.0-51-amd64' }),
  ],
  [
    'kernelComplete',
    'the request is refused',
    { outcome: unsolvable, facts: { verb: 'in', names: [kernelAsked] } },
    broken({ kind: 'unsolvable' }),
  ],
  [
    'kernelComplete',
    'everything newer is asked for, and a kernel comes without a driver',
    { audit: machine({ release: next }, { nic: 'notInstalled' }), facts: { verb: 'up', came: kernelCame } },
    broken({ kind: 'device', device: 'nic', kernel: next, state: 'notInstalled' }),
  ],
  [
    'kernelComplete',
    'everything newer is asked for, and there is no newer kernel',
    { facts: { verb: 'up' } },
    notApplicable('noKernelAsked'),
  ],
  [
    'kernelComplete',
    'the kernel is there already, and a device was swapped meanwhile',
    { audit: machine({ release: next }, { nic: 'notInstalled' }), facts: { verb: 'in', names: [kernelAsked] } },
    kept,
  ],
  [
    'kernelComplete',
    'an update is asked for of a kernel that is not installed',
    { facts: { verb: 'up', names: [{ ...kernelAsked, installed: false }] } },
    notApplicable('noKernelAsked'),
  ],
  [
    'kernelComplete',
    'a driver is asked for',
    { facts: { verb: 'in', names: [driverAsked] } },
    notApplicable('noKernelAsked'),
  ],
  [
    'kernelComplete',
    'a kernel is removed',
    { facts: { verb: 'rm', names: [kernelAsked] } },
    notApplicable('noKernelAsked'),
  ],

  [
    'driverAlone',
    'the driver comes alone and is used',
    { facts: { verb: 'up', names: [driverAsked], came: driverCame } },
    kept,
  ],
  [
    'driverAlone',
    'a first driver brings the first kernel',
    {
      facts: {
        before: { nextBoot: null, kernels: [], driven: [] },
        verb: 'in',
        names: [driverAsked],
        came: { ...driverCame, kernels: [old] },
      },
    },
    notApplicable('noKernel'),
  ],
  [
    'driverAlone',
    'it brings a kernel and takes one away',
    {
      facts: {
        verb: 'up',
        names: [driverAsked],
        came: { ...driverCame, kernels: [next] },
        went: { kernels: [old], left: nothing },
      },
    },
    broken({ kind: 'kernelCame', kernel: next }, { kind: 'kernelWent', kernel: old }),
  ],
  [
    'kernelComplete',
    'an older kernel comes, and the newest has lost its driver before',
    {
      audit: machine({ release: next }, { nic: 'notInstalled' }),
      facts: { verb: 'in', names: [{ ...kernelAsked, kernel: next }], came: { ...kernelCame, kernels: [old] } },
    },
    kept,
  ],
  [
    'driverAlone',
    'the name of the driver has the version of the kernel that came',
    { facts: { verb: 'in', names: [{ ...driverAsked, kernel: next }], came: { ...driverCame, kernels: [next] } } },
    kept,
  ],
  [
    'driverAlone',
    'the name of the driver has the version of another kernel than the one that came',
    { facts: { verb: 'in', names: [{ ...driverAsked, kernel: old }], came: { ...driverCame, kernels: [next] } } },
    broken({ kind: 'kernelCame', kernel: next }),
  ],
  [
    'driverAlone',
    'everything newer is a driver, and no kernel loads it',
    {
      facts: {
        verb: 'up',
        came: { ...driverCame, unused: { total: 1, first: [{ package: 'e1000e-kmp', builtFor: next }] } },
      },
    },
    broken({ kind: 'unused', package: 'e1000e-kmp', builtFor: next }),
  ],
  [
    'driverAlone',
    'an update of an installed driver is refused',
    { outcome: unsolvable, facts: { verb: 'in', names: [driverAsked] } },
    broken({ kind: 'unsolvable' }),
  ],
  [
    'driverAlone',
    'a first driver that no kernel could load is refused',
    { outcome: unsolvable, facts: { verb: 'in', names: [{ ...driverAsked, installed: false }] } },
    notApplicable('unsolvable'),
  ],
  [
    'driverAlone',
    'there is no newer driver',
    { outcome: solved, facts: { verb: 'up', names: [driverAsked] } },
    notApplicable('nothingCame'),
  ],
  [
    'driverAlone',
    'everything newer includes a kernel',
    { facts: { verb: 'up', came: { ...kernelCame, drivers: 3 } } },
    notApplicable('noDriverAsked'),
  ],
  [
    'driverAlone',
    'kernel and driver are asked for',
    { facts: { verb: 'in', names: [kernelAsked, driverAsked] } },
    notApplicable('noDriverAsked'),
  ],
  [
    'driverAlone',
    'a driver is removed',
    { facts: { verb: 'rm', names: [driverAsked] } },
    notApplicable('noDriverAsked'),
  ],
  [
    'driverAlone',
    'the scheme has no such package',
    { outcome: unsolvable, facts: { verb: 'in', names: [kernelAsked, foreignAsked] } },
    notApplicable('otherScheme'),
  ],
  [
    'driverAlone',
    'nobody in reach has such a package',
    { outcome: unsolvable, facts: { verb: 'in', names: [unknownAsked] } },
    notApplicable('unknownName'),
  ],
  [
    'withinBudget',
    'the scheme has no such package',
    { outcome: unsolvable, facts: { verb: 'in', names: [foreignAsked] } },
    notApplicable('otherScheme'),
  ],
  [
    'rootMounted',
    'the scheme has no such package, but something else was done',
    { facts: { verb: 'in', names: [kernelAsked, foreignAsked] } },
    kept,
  ],

  [
    'vendorReplaces',
    "the vendor's is used",
    { facts: { vendors: [{ kernelModule: 'e1000e', package: 'a', change: 'came', used: true }] } },
    kept,
  ],
  [
    'vendorReplaces',
    "the kernel's own is not back",
    { facts: { vendors: [{ kernelModule: 'e1000e', package: 'a', change: 'went', used: false }] } },
    broken({ kind: 'vendor', kernelModule: 'e1000e', package: 'a', change: 'went' }),
  ],
  ['vendorReplaces', 'no vendor had part in it', {}, notApplicable('noVendor')],
  [
    'vendorReplaces',
    'it went with the last kernel',
    { audit: without, facts: { vendors: [{ kernelModule: 'e1000e', package: 'a', change: 'went', used: false }] } },
    notApplicable('noKernel'),
  ],

  [
    'oneOwner',
    'each file has one owner',
    { violations: [{ kind: 'requires', package: 'a', subject: 'x', other: null }], violationsTotal: 1 },
    kept,
  ],
  [
    'oneOwner',
    'two packages have one file',
    { violations: [{ kind: 'file-conflict', package: 'a', subject: '/x', other: 'b' }], violationsTotal: 1 },
    broken({ kind: 'file', path: '/x', packages: ['a', 'b'] }),
  ],

  [
    'kernelLeavesNothing',
    'all of the kernel goes',
    { facts: { verb: 'rm', went: { kernels: [old], left: nothing } } },
    kept,
  ],
  [
    'kernelLeavesNothing',
    'its drivers stay',
    { facts: { verb: 'purge-kernels', went: { kernels: [old], left: { total: 20, first: ['e1000e-kmp'] } } } },
    { status: 'broken', total: 20, evidence: [{ kind: 'left', package: 'e1000e-kmp' }] },
  ],
  ['kernelLeavesNothing', 'no kernel goes', {}, notApplicable('noKernelWent')],

  ['nothingUnasked', 'all of it was asked for', { facts: { came: kernelCame } }, kept],
  [
    'nothingUnasked',
    "a second vendor's driver comes",
    { facts: { came: { ...driverCame, unasked: { total: 1, first: [{ package: 'b', why: 'second' }] } } } },
    broken({ kind: 'unasked', package: 'b', why: 'second' }),
  ],
  ['nothingUnasked', 'nothing of a kernel comes', {}, notApplicable('nothingCame')],
  [
    'nothingUnasked',
    'what is recommended brings a kernel where there was none',
    {
      facts: {
        verb: 'inr',
        before: { nextBoot: null, kernels: [], driven: [] },
        came: { ...kernelCame, unasked: { total: 1, first: [{ package: 'k', why: 'otherKernel' }] } },
      },
    },
    notApplicable('noKernel'),
  ],

  ['againNothing', 'the second time nothing happens', { facts: { again: { status: 'solved', steps: 0 } } }, kept],
  [
    'againNothing',
    'the second time something comes',
    { facts: { again: { status: 'solved', steps: 2 } } },
    broken({ kind: 'again', steps: 2 }),
  ],
  [
    'againNothing',
    'the second time it is refused',
    { facts: { again: { status: 'unsolvable', steps: 0 } } },
    broken({ kind: 'unsolvable' }),
  ],
  ['againNothing', 'nobody tried', {}, notJudged('notTriedAgain')],

  [
    'withinBudget',
    'at the limit of both',
    {
      counters: {
        ...counters(),
        work: { solve: solverBudget.work - 1, order: 1, loadSolv: 1 },
        heapBytesMax: solverBudget.heapBytes,
      },
    },
    kept,
  ],
  [
    'withinBudget',
    'beyond both',
    {
      counters: {
        ...counters(),
        work: { solve: solverBudget.work, order: 1 },
        heapBytesMax: solverBudget.heapBytes + 1,
      },
    },
    broken(
      { kind: 'budget', of: 'work', found: solverBudget.work + 1, budget: solverBudget.work },
      { kind: 'budget', of: 'heapBytes', found: solverBudget.heapBytes + 1, budget: solverBudget.heapBytes },
    ),
  ],
  [
    'withinBudget',
    'a refused request takes too long',
    { outcome: unsolvable, counters: { ...counters(), work: { solve: 2 * solverBudget.work }, heapBytesMax: 0 } },
    broken({ kind: 'budget', of: 'work', found: 2 * solverBudget.work, budget: solverBudget.work }),
  ],
  ['withinBudget', 'nobody counted', { counters: { ...counters(), work: null } }, notJudged('workNotCounted')],

  // Packages alone would be less here, metadata alone would be more: both together count.
  [
    'noMoreDownload',
    'as much as the monolithic kernel',
    {
      counters: { ...counters(), downloadBytes: 90 },
      facts: { monolithic: { bytes: 100, monolithicBytes: 100 } },
    },
    kept,
  ],
  [
    'noMoreDownload',
    'fewer bytes of packages, and more with metadata',
    {
      counters: { ...counters(), downloadBytes: 90 },
      facts: { monolithic: { bytes: 101, monolithicBytes: 100 } },
    },
    broken({ kind: 'download', bytes: 101, monolithicBytes: 100 }),
  ],
  ['noMoreDownload', 'nobody ran the monolithic kernel', {}, notApplicable('notCompared')],
  ['noMoreDownload', 'it is the monolithic kernel', { facts: { isMonolithic: true } }, notApplicable('monolithic')],
];

describe('promises', () => {
  it.each(cases)('%s: %s', (id, _what, changes, expected) => {
    expect(judged(id, changes)).toEqual({ promise: id, ...expected });
  });

  it('are each put to the test here: kept, and broken', () => {
    for (const status of ['kept', 'broken']) {
      const tested = cases.filter(([, , , expected]) => 'status' in expected && expected.status === status);
      expect(new Set(tested.map(([id]) => id)), status).toEqual(new Set(promiseIds));
    }
  });

  it('list a few pieces of evidence and count all', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`device ${at}`, 'refused' as const]));
    const facts = { before: { ...booted, driven: Object.keys(many) } };
    const result = judged('drivenStaysDriven', { audit: machine({}, many), facts });
    expect(result).toMatchObject({ status: 'broken', total: 40 });
    expect(result.status === 'broken' && result.evidence.length).toBe(5);
  });

  it('come in the order of the table, and the table in that of the documents', () => {
    expect(promises.map(({ id }) => id)).toEqual([...promiseIds]);
  });

  it('are told in docs/promises.md', async () => {
    const page = await readFile(new URL('../../docs/promises.md', import.meta.url), 'utf8');
    const rows = page.match(/^\| `\w+`.*$/gm) ?? [];
    const cells = rows.map((row) =>
      row
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, 4),
    );
    expect(cells).toEqual(promises.map(({ id, title, source }) => [`\`${id}\``, title, source]));
  });
});
