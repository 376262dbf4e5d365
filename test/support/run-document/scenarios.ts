import type { Asker, Reason, ScenarioResult, StatementOf, TransactionStep } from '#run-document';
import { audit } from './audit.js';
import { counters, samples } from './measurement.js';
import { expectations, step } from './step.js';

export function kernelUpdate(): ScenarioResult {
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
    trap: false,
    topic: 'updates',
    comparedWith: 'zypper',
    status: 'passed',
    error: null,
    hardware: 'laptop-e1000e',
    scheme: 'modular',
    kernelParts: [],
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
        unknown: [],
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
          unknown: [],
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

export function driverUpdate(): ScenarioResult {
  return {
    id: 'driver-only-update',
    file: 'scenarios/real/driver-only-update.yaml',
    question: 'One driver is rebuilt for the same kernel. Can it be updated alone?',
    trap: false,
    topic: null,
    comparedWith: null,
    status: 'passed',
    error: null,
    hardware: 'laptop-e1000e',
    scheme: 'modular',
    kernelParts: [],
    kernels: ['6.1.0-52-amd64'],
    rerun: 'kmplab run scenarios/real/driver-only-update.yaml',
    steps: [
      step(
        'update everything',
        'zypper up',
        { status: 'solved', steps: [], recommendedNotInstalled: [], orphaned: [], unknown: [] },
        { counters: counters({ steps: 0, downloadBytes: 0, installedBytesChange: 0 }), phases: samples(0.3, 9, 4) },
      ),
      step(
        'ask for the new build',
        'zypper in e1000e-kmp-default=3.9_k6.1.0_52',
        {
          status: 'unsolvable',
          causes: {
            first: [
              {
                cause: { kind: 'clash', statement: buildsConflict },
                problems: 1,
                packages: 2,
                direct: 0,
                through: 0,
                scenarios: [],
              },
            ],
            total: 1,
          },
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
              cause: buildsConflict,
              reasons: [
                { depth: 0, statement: buildsConflict, decides: null },
                asked('e1000e-kmp-default-3.9_k6.1.0_52-2.x86_64'),
              ],
              kabi: [],
              solutions: [
                {
                  elements: [{ kind: 'erase', package: 'e1000e-kmp-default-3.8_k6.1.0_52-1.x86_64' }],
                  effect: {
                    status: 'solved',
                    together: [],
                    steps: [
                      {
                        type: 'upgrade',
                        nevra: 'e1000e-kmp-default-3.9_k6.1.0_52-2.x86_64',
                        replaces: ['e1000e-kmp-default-3.8_k6.1.0_52-1.x86_64'],
                        downloadBytes: 147_725,
                      },
                    ],
                    stepsTotal: 1,
                    devices: {
                      nextBoot: '6.1.0-52-amd64',
                      driven: 4,
                      lost: [{ device: 'Wired network card', state: 'refused' }],
                    },
                  },
                },
                {
                  elements: [{ kind: 'job', asker, action: 'install', what: ['e1000e-kmp-default = 3.9_k6.1.0_52'] }],
                  effect: { status: 'notTried', why: 'manySolutions', number: 8 },
                },
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

export function missingNic(): ScenarioResult {
  return {
    id: 'missing-nic',
    file: 'scenarios/real/missing-nic.yaml',
    question:
      'The network card is swapped for one whose driver is not installed. Does the machine get back on the network?',
    trap: false,
    topic: null,
    comparedWith: null,
    status: 'passed',
    error: null,
    hardware: 'qemu-kvm',
    scheme: 'modular',
    kernelParts: [],
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
          unknown: [],
        },
        { counters: counters({ steps: 3, downloadBytes: 93_000 }), phases: samples(0.25, 9, 6) },
      ),
      step(
        'no repository in reach',
        'zypper inr',
        { status: 'solved', steps: [], recommendedNotInstalled: [], orphaned: [], unknown: [] },
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

export const buildsConflict: StatementOf<'conflicts'> = {
  kind: 'conflicts',
  by: 'e1000e-kmp-default-3.9_k6.1.0_52-2.x86_64',
  with: 'e1000e-kmp-default-3.8_k6.1.0_52-1.x86_64',
  dependencies: ['e1000e-kmp-default-k6.1.0_52'],
  dependenciesTotal: 1,
};

const asker: Asker = { kind: 'request', verb: 'in', name: 'e1000e-kmp-default' };

function asked(nevra: string): Reason {
  return {
    depth: 1,
    statement: { kind: 'asked', asker, action: 'install', what: nevra },
    decides: { package: nevra, installed: true },
  };
}
