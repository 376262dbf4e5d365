import type {
  Audit,
  Counters,
  GraphFacts,
  GrowthPoint,
  Outcome,
  Phase,
  PhaseSamples,
  RunDocument,
  ScenarioResult,
  StepResult,
  TransactionStep,
} from '#run-document';
import { seededRandom } from '#statistics';

/**
 * A made-up run whose numbers have the size of a real one: three scenarios over four builds of 4,023 kernel modules. Nothing in it was
 * measured; tests of readers (report, gate) start from it and change what they are about.
 */
export function runDocument(changes: Partial<RunDocument> = {}): RunDocument {
  return {
    format: 'kmplab/run',
    version: 1,
    name: 'real',
    seed: 20,
    environment: environment(),
    verdict: {
      status: 'passed',
      sentences: [
        'Solving scales: from 250 to 4,023 kernel modules the time of the solver grows as n^1.04, and all of them update in 33 ms.',
        'Ordering the transaction does not: it grows as n^1.96 and takes 212 ms of the 268 ms that the largest update spends in libsolv.',
        'The kABI moves more than the packages can follow: of four updates, one breaks no kernel module, one breaks three, one 30 % and one all.',
      ],
    },
    kernels: ['47', '52', '53', '54'].map((abi) => ({
      release: `6.1.0-${abi}-amd64`,
      version: '6.1.187-1',
      arch: 'x86_64',
      flavor: 'amd64',
      kernelModules: 4023,
      kernelModuleBytes: 397_212_430,
      exports: 24_683,
      imports: 188_913,
      warnings: abi === '52' ? 2 : 0,
    })),
    churn: [
      churn('49', '50', 18_760, 4023),
      churn('50', '51', 15, 3),
      churn('52', '53', 3455, 1207),
      churn('55', '56', 0, 0),
    ],
    graph: graph(),
    repositories: ['52', '53'].map((abi) => ({
      name: `kernel-${abi}`,
      scheme: 'modular',
      kernels: [`6.1.0-${abi}-amd64`],
      packages: 4024,
      dependencies: 238_639,
      primaryBytes: 24_211_034,
      primaryGzipBytes: 2_203_411,
      primaryZstdBytes: 1_050_220,
      solvBytes: 2_061_338,
      repomdSha256: 'c0ffee'.repeat(10).concat('c0ff'),
      phases: [
        { phase: 'package', samplesMs: [182, 175, 190] },
        { phase: 'writeRepomd', samplesMs: [812, 790, 840] },
      ],
    })),
    scenarios: [kernelUpdate(), driverUpdate(), missingNic()],
    growth: [
      {
        name: 'kernelModules',
        question: 'How does the cost of a kernel update grow with the number of kernel modules?',
        points: [250, 500, 1000, 2000, 3000, 4023].map((size) => growthPoint(size, 2 * size, size)),
        fits: [
          { of: 'parseRpmmd', exponent: 0.98, factor: 0.058, rSquared: 0.998 },
          { of: 'whatprovides', exponent: 1.02, factor: 0.0021, rSquared: 0.991 },
          { of: 'solve', exponent: 1.04, factor: 0.0059, rSquared: 0.997 },
          { of: 'order', exponent: 1.96, factor: 0.0000183, rSquared: 0.999 },
          { of: 'rulesTotal', exponent: 1.01, factor: 50.2, rSquared: 0.9999 },
        ],
      },
      {
        name: 'buildsSideBySide',
        question: 'How does it grow with the number of builds in the repositories?',
        points: [1, 2, 3, 4].map((size) => growthPoint(size, 4024 * size, 4024 * size)),
        fits: [{ of: 'solve', exponent: 0.97, factor: 16, rSquared: 0.99 }],
      },
    ],
    notRun: [],
    ...changes,
  };
}

function environment(): RunDocument['environment'] {
  return {
    node: '20.20.2',
    v8: '11.3.244.8-node.38',
    platform: 'linux x64 6.1.0-56-amd64',
    cpu: 'AMD EPYC 7B13',
    cores: 2,
    memoryBytes: 8_327_172_096,
    kmplab: { version: '0.1.0', commit: '0558b4e' },
    libsolv: {
      version: '0.7.32',
      build: 'release',
      emcc: '3.1.6',
      moduleSha256: 'ab12'.repeat(16),
      sources: [
        { name: 'libsolv', version: '0.7.32', sha256: '1234'.repeat(16) },
        { name: 'expat', version: '2.7.1', sha256: '5678'.repeat(16) },
      ],
    },
  };
}

export function counters(changes: Partial<Counters> = {}): Counters {
  return {
    solvables: 8048,
    installed: 4024,
    jobs: 8049,
    rules: { pkg: 197_410, job: 8049, infarch: 0, dup: 0, update: 4024, feature: 4024, choice: 8466 },
    rulesTotal: 221_973,
    learnt: 0,
    decisions: 8048,
    problems: 0,
    steps: 4024,
    downloadBytes: 88_402_111,
    installedBytesChange: 397_212_430,
    heapBytesMax: 167_772_160,
    work: null,
    ...changes,
  };
}

const typicalMs: Partial<Record<Phase, number>> = {
  loadSolv: 19,
  whatprovides: 4,
  solve: 31,
  order: 212,
  parseRpmmd: 196,
};

export function samples(scale = 1, number = 9, seed = 1): PhaseSamples[] {
  const random = seededRandom(seed);
  return (['parseRpmmd', 'loadSolv', 'whatprovides', 'solve', 'order'] as const).map((phase) => ({
    phase,
    samplesMs: Array.from({ length: number }, (_, index) => {
      const noise = 1 + 0.12 * random.float() + (index === 0 ? 0.4 : 0);
      return (typicalMs[phase] ?? 1) * scale ** (phase === 'order' ? 2 : 1) * noise;
    }),
  }));
}

function growthPoint(size: number, solvables: number, steps: number): GrowthPoint {
  const scale = steps / 4023;
  return {
    size,
    solvables,
    counters: counters({ solvables, steps, rulesTotal: Math.round(221_973 * scale) }),
    phases: samples(scale, 5, size),
  };
}

function kernelUpdate(): ScenarioResult {
  const modules = [
    'ext4',
    'e1000e',
    'usbcore',
    'ehci-hcd',
    'ehci-pci',
    'snd-hda-intel',
    'i915',
    'r8152',
    'xfs',
    'btrfs',
  ];
  const steps = Array.from(
    { length: 4023 },
    (_, index): TransactionStep => ({
      type: 'multiversion',
      nevra: `${modules[index % modules.length] ?? ''}${index >= modules.length ? `-${index}` : ''}-kmp-default-6.1.187_k6.1.0_53-1.x86_64`,
      replaces: [],
      downloadBytes: 18_000 + index,
    }),
  );
  return {
    id: 'kernel-update',
    file: 'scenarios/real/kernel-update.yaml',
    question: 'Every kernel module is installed. Does an update to the next kernel bring them all along?',
    answer:
      'Yes with zypper up: 4,024 packages are added and every device keeps its driver. zypper in kernel-default brings the kernel alone.',
    status: 'passed',
    error: null,
    hardware: 'laptop-e1000e',
    scheme: 'modular',
    kernels: ['6.1.0-52-amd64', '6.1.0-53-amd64'],
    rerun: 'kmplab run scenarios/real/kernel-update.yaml',
    steps: [
      step('update everything', 'zypper up', {
        status: 'solved',
        steps: [
          { type: 'multiversion', nevra: 'kernel-default-6.1.187-1.x86_64', replaces: [], downloadBytes: 9_100_000 },
          ...steps,
        ],
        recommendedNotInstalled: [],
        orphaned: [],
      }),
      step(
        'ask for the kernel only',
        'zypper in kernel-default=6.1.187',
        {
          status: 'solved',
          steps: [
            { type: 'multiversion', nevra: 'kernel-default-6.1.187-1.x86_64', replaces: [], downloadBytes: 9_100_000 },
          ],
          recommendedNotInstalled: ['e1000e-kmp-default-6.1.187_k6.1.0_53-1.x86_64'],
          orphaned: [],
        },
        {
          counters: counters({ steps: 1, decisions: 4025, downloadBytes: 9_100_000, rulesTotal: 28_113 }),
          phases: samples(0.8, 9, 3).map((phase) =>
            phase.phase === 'order' ? { ...phase, samplesMs: phase.samplesMs.map(() => 0.02) } : phase,
          ),
          audit: audit('notInstalled'),
          expectations: expectations('solved', 'notInstalled'),
        },
      ),
    ],
  };
}

function driverUpdate(): ScenarioResult {
  return {
    id: 'driver-only-update',
    file: 'scenarios/real/driver-only-update.yaml',
    question: 'One driver is rebuilt for the same kernel. Can it be updated alone?',
    answer:
      'Not by zypper up, which does nothing; asking for it by version is a conflict with the build that is installed.',
    status: 'passed',
    error: null,
    hardware: 'laptop-e1000e',
    scheme: 'modular',
    kernels: ['6.1.0-52-amd64'],
    rerun: 'kmplab run scenarios/real/driver-only-update.yaml',
    steps: [
      step(
        'update everything',
        'zypper up',
        { status: 'solved', steps: [], recommendedNotInstalled: [], orphaned: [] },
        { counters: counters({ steps: 0, downloadBytes: 0, installedBytesChange: 0 }), phases: samples(0.3, 9, 4) },
      ),
      step(
        'ask for the new build',
        'zypper in e1000e-kmp-default=3.9_k6.1.0_52',
        {
          status: 'unsolvable',
          problems: [
            {
              rules: [
                {
                  type: 'pkgConflicts',
                  source: 'e1000e-kmp-default-3.9_k6.1.0_52-2.x86_64',
                  target: 'e1000e-kmp-default-3.8_k6.1.0_52-1.x86_64',
                  dependency: 'e1000e-kmp-default-k6.1.0_52',
                },
                {
                  type: 'job',
                  source: null,
                  target: null,
                  dependency: 'e1000e-kmp-default = 3.9_k6.1.0_52',
                },
              ],
              explanation: [
                'e1000e-kmp-default 3.9 for 6.1.0-52 was asked for and conflicts with build 3.8 of the same driver for the same kernel, which is installed.',
                'Both would own the same file: the installed build has to go first.',
              ],
              solutions: [
                ['deinstall e1000e-kmp-default-3.8_k6.1.0_52-1.x86_64'],
                ['do not ask for e1000e-kmp-default = 3.9_k6.1.0_52'],
              ],
            },
          ],
        },
        {
          counters: counters({ steps: 0, problems: 1, downloadBytes: 0, installedBytesChange: 0, learnt: 2 }),
          phases: samples(0.3, 9, 5).filter(({ phase }) => phase !== 'order'),
        },
      ),
    ],
  };
}

function missingNic(): ScenarioResult {
  return {
    id: 'missing-nic',
    file: 'scenarios/real/missing-nic.yaml',
    question:
      'The network card is swapped for one whose driver is not installed. Does the machine get back on the network?',
    answer:
      'Only while a repository is in reach: zypper inr installs r8152 and its dependencies. Without one the card stays dark.',
    status: 'passed',
    error: null,
    hardware: 'qemu-kvm',
    scheme: 'modular',
    kernels: ['6.1.0-53-amd64'],
    rerun: 'kmplab run scenarios/real/missing-nic.yaml',
    steps: [
      step(
        'repository in reach',
        'zypper inr',
        {
          status: 'solved',
          steps: ['mii', 'usbnet', 'r8152'].map((name) => ({
            type: 'install',
            nevra: `${name}-kmp-default-6.1.187_k6.1.0_53-1.x86_64`,
            replaces: [],
            downloadBytes: 31_000,
          })),
          recommendedNotInstalled: [],
          orphaned: [],
        },
        { counters: counters({ steps: 3, downloadBytes: 93_000 }), phases: samples(0.25, 9, 6) },
      ),
      step(
        'no repository in reach',
        'zypper inr',
        { status: 'solved', steps: [], recommendedNotInstalled: [], orphaned: [] },
        {
          counters: counters({ steps: 0, solvables: 45, downloadBytes: 0, rulesTotal: 212 }),
          phases: samples(0.02, 9, 7),
          audit: audit('refused'),
          expectations: expectations('solved', 'refused'),
          violations: [
            {
              kind: 'requires',
              package: 'r8152-kmp-default-6.1.187_k6.1.0_53-1.x86_64',
              subject: 'ksym(default:usbnet_probe) = 1a2b3c4d',
              other: null,
            },
          ],
          violationsTotal: 1,
        },
      ),
    ],
  };
}

function step(name: string, request: string, outcome: Outcome, changes: Partial<StepResult> = {}): StepResult {
  return {
    name,
    request,
    outcome,
    counters: counters(),
    phases: samples(1, 9, 2),
    violations: [],
    violationsTotal: 0,
    audit: audit('driven'),
    expectations: expectations(outcome.status, 'driven'),
    ...changes,
  };
}

/** Two that were met. */
function expectations(status: string, nic: string): StepResult['expectations'] {
  return [
    { aspect: 'status', expected: status, found: status, passed: true },
    { aspect: 'audit.devices.nic', expected: nic, found: nic, passed: true },
  ];
}

/** Two kernels, of which the newer boots next; the network card's state there is what most scenarios are about. */
export function audit(nic: Audit['devices'][number]['state']): Audit {
  const [older, newer] = ['6.1.0-52-amd64', '6.1.0-53-amd64'] as const;
  const device = (name: string, className: string, driver: string, modalias: string) => (kernel: string) => ({
    device: name,
    class: className,
    modalias,
    kernel,
    state: 'driven' as Audit['devices'][number]['state'],
    drivers: [driver],
  });
  const card = device(
    'Ethernet controller I217-LM',
    'network',
    'e1000e',
    'pci:v00008086d0000153Asv00001028sd000005CBbc02sc00i00',
  );
  const disk = device(
    'NVMe SSD controller',
    'storage',
    'nvme',
    'pci:v0000144Dd0000A808sv0000144Dsd0000A801bc01sc08i02',
  );
  const keyboard = device(
    'USB xHCI controller',
    'usb',
    'xhci_pci (built-in)',
    'pci:v00008086d00008C31sv00001028sd000005CBbc0Csc03i30',
  );
  return {
    kernels: [
      {
        release: older,
        package: 'kernel-default-6.1.180-1.x86_64',
        visible: 4023,
        loadable: 4023,
        weakUpdates: 0,
        refused: 0,
        refusedExamples: [],
      },
      {
        release: newer,
        package: 'kernel-default-6.1.187-1.x86_64',
        visible: 4023,
        loadable: nic === 'refused' ? 2816 : 4023,
        weakUpdates: nic === 'refused' ? 4023 : 0,
        refused: nic === 'refused' ? 1207 : 0,
        refusedExamples:
          nic === 'refused'
            ? [
                {
                  kernelModule: 'e1000e',
                  package: 'e1000e-kmp-default-6.1.180_k6.1.0_52-1.x86_64',
                  refusedImports: 12,
                  examples: [
                    { symbol: 'alloc_etherdev_mqs', wanted: '9f2c1a04', found: '1b77e0c2' },
                    { symbol: 'netif_napi_add_weight', wanted: 'c1d2e3f4', found: null },
                  ],
                },
              ]
            : [],
      },
    ],
    devices: [
      card(older),
      { ...card(newer), state: nic, drivers: nic === 'noDriver' ? [] : ['e1000e'] },
      disk(older),
      disk(newer),
      keyboard(older),
      keyboard(newer),
    ],
    nextBoot: newer,
  };
}

function churn(from: string, to: string, changed: number, broken: number): RunDocument['churn'][number] {
  const share = (part: number): number => Math.round(broken * part);
  return {
    from: `6.1.0-${from}-amd64`,
    to: `6.1.0-${to}-amd64`,
    symbols: 24_683,
    changed,
    added: changed === 0 ? 0 : 4,
    lost: changed > 1000 ? 2 : 0,
    kernelModules: 4023,
    broken,
    brokenBySubsystem:
      broken === 0
        ? []
        : [
            { name: 'drivers/net', count: share(0.42) },
            { name: 'drivers/gpu', count: share(0.3) },
            { name: 'net', count: broken - share(0.42) - share(0.3) },
          ],
    responsible:
      broken === 0
        ? []
        : [
            { name: 'alloc_etherdev_mqs', count: share(0.31) },
            { name: 'netif_napi_add_weight', count: share(0.22) },
          ],
  };
}

function graph(): GraphFacts {
  const spread = (mean: number, p50: number, p90: number, p99: number, max: number) => ({ mean, p50, p90, p99, max });
  const bins = (counts: readonly number[], edge: (index: number) => number) =>
    counts.map((count, index) => ({ from: edge(index), to: edge(index + 1), count }));
  const unit = (index: number): number => index;
  const doubling = (index: number): number => (index === 0 ? 0 : 2 ** (index - 1));
  return {
    release: '6.1.0-53-amd64',
    kernelModules: 4023,
    edges: 6022,
    imports: 188_913,
    importsFromImage: 147_352,
    exports: 24_683,
    exportsOfImage: 10_503,
    exportingModules: 930,
    leaves: 3257,
    withoutDependency: 1075,
    withoutHardwareAlias: 1895,
    aliases: 26_222,
    cycles: 0,
    importsPerModule: spread(47, 28, 101, 286, 1161),
    exportsPerModule: spread(3.5, 0, 6, 67, 482),
    outDegree: spread(1.5, 1, 3, 6, 15),
    inDegree: spread(1.5, 0, 2, 26, 393),
    closure: spread(2.5, 1, 7, 12, 25),
    depth: spread(1.3, 1, 3, 6, 9),
    fanIn: spread(10.9, 2, 13, 159, 4023),
    symbolsWithOneUser: 7060,
    hubs: [
      { name: 'usbcore', direct: 393, transitive: 431 },
      { name: 'industrialio', direct: 236, transitive: 283 },
      { name: 'rc_core', direct: 196, transitive: 243 },
      { name: 'snd_pcm', direct: 183, transitive: 239 },
      { name: 'videodev', direct: 146, transitive: 181 },
    ],
    blastRadius: [
      { symbol: 'module_layout', exporter: 'vmlinux', direct: 4023, transitive: 4023 },
      { symbol: '__fentry__', exporter: 'vmlinux', direct: 3987, transitive: 4009 },
      { symbol: 'kfree', exporter: 'vmlinux', direct: 1956, transitive: 2740 },
      { symbol: 'usb_register_driver', exporter: 'usbcore', direct: 340, transitive: 379 },
    ],
    histograms: [
      { of: 'imports', bins: bins([0, 4, 21, 170, 620, 1180, 1120, 640, 200, 52, 14, 2], doubling) },
      { of: 'fanIn', bins: bins([0, 7060, 4600, 2800, 1500, 800, 300, 110, 60, 30, 9, 5, 2], doubling) },
      { of: 'inDegree', bins: bins([3257, 310, 180, 120, 80, 40, 20, 10, 5, 1], doubling) },
      { of: 'outDegree', bins: bins([1075, 1500, 820, 380, 140, 60, 25, 10, 5, 3, 2, 1, 0, 0, 1, 1], unit) },
      {
        of: 'closure',
        bins: bins(
          [1075, 1210, 610, 300, 220, 160, 120, 100, 80, 60, 40, 20, 10, 8, 4, 2, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1],
          unit,
        ),
      },
      { of: 'depth', bins: bins([1075, 1560, 820, 330, 130, 60, 30, 12, 4, 2], unit) },
    ],
  };
}
