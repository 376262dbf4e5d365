import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type KernelBuild, writeKernelBuild } from '#kernel';
import { kernel } from './kernel.js';

/** The USB network card, its driver's dependency and a disk; `skb` is a checksum of the image that only the card's driver imports. */
export function smallBuild(release: string, skb: number): KernelBuild {
  return kernel({
    release,
    image: { module_layout: 1, kfree: 2, alloc_skb: skb },
    modules: {
      usbcore: { exports: { usb_register: 0xaa }, imports: ['module_layout', 'kfree'] },
      r8152: { imports: ['module_layout', 'usb_register', 'alloc_skb'], aliases: ['usb:v0BDAp8152d*'] },
      nvme: { imports: ['module_layout', 'kfree'], aliases: ['pci:v*d*sv*sd*bc01sc08i02*'] },
    },
  });
}

export const smallHistoryBuilds = {
  one: smallBuild('6.1.0-1-default', 3),
  // Changes the checksum that r8152 imports.
  two: smallBuild('6.1.0-2-default', 4),
  // Changes nothing.
  three: smallBuild('6.1.0-3-default', 4),
} as const;

const hardware = `name: small
description: a machine with two devices
devices:
  - { name: nic, class: network, modalias: "usb:v0BDAp8152d3000", drivers: [r8152] }
  - { name: disk, class: storage, modalias: "pci:v0000144Dd0000A808sv0sd0bc01sc08i02", drivers: [nvme] }
`;

const history = `name: small
description: three builds, and a vendor who takes ten days for each
chain:
  - { kernel: one.kernel, date: 2026-01-01 }
  - { kernel: two.kernel, date: 2026-02-01 }
  - { kernel: three.kernel, date: 2026-03-01 }
drivers:
  - { name: vendor_nic, vendor: A vendor, like: r8152, version: "5", lagDays: 10 }
`;

/** Writes three kernel builds, a hardware profile and a history of them. */
export async function smallHistory(
  directory: string,
  edit: (history: string) => string = (text) => text,
): Promise<{ readonly file: string; readonly profile: string }> {
  for (const [name, build] of Object.entries(smallHistoryBuilds))
    await writeKernelBuild(build, join(directory, `${name}.kernel`));
  const [file, profile] = [join(directory, 'history.yaml'), join(directory, 'hardware.yaml')];
  await writeFile(profile, hardware);
  await writeFile(file, edit(history));
  return { file, profile };
}
