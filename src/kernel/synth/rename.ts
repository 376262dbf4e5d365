import type { KernelBuild } from '../build.js';

/**
 * Names of the copies in a synthetic build. Generation 0 keeps the template's names, so that the ready hardware profiles find their
 * drivers; later copies get their own names and device numbers, because two drivers for one device are rare.
 */
export function symbolName(name: string, generation: number): string {
  return generation === 0 ? name : `${name}${generationMark}${generation}`;
}

const generationMark = '__g';

/** The template's name of a symbol of any generation, also of a copy's copy. */
export function templateSymbolName(name: string): string {
  return /^(.+?)(?:__g\d+)+$/.exec(name)?.[1] ?? name;
}

/** A generation of which neither a symbol nor a kernel module is there yet; some real drivers are called `_g450`. */
export function nextGeneration({ image, modules }: Pick<KernelBuild, 'image' | 'modules'>): number {
  const taken = new Set<number>();
  for (const { name } of modules) taken.add(Number(/_g(\d{1,9})$/.exec(name)?.[1] ?? 0));
  for (const { exports } of [image, ...modules]) {
    for (const { name } of exports) taken.add(Number(/__g(\d{1,9})$/.exec(name)?.[1] ?? 0));
  }
  let generation = 1;
  while (taken.has(generation)) generation += 1;
  return generation;
}

export function modulePath(path: string, generation: number): string {
  if (generation === 0) return path;
  const dot = path.lastIndexOf('.ko');
  return `${path.slice(0, dot)}_g${generation}${path.slice(dot)}`;
}

export function firmwarePath(path: string, generation: number): string {
  return generation === 0 ? path : `g${generation}/${path}`;
}

/** Another device of the same bus, with the same wildcards: what merges into one supplement in the template does so in the copy. */
export function aliasName(alias: string, generation: number): string {
  if (generation === 0) return alias;
  // pci:v00008086d000015BEsv*…, usb:v0BDAp8152d*…: the device's number; a wildcard has none.
  const numbered = /^((?:pci|usb):v[0-9A-F]+[dp])([0-9A-F]{4,8})(.*)$/.exec(alias);
  if (numbered !== null) {
    const [, head = '', digits = '', tail = ''] = numbered;
    const moved = (Number.parseInt(digits, 16) ^ (generation * 0x0101)) & 0xffff;
    return head + moved.toString(16).toUpperCase().padStart(digits.length, '0') + tail;
  }
  // A class or any device of a bus: as many drivers as there are may claim it.
  if (/^(?:pci|usb):/.test(alias)) return alias;
  return alias.endsWith('*') ? `${alias.slice(0, -1)}g${generation}*` : `${alias}_g${generation}`;
}
