import type { AuditableDevice, Initrds, Payload } from '#audit';
import { type RootNeeds, replaceDevice } from '#hardware';
import { compareEvr } from '#rpm';
import type { InitrdSpec, LoaderSpec, ScenarioStep, SystemSettings } from '#scenario';
import type { SystemState } from './system-state.js';

/** Everything that a step of a scenario starts from. */
export interface MachineState {
  readonly installed: SystemState;
  /** Names of packages that nobody asked for. */
  readonly autoInstalled: readonly string[];
  readonly devices: readonly AuditableDevice[];
  /** What must work before the root file system is mounted; null where nobody knows. */
  readonly root: RootNeeds | null;
  readonly settings: SystemSettings;
  readonly loader: LoaderSpec;
  readonly initrd: InitrdSpec;
  /** What lies in /boot. */
  readonly initrds: Initrds;
  /** Release of the kernel that was booted last; null before the first one is installed. */
  readonly booted: string | null;
}

/** What happens before the request of a step: new settings, other devices, a reboot. @throws InputError */
export function beforeRequest(
  state: MachineState,
  { system, loader, initrd, replaceDevices, reboot }: ScenarioStep,
): MachineState {
  let { devices, root } = state;
  for (const [name, device] of Object.entries(replaceDevices)) {
    devices = replaceDevice(devices, name, device);
    root =
      root === null ? null : { ...root, devices: root.devices.map((need) => (need === name ? device.name : need)) };
  }
  return {
    ...state,
    devices,
    root,
    loader: loader ?? state.loader,
    initrd: initrd ?? state.initrd,
    settings: { ...state.settings, ...system },
    booted: reboot || state.booted === null ? newestKernel(state.installed) : state.booted,
  };
}

/** The release of the newest installed kernel, which the next boot takes. */
export function newestKernel(installed: SystemState): string | null {
  return newestFirst(installed)[0]?.kernel?.release ?? null;
}

function newestFirst(installed: SystemState): readonly Payload[] {
  return installed.filter(({ kernel }) => kernel !== null).sort((a, b) => compareEvr(b.package.evr, a.package.evr));
}

/** `uname -r` of the running kernel. */
export function unameOf({ installed, settings, booted }: MachineState): string | null {
  return unameOfKernel(installed, settings.running ?? booted);
}

/**
 * `uname -r` of a kernel, as libzypp needs it to find the package: version, release and flavor. Debian's kernels call themselves
 * otherwise (6.1.0-53-amd64 is version 6.1.187-1); SUSE's kernel of that version would say 6.1.187-1-default.
 */
export function unameOfKernel(installed: SystemState, release: string | null): string | null {
  const running = installed.find((one) => one.kernel?.release === release);
  if (running === undefined) return release;
  const { name, evr } = running.package;
  const flavor = /^kernel-([^-]+)/.exec(name)?.[1];
  return flavor === undefined ? release : `${evr.version}-${evr.release}-${flavor}`;
}
