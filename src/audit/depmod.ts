import type { InstalledModule, Payload } from './payload.js';

/** What lies below one /lib/modules/<release>: kernel modules by path. */
export type ModulesTree = ReadonlyMap<string, InstalledModule>;

/** A file that a kernel sees under its name. */
export interface SelectedFile {
  readonly path: string;
  readonly installed: InstalledModule;
}

/** What packages put below each /lib/modules/<release>. Of two that own one file the later one's is on disk. */
export function treesOf(installed: readonly Payload[]): Map<string, ModulesTree> {
  const trees = new Map<string, Map<string, InstalledModule>>();
  for (const { modules } of installed) {
    for (const kernelModule of modules) {
      const tree = trees.get(kernelModule.release);
      if (tree === undefined) trees.set(kernelModule.release, new Map([[kernelModule.path, kernelModule]]));
      else tree.set(kernelModule.path, kernelModule);
    }
  }
  return trees;
}

/**
 * The one file for each name that depmod puts into modules.dep: the one in the directory that comes first in depmod.d(5)'s `search`. A
 * directory that is not listed counts as `built-in`. Of two in one place depmod takes what the file system happens to list
 * last; here it is the first by path, so that a result does not depend on the weather.
 */
export function selectByName(
  files: Iterable<readonly [string, InstalledModule]>,
  searchOrder: readonly string[],
): Map<string, SelectedFile> {
  const selected = new Map<string, SelectedFile & { readonly place: number }>();
  const placeOf = placeFinder(searchOrder);
  for (const [path, installed] of files) {
    const { name } = installed.kernelModule;
    const place = placeOf(path);
    const before = selected.get(name);
    if (before === undefined || place < before.place || (place === before.place && path < before.path)) {
      selected.set(name, { path, installed, place });
    }
  }
  return selected;
}

function placeFinder(searchOrder: readonly string[]): (path: string) => number {
  const directories = searchOrder.map((directory) => `${directory}/`);
  const builtIn = searchOrder.indexOf('built-in');
  const elsewhere = builtIn < 0 ? searchOrder.length : builtIn;
  return (path) => {
    const place = directories.findIndex((directory) => path.startsWith(directory));
    return place < 0 ? elsewhere : place;
  };
}
