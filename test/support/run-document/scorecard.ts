import {
  type Counterexample,
  grounds,
  promiseIds,
  type ScoreCell,
  type Scorecard,
  type ScoredDesign,
  type ScoreFigure,
  type ScoreShare,
  type Trial,
  trialSteps,
} from '#run-document';

const machines = ['kvm-guest', 'laptop-e1000e'];

/** A made-up scorecard of four designs on two machines: one loses the root file system, one keeps everything, one is refused. */
export function scorecard(changes: Partial<Scorecard> = {}): Scorecard {
  return {
    over: {
      catalogue: 51,
      machines,
      kernels: ['6.1.0-51-amd64', '6.1.0-52-amd64', '6.1.0-53-amd64'],
      histories: { histories: 1000, requests: 6, seed: 1 },
    },
    designs: [
      scored('monolithic', { megabytes: 98, packages: 1, boots: true }),
      scored('modular', { megabytes: 16, packages: 4024, boots: false }),
      scored('bound-supplements', { megabytes: 16, packages: 4024, boots: true }),
      {
        design: './mine.yaml',
        about: '',
        status: 'refused',
        error: './mine.yaml:7:9: there is no loop "imports"; write "import"',
      },
    ],
    ...changes,
  };
}

interface Made {
  readonly megabytes: number;
  readonly packages: number;
  /** Whether a kernel that was asked for by name mounts the root file system. */
  readonly boots: boolean;
}

function scored(design: string, made: Made): ScoredDesign {
  const trials = machines.flatMap((hardware) => trialSteps.map((of) => trial(design, hardware, of, made)));
  const [first] = trials;
  const at = { scenario: first?.scenario ?? '', step: 'update' };
  const figure = (value: number): ScoreFigure => ({ median: { value, at }, most: { value: value * 1.1, at } });
  const all: ScoreShare = { holds: machines.length, of: machines.length, not: null };
  const none: ScoreShare = { holds: 0, of: machines.length, not: { ...at, step: 'kernelByName' } };
  return {
    design,
    about: `made up after ${design}`,
    status: 'scored',
    cells: promiseIds.map((promise) => cell(design, promise, made)),
    figures: {
      boots: { install: all, update: all, kernelByName: made.boots ? all : none },
      devices: made.boots ? all : none,
      driverAlone: design === 'monolithic' ? { holds: 0, of: 0, not: null } : all,
      installBytes: figure(made.megabytes * 1e6),
      diskBytes: figure(made.megabytes * 4e6),
      updateBytes: figure(made.megabytes * 1e6),
      updatePackages: figure(made.packages === 1 ? 1 : 121),
      updateWork: figure(made.packages * 1000),
      updateHeapBytes: figure(50e6),
      depmodRuns: figure(made.packages === 1 ? 1 : 121),
      wall: [
        { part: 'solver', seconds: { low: 0.21, high: 0.25 }, basis: 'measured', at },
        { part: 'transfer', seconds: { low: 1.2, high: 1.2 }, basis: 'modelled', at },
        { part: 'rpm', seconds: { low: 2, high: 4 }, basis: 'modelled', at },
        { part: 'depmod', seconds: { low: 120, high: 260 }, basis: 'modelled', at },
        { part: 'scripts', seconds: { low: 3, high: 9 }, basis: 'modelled', at },
        { part: 'initrd', seconds: { low: 14, high: 28 }, basis: 'modelled', at },
      ],
    },
    repository: {
      kernel: '6.1.0-53-amd64',
      packages: made.packages,
      dependencies: made.packages * 60,
      primaryGzipBytes: made.packages * 600,
    },
    updates: [
      {
        from: '6.1.0-52-amd64',
        to: '6.1.0-53-amd64',
        packages: made.packages,
        rebuilt: { image: 1, new: 0, changed: Math.floor(made.packages / 4), tied: 0 },
      },
    ],
    medianUpdate: 0,
    trials,
    notRun: [],
  };
}

function cell(design: string, promise: ScoreCell['promise'], { boots }: Made): ScoreCell {
  const broken = promise === 'kernelComplete' && !boots;
  const silent = promise === 'vendorReplaces' || (design === 'monolithic' && promise === 'noMoreDownload');
  return {
    promise,
    status: broken ? 'broken' : silent ? 'notApplicable' : 'kept',
    tried: grounds.map((ground) => ({
      ground,
      kept: broken || silent ? 0 : 10,
      broken: broken ? 2 : 0,
      notJudged: 0,
      notApplicable: silent ? 10 : 0,
    })),
    counterexample: broken ? counterexample(design) : null,
  };
}

function counterexample(design: string): Counterexample {
  return {
    ground: 'catalogue',
    scenario: `kernel-update-by-name under ${design}`,
    step: 'kernel by name',
    file: 'scenarios/real/kernel-update-by-name.yaml',
    request: 'zypper in kernel-default',
    steps: 2,
    kernels: 2,
    kernelModules: 31,
    total: 1,
    evidence: [{ kind: 'device', device: 'NVMe disk', kernel: '6.1.0-53-amd64', state: 'notInstalled' }],
    rerun: `kmplab run scenarios/real/kernel-update-by-name.yaml --scheme ${design}`,
    text: null,
  };
}

function trial(design: string, hardware: string, of: Trial['of'], made: Made): Trial {
  const lost = of === 'kernelByName' && !made.boots;
  const otherScheme = of === 'driver' && design === 'monolithic';
  return {
    scenario: `machines on ${hardware} under ${design}`,
    step: of,
    hardware,
    of,
    request: of === 'update' ? 'zypper up' : 'zypper in kernel-default',
    status: 'solved',
    notApplicable: otherScheme,
    nextBoot: '6.1.0-53-amd64',
    boots: !lost,
    missing: lost ? [{ need: 'NVMe disk', state: 'notInstalled' }] : [],
    devices: 10,
    driven: lost ? 0 : 10,
    undriven: lost ? ['NVMe disk'] : [],
    packages: otherScheme ? 0 : made.packages === 1 ? 1 : 121,
    erased: 0,
    downloadBytes: made.megabytes * 1e6,
    metadataBytes: made.packages * 600,
    installedBytesChange: made.megabytes * 4e6,
    work: made.packages * 1000,
    heapBytes: 50e6,
    solverMs: [210, 221, 250],
    costs: [],
    broken: lost ? ['kernelComplete'] : [],
    rerun: `kmplab run scenarios/scorecard/machines.yaml --scheme ${design} --hardware ${hardware}`,
  };
}
