import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeKernelBuild } from '#kernel';
import { smallBuild } from './small-history.js';

const hardware = `name: small
description: a machine with two devices
devices:
  - { name: nic, class: network, modalias: "usb:v0BDAp8152d3000", drivers: [r8152] }
  - { name: disk, class: storage, modalias: "pci:v0000144Dd0000A808sv0sd0bc01sc08i02", drivers: [nvme] }
`;

/** Writes two kernel builds, a hardware profile and a scenario of a kernel update; returns the scenario's path. */
export async function smallLab(
  directory: string,
  edit: (scenario: string) => string = (text) => text,
): Promise<string> {
  await writeKernelBuild(smallBuild('6.1.0-1-default', 3), join(directory, 'one.kernel'));
  await writeKernelBuild(smallBuild('6.1.0-2-default', 4), join(directory, 'two.kernel'));
  await writeFile(join(directory, 'hardware.yaml'), hardware);
  const scenario = `question: Does an update bring the drivers along?
hardware: ${directory}/hardware.yaml
repositories:
  base: { kernels: [${directory}/one.kernel] }
  update: { kernels: [${directory}/two.kernel] }
steps:
  - name: fresh install
    repositories: [base]
    request: { verb: in, names: [kernel-default] }
    expect:
      status: solved
      transaction: { steps: 4 }
      audit: { nextBoot: 6.1.0-1-default, loadable: 3, devices: { network: driven, storage: driven } }
  - name: kernel by name
    repositories: [base, update]
    request: { verb: in, names: [kernel-default] }
    expect:
      status: solved
      transaction: { steps: 1 }
      audit: { nextBoot: 6.1.0-2-default, loadable: 2, devices: { nic: notInstalled, disk: driven } }
`;
  const file = join(directory, 'update.yaml');
  await writeFile(file, edit(scenario));
  return file;
}
