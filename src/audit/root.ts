import type { RootNeeds } from '#hardware';
import type { AuditedDevice, RootNeed } from '#run-document';
import { answersTo, driversOf, isBuiltin } from './matching.js';
import type { BootableKernel, InstalledModule } from './payload.js';
import type { EarlyView, Sources } from './view.js';

const ofDevice = { driven: 'ready', refused: 'refused', notInstalled: 'notInstalled', noDriver: 'unknown' } as const;

/** What mounting the root file system takes must be in the initrd, and be loaded by this kernel. */
export function rootNeeds(
  { devices, kernelModules }: RootNeeds,
  kernel: BootableKernel,
  sources: Sources,
  audited: readonly AuditedDevice[],
): RootNeed[] {
  return [
    ...devices.map((need): RootNeed => {
      const device = audited.find((one) => one.device === need && one.kernel === kernel.release);
      const state = device === undefined ? 'unknown' : ofDevice[device.state];
      const isThere = device === undefined || isDrivenEarly(device, sources);
      return { need, state: state === 'ready' && !isThere ? 'notInInitrd' : state };
    }),
    ...kernelModules
      .filter((need) => isAskedFor(need, sources))
      .map((need): RootNeed => ({ need, state: stateOf(need, kernel, sources) })),
  ];
}

/**
 * Whether this kernel still asks for a checksum or cipher by name: ext4 and btrfs named `crypto-crc32c` as a soft dependency until their code
 * became a library of the kernel (gone in 7.2, there in 6.12). A machine that mounts its root with it lists it, whatever kernel comes.
 */
function isAskedFor(need: string, { view, reachable }: Sources): boolean {
  const names = ({ kernelModule }: InstalledModule): boolean => kernelModule.softdeps.pre.includes(need);
  return !need.startsWith('crypto-') || view.visible.some(names) || reachable.some(names);
}

function isDrivenEarly({ modalias, drivers }: AuditedDevice, { early }: Sources): boolean {
  if (early === null || drivers.some(({ from }) => from === 'builtin')) return true;
  return driversOf(modalias, early.visible).some((installedModule) => early.verdict.loadable.has(installedModule));
}

function stateOf(need: string, kernel: BootableKernel, { view, early, reachable }: Sources): RootNeed['state'] {
  if (isBuiltin(need, kernel.image)) return 'ready';
  const loadableIn = ({ visible, verdict }: EarlyView): boolean =>
    visible.some((installedModule) => answersTo(installedModule, need) && verdict.loadable.has(installedModule));
  if (early !== null && loadableIn(early)) return 'ready';
  if (loadableIn(view)) return early === null ? 'ready' : 'notInInitrd';
  if (view.visible.some((installedModule) => answersTo(installedModule, need))) return 'refused';
  return reachable.some((installedModule) => answersTo(installedModule, need)) ? 'notInstalled' : 'unknown';
}
