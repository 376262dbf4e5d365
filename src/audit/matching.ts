import { matchModalias } from '#hardware';
import { type KernelImage, modprobeName, moduleName } from '#kernel';
import type { InstalledModule } from './payload.js';

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

/** modprobe takes `-` and `_` for one character, in names and in aliases. */
export function answersTo({ kernelModule }: InstalledModule, need: string): boolean {
  const wanted = modprobeName(need);
  return (
    kernelModule.name === wanted ||
    kernelModule.aliases.some((alias) => !alias.includes(':') && matchModalias(modprobeName(alias), wanted))
  );
}

/** Whether the kernel's image has it, by its name. */
export function isBuiltin(name: string, image: KernelImage): boolean {
  let names = builtinNames.get(image);
  if (names === undefined) {
    names = new Set(image.builtin.map(moduleName));
    builtinNames.set(image, names);
  }
  return names.has(modprobeName(name));
}

const builtinNames = new WeakMap<KernelImage, ReadonlySet<string>>();
