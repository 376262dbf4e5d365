import { audit, type InstalledModule, loadableModules } from '#audit';
import type { HardwareProfile } from '#hardware';
import type { Audit, LoaderPolicy } from '#run-document';
import { loaderSchema } from '#scenario';
import { loaderPolicyOf } from '../machine/loader-policy.js';
import { newestFirst, type SystemState } from '../machine/system-state.js';

/** What a machine has at its next boot. Older kernels are not asked, but what they left on disk may be linked into the newest. */
export function auditNextBoot(state: SystemState, { devices, root }: HardwareProfile, scheme: string): Audit {
  const newest = newestFirst(state)[0];
  return audit({
    installed: state.map((payload) => (payload === newest ? payload : { ...payload, kernel: null })),
    // What is in reach and not installed makes no difference here: a device is driven or it is not.
    offered: [],
    devices: devices.filter(({ drivers }) => drivers === undefined || drivers.length > 0),
    policy: policyOf(scheme),
    root: root ?? null,
  });
}

/** The kernel modules that the kernel of the next boot would load, from any package. */
export function loadableAtNextBoot(state: SystemState, scheme: string): ReadonlySet<InstalledModule> {
  const kernel = newestFirst(state)[0]?.kernel ?? null;
  return kernel === null ? new Set() : loadableModules({ installed: state, policy: policyOf(scheme) }, kernel);
}

export function policyOf(scheme: string): LoaderPolicy {
  return loaderPolicyOf(scheme, loaderSchema.parse({}));
}

export function drivenDevices({ devices }: Audit): ReadonlySet<string> {
  return new Set(devices.filter(({ state }) => state === 'driven').map(({ device }) => device));
}

/** Of these drivers those that are installed for some kernel. */
export function driversIn(state: SystemState, drivers: readonly string[]): string[] {
  const installed = new Set(state.flatMap(({ modules }) => modules.map(({ kernelModule }) => kernelModule.name)));
  return drivers.filter((driver) => installed.has(driver));
}

/** Of these drivers those that drive no device at the next boot. */
export function notDriving(drivers: readonly string[], { devices }: Audit): string[] {
  const driving = new Set(
    devices.flatMap((device) => (device.state === 'driven' ? device.drivers.map(({ name }) => name) : [])),
  );
  return drivers.filter((driver) => !driving.has(driver));
}
