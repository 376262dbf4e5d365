import type { StepResult } from '#run-document';
import { atNextBoot, lackingDeviceText, rootText } from './audit.js';
import { brokenWords, evidenceText } from './promise.js';

/** What a machine keeps after a step, a line each: the next boot, its devices and root file system, and every broken promise. */
export function stepKeepsText({ audit, promises }: Pick<StepResult, 'audit' | 'promises'>): string {
  const kernel = audit.kernels.find(({ release }) => release === audit.nextBoot);
  if (kernel === undefined) return 'next boot: no kernel is installed\n';
  const devices = atNextBoot(audit);
  const lacking = devices.filter(({ state }) => state !== 'driven');
  const lines = [
    `next boot: ${kernel.release}`,
    ...(devices.length === 0 ? [] : [`devices with a driver: ${devices.length - lacking.length} of ${devices.length}`]),
    ...lacking.map((device) => `  without: ${lackingDeviceText(device)}`),
    `root file system: ${rootText(kernel.root)}`,
    ...promises.flatMap((result) =>
      result.status === 'broken'
        ? [`broken: ${brokenWords[result.promise]} (${result.evidence.map(evidenceText).join('; ')})`]
        : [],
    ),
  ];
  return `${lines.join('\n')}\n`;
}
