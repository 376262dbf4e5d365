import { audit, type Payload } from '#audit';
import type { HardwareProfile } from '#hardware';
import { compareEvr } from '#rpm';
import type { Audit } from '#run-document';
import { loaderSchema } from '#scenario';
import { loaderPolicyOf } from '../scenario/loader-policy.js';
import type { SystemState } from '../scenario/system-state.js';

/** What a machine has at its next boot. Older kernels are not asked, but what they left on disk may be linked into the newest. */
export function auditNextBoot(state: SystemState, { devices }: HardwareProfile, scheme: string): Audit {
  const kernels = state.filter(({ kernel }) => kernel !== null);
  const newest = kernels.reduce<Payload | undefined>(
    (best, one) => (best === undefined || compareEvr(one.package.evr, best.package.evr) > 0 ? one : best),
    undefined,
  );
  return audit({
    installed: state.map((one) => (one === newest ? one : { ...one, kernel: null })),
    // What is in reach and not installed makes no difference here: a device is driven or it is not.
    offered: [],
    devices: devices.filter(({ drivers }) => drivers === undefined || drivers.length > 0),
    policy: loaderPolicyOf(scheme, loaderSchema.parse({})),
    root: null,
  });
}

export function drivenDevices({ devices }: Audit): ReadonlySet<string> {
  return new Set(devices.filter(({ state }) => state === 'driven').map(({ device }) => device));
}

/** Of these drivers those that are installed for some kernel and drive no device at the next boot. */
export function waitedFor(drivers: readonly string[], state: SystemState, { devices }: Audit): string[] {
  const installed = new Set(state.flatMap(({ modules }) => modules.map(({ kernelModule }) => kernelModule.name)));
  const driving = new Set(devices.flatMap((device) => (device.state === 'driven' ? device.drivers : [])));
  return drivers.filter((driver) => installed.has(driver) && !driving.has(driver));
}
