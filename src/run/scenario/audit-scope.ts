import { type AuditableDevice, Coverage, type Payload } from '#audit';
import type { AuditScope } from '../machine/machine-state.js';

interface ScopeOptions {
  /** The scenario takes some kernel modules of its builds only. */
  readonly partial: boolean;
  /** Of all repositories that some step can reach. */
  readonly payloads: readonly Payload[];
  /** Of the hardware profile, before any was swapped. */
  readonly devices: readonly AuditableDevice[];
}

/**
 * A scenario on a part of a kernel says nothing of devices whose drivers were left out of that part: counted as lost, they would say that a
 * scheme loses them. A device that a step swaps in is asked about in any case. The root file system is judged where the part has all
 * that mounting it takes.
 */
export function auditScope({ partial, payloads, devices: own }: ScopeOptions): AuditScope {
  if (!partial) return ({ devices, root }) => ({ devices: devices.filter(needsDriver), root });
  const coverage = new Coverage(payloads);
  const spoken = new Set(own.filter((device) => coverage.drives(device)));
  return ({ devices, root }) => {
    const looked = devices.filter((device) => needsDriver(device) && (spoken.has(device) || !own.includes(device)));
    return { devices: looked, root: root !== null && coverage.mounts(root, looked) ? root : null };
  };
}

/** Where a profile says that nothing drives a device, no kernel module is missed. Where it does not say, one may be. */
function needsDriver({ drivers }: AuditableDevice): boolean {
  return drivers === undefined || drivers.length > 0;
}
