import { type Device, matchModalias } from '#hardware';
import type { KernelImage, KernelModule } from '#kernel';
import type { AuditedDevice } from '#run-document';
import type { Payload } from './payload.js';
import type { KernelView } from './visibility.js';

/** The aliases of a set of kernel modules, ready to be asked for one device after the other. */
export interface AliasIndex {
  readonly entries: readonly {
    readonly pattern: string;
    readonly literal: string;
    readonly kernelModule: KernelModule;
  }[];
}

export function aliasIndex(kernelModules: Iterable<KernelModule>): AliasIndex {
  const entries = [];
  for (const kernelModule of kernelModules) {
    for (const pattern of kernelModule.aliases)
      entries.push({ pattern, literal: literalPrefix(pattern), kernelModule });
  }
  return { entries };
}

/** Up to the first wildcard: a cheap test that spares nearly every fnmatch. */
function literalPrefix(pattern: string): string {
  const wildcard = pattern.search(/[*?[\\]/);
  return wildcard < 0 ? pattern : pattern.slice(0, wildcard);
}

/** Kernel modules that claim the device, each once, sorted by name. */
export function driversOf(modalias: string, index: AliasIndex): KernelModule[] {
  const found = new Set<KernelModule>();
  for (const { pattern, literal, kernelModule } of index.entries) {
    if (modalias.startsWith(literal) && matchModalias(pattern, modalias)) found.add(kernelModule);
  }
  return [...found].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A device, and where a profile knows them the kernel modules that drive it. */
export type AuditableDevice = Device & { readonly drivers?: readonly string[] };

/** What one device comes to under one kernel. `reachable` are the kernel modules that some repository or package offers. */
export function auditDevice(
  device: AuditableDevice,
  { release, image }: NonNullable<Payload['image']>,
  view: KernelView,
  own: AliasIndex,
  reachable: AliasIndex,
): AuditedDevice {
  const installed = driversOf(device.modalias, own);
  const loadable = installed.filter((kernelModule) => view.verdict.loadable.has(kernelModule));
  const builtin = builtinDrivers(device, image);
  const line = { device: device.name, class: device.class, modalias: device.modalias, kernel: release };
  if (loadable.length > 0) return { ...line, state: 'driven', drivers: names(loadable) };
  if (builtin.length > 0) return { ...line, state: 'driven', drivers: builtin };
  if (installed.length > 0) return { ...line, state: 'refused', drivers: names(installed) };
  const offered = driversOf(device.modalias, reachable);
  return { ...line, state: offered.length > 0 ? 'notInstalled' : 'noDriver', drivers: names(offered) };
}

/** modules.builtin lists names and no aliases, so that only a profile can tell which of them drives a device. */
function builtinDrivers({ drivers = [] }: AuditableDevice, image: KernelImage): string[] {
  const builtin = new Set(image.builtin.map((path) => path.replace(/^.*\/|\.ko$/g, '').replaceAll('-', '_')));
  return drivers.filter((driver) => builtin.has(driver)).map((driver) => `${driver} (built-in)`);
}

function names(kernelModules: readonly KernelModule[]): string[] {
  return [...new Set(kernelModules.map(({ name }) => name))];
}
