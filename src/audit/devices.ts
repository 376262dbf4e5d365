import { type Device, matchModalias } from '#hardware';
import type { KernelImage } from '#kernel';
import type { AuditedDevice } from '#run-document';
import type { BootableKernel, InstalledModule } from './payload.js';
import type { KernelView } from './view.js';

/** The aliases of kernel modules, ready to be asked for one device after the other. */
export class AliasIndex {
  /** By bus, the text up to the first colon; those that leave the bus open, as `acpi*:PNP0501:*` does, are under the empty one. */
  readonly #byBus = new Map<string, { readonly pattern: string; readonly installed: InstalledModule }[]>();

  constructor(modules: Iterable<InstalledModule>) {
    for (const installed of modules) {
      for (const pattern of installed.kernelModule.aliases) {
        const bus = busOf(pattern);
        const list = this.#byBus.get(bus);
        if (list === undefined) this.#byBus.set(bus, [{ pattern, installed }]);
        else list.push({ pattern, installed });
      }
    }
  }

  /** Kernel modules that claim the device, each once, sorted by name. */
  driversOf(modalias: string): InstalledModule[] {
    const found = new Set<InstalledModule>();
    for (const bus of new Set([busOf(modalias), ''])) {
      for (const { pattern, installed } of this.#byBus.get(bus) ?? []) {
        if (mayMatch(pattern, modalias) && matchModalias(pattern, modalias)) found.add(installed);
      }
    }
    return [...found].sort((a, b) => (a.kernelModule.name < b.kernelModule.name ? -1 : 1));
  }
}

function busOf(pattern: string): string {
  const colon = pattern.indexOf(':');
  const bus = pattern.slice(0, Math.max(colon, 0));
  return /[*?[\\]/.test(bus) ? '' : bus;
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

/** What one device comes to under one kernel. `reachable` are the kernel modules that some repository or package offers. */
export function auditDevice(
  device: AuditableDevice,
  { release, image }: BootableKernel,
  view: KernelView,
  own: AliasIndex,
  reachable: AliasIndex,
): AuditedDevice {
  const installed = own.driversOf(device.modalias);
  const loadable = installed.filter((one) => view.verdict.loadable.has(one));
  const builtin = (device.drivers ?? []).filter((driver) => isBuiltin(driver, image));
  const line = { device: device.name, class: device.class, modalias: device.modalias, kernel: release };
  if (loadable.length > 0) return { ...line, state: 'driven', drivers: names(loadable) };
  // modules.builtin lists names and no aliases, so that only a profile can tell which of them drives a device.
  if (builtin.length > 0) {
    return { ...line, state: 'driven', drivers: builtin.map((driver) => `${driver} (built-in)`) };
  }
  if (installed.length > 0) return { ...line, state: 'refused', drivers: names(installed) };
  const offered = reachable.driversOf(device.modalias);
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
