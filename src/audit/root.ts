import { matchModalias, type RootNeeds } from '#hardware';
import type { AuditedDevice, RootNeed } from '#run-document';
import { isBuiltin } from './devices.js';
import type { BootableKernel, InstalledModule } from './payload.js';
import type { KernelView } from './view.js';

const ofDevice = { driven: 'ready', refused: 'refused', notInstalled: 'notInstalled', noDriver: 'unknown' } as const;

/** An initrd is made from what the kernel sees, so what it lacks at the next boot is what is not ready now. */
export function rootNeeds(
  { devices, kernelModules }: RootNeeds,
  kernel: BootableKernel,
  view: KernelView,
  audited: readonly AuditedDevice[],
  reachable: readonly InstalledModule[],
): RootNeed[] {
  return [
    ...devices.map((need): RootNeed => {
      const device = audited.find((one) => one.device === need && one.kernel === kernel.release);
      return { need, state: device === undefined ? 'unknown' : ofDevice[device.state] };
    }),
    ...kernelModules.map((need): RootNeed => ({ need, state: stateOf(need, kernel, view, reachable) })),
  ];
}

function stateOf(
  need: string,
  kernel: BootableKernel,
  view: KernelView,
  reachable: readonly InstalledModule[],
): RootNeed['state'] {
  if (isBuiltin(need, kernel.image)) return 'ready';
  const found = view.visible.filter((one) => answersTo(one, need));
  if (found.some((one) => view.verdict.loadable.has(one))) return 'ready';
  if (found.length > 0) return 'refused';
  return reachable.some((one) => answersTo(one, need)) ? 'notInstalled' : 'unknown';
}

/** modprobe takes `-` and `_` for one character, in names and in aliases. */
export function answersTo({ kernelModule }: InstalledModule, need: string): boolean {
  const wanted = need.replaceAll('-', '_');
  return (
    kernelModule.name === wanted ||
    kernelModule.aliases.some((alias) => !alias.includes(':') && matchModalias(alias.replaceAll('-', '_'), wanted))
  );
}
