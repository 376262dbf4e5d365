import type { AuditedDevice } from '#run-document';
import { driversOf, isBuiltin } from './matching.js';
import type { AuditableDevice, BootableKernel, InstalledModule } from './payload.js';
import type { Sources } from './view.js';

/** What one device comes to under one kernel. What only the initrd has drives it too: it stays loaded once the root is mounted. */
export function auditDevice(
  device: AuditableDevice,
  { release, image }: BootableKernel,
  { view, early, reachable }: Sources,
): AuditedDevice {
  const line = { device: device.name, class: device.class, modalias: device.modalias, kernel: release };
  const installed = driversOf(device.modalias, view.visible);
  const loadable = installed.filter((installedModule) => view.verdict.loadable.has(installedModule));
  if (loadable.length > 0) return { ...line, state: 'driven', drivers: drivers(loadable, 'package') };
  // modules.builtin lists names and no aliases, so that only a profile can tell which of them drives a device.
  const builtin = (device.drivers ?? []).filter((driver) => isBuiltin(driver, image));
  if (builtin.length > 0) {
    return { ...line, state: 'driven', drivers: builtin.map((name) => ({ name, from: 'builtin' })) };
  }
  const inInitrd =
    early === null
      ? []
      : driversOf(device.modalias, early.visible).filter((installedModule) =>
          early.verdict.loadable.has(installedModule),
        );
  if (inInitrd.length > 0) return { ...line, state: 'driven', drivers: drivers(inInitrd, 'initrd') };
  if (installed.length > 0) return { ...line, state: 'refused', drivers: drivers(installed, 'package') };
  const offered = driversOf(device.modalias, reachable);
  return { ...line, state: offered.length > 0 ? 'notInstalled' : 'noDriver', drivers: drivers(offered, 'package') };
}

function drivers(
  modules: readonly InstalledModule[],
  from: AuditedDevice['drivers'][number]['from'],
): AuditedDevice['drivers'] {
  const names = new Set(modules.map(({ kernelModule }) => kernelModule.name));
  return [...names].map((name) => ({ name, from }));
}
