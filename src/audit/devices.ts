import { type Device, matchModalias } from '#hardware';
import type { KernelImage } from '#kernel';
import type { AuditedDevice } from '#run-document';
import type { BootableKernel, InstalledModule } from './payload.js';
import type { Sources } from './view.js';

/** Kernel modules that claim the device, each once, sorted by name. */
export function driversOf(modalias: string, modules: readonly InstalledModule[]): InstalledModule[] {
  const claims = (pattern: string): boolean => mayMatch(pattern, modalias) && matchModalias(pattern, modalias);
  const found = new Set(modules.filter(({ kernelModule }) => kernelModule.aliases.some(claims)));
  return [...found].sort((a, b) => (a.kernelModule.name < b.kernelModule.name ? -1 : 1));
}

/** Compares up to the first wildcard: a cheap test that spares nearly every fnmatch. */
function mayMatch(pattern: string, modalias: string): boolean {
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charCodeAt(at);
    if (character === 0x2a || character === 0x3f || character === 0x5b || character === 0x5c) return true;
    if (character !== modalias.charCodeAt(at)) return false;
  }
  return pattern.length === modalias.length;
}

/** A device, and where a profile knows them the kernel modules that drive it. */
export type AuditableDevice = Device & { readonly drivers?: readonly string[] };

/** What one device comes to under one kernel. What only the initrd has drives it too: it stays loaded once the root is mounted. */
export function auditDevice(
  device: AuditableDevice,
  { release, image }: BootableKernel,
  { view, early, reachable }: Sources,
): AuditedDevice {
  const installed = driversOf(device.modalias, view.visible);
  const loadable = installed.filter((one) => view.verdict.loadable.has(one));
  const builtin = (device.drivers ?? []).filter((driver) => isBuiltin(driver, image));
  const line = { device: device.name, class: device.class, modalias: device.modalias, kernel: release };
  if (loadable.length > 0) return { ...line, state: 'driven', drivers: names(loadable) };
  // modules.builtin lists names and no aliases, so that only a profile can tell which of them drives a device.
  if (builtin.length > 0) {
    return { ...line, state: 'driven', drivers: builtin.map((driver) => `${driver} (built-in)`) };
  }
  const inInitrd =
    early === null ? [] : driversOf(device.modalias, early.visible).filter((one) => early.verdict.loadable.has(one));
  if (inInitrd.length > 0)
    return { ...line, state: 'driven', drivers: names(inInitrd).map((name) => `${name} (initrd)`) };
  if (installed.length > 0) return { ...line, state: 'refused', drivers: names(installed) };
  const offered = driversOf(device.modalias, reachable);
  return { ...line, state: offered.length > 0 ? 'notInstalled' : 'noDriver', drivers: names(offered) };
}

export function isBuiltin(name: string, image: KernelImage): boolean {
  let names = builtinNames.get(image);
  if (names === undefined) {
    names = new Set(image.builtin.map((path) => path.replace(/^.*\/|\.ko$/g, '').replaceAll('-', '_')));
    builtinNames.set(image, names);
  }
  return names.has(name.replaceAll('-', '_'));
}

const builtinNames = new WeakMap<KernelImage, ReadonlySet<string>>();

function names(modules: readonly InstalledModule[]): string[] {
  return [...new Set(modules.map(({ kernelModule }) => kernelModule.name))];
}
