import type { MachineStep, RunDocument, SchemeComparison } from '#run-document';
import { runDocument } from '../run-document.js';

function machineStep(name: MachineStep['name'], downloadBytes: number, driven: number): MachineStep {
  return {
    name,
    request: name === 'install' ? 'zypper in kernel-default' : 'zypper up',
    status: 'solved',
    packages: 89,
    downloadBytes,
    installedBytesChange: 35_400_000,
    devices: 18,
    driven,
    refused: 0,
  };
}

function comparison(scheme: string, downloadBytes: number, tied: number, driven: number): SchemeComparison {
  return {
    scheme,
    repository: 'kernel-53',
    updates: [
      {
        from: '6.1.0-52-amd64',
        to: '6.1.0-53-amd64',
        packages: 4024,
        rebuilt: { image: 1, new: 2, changed: 433, tied },
      },
    ],
    machines: ['kvm-guest', 'laptop-e1000e'].map((hardware, index) => ({
      hardware,
      steps: [
        machineStep('install', downloadBytes, driven),
        machineStep('update', downloadBytes * (index + 1), driven),
      ],
    })),
  };
}

/** A made-up run that compared two schemes, the second of which cannot solve one request. */
export function comparedSchemes(): RunDocument {
  const run = runDocument();
  const [first] = run.scenarios;
  if (first === undefined) throw new Error('no scenario');
  const other = comparison('split layout=fedora', 54_500_000, 3588, 9);
  const [machine, ...machines] = other.machines;
  const unsolvable = machine?.steps.map((step) => ({ ...step, status: 'unsolvable' as const, downloadBytes: 0 })) ?? [];
  return {
    ...run,
    scenarios: ['modular', 'split layout=fedora'].map((scheme) => ({
      ...first,
      id: `${first.id} under ${scheme}`,
      scheme,
    })),
    repositories: run.repositories.flatMap((one) => [
      one,
      { ...one, scheme: 'split layout=fedora', packages: 5, primaryGzipBytes: 372_000, primaryZstdBytes: null },
    ]),
    schemes: [
      comparison('modular', 12_600_000, 858, 18),
      { ...other, machines: [{ hardware: 'kvm-guest', steps: unsolvable }, ...machines] },
    ],
  };
}
