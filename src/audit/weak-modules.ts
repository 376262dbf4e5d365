import type { ExportedSymbol } from '#kernel';
import { rpmvercmp } from '#rpm';
import { type ModulesTree, selectByName } from './depmod.js';
import { exportsByName } from './loader.js';
import type { BootableKernel, InstalledModule, Payload } from './payload.js';

type LinkTable = Map<string, InstalledModule>;

/** Its own configuration of depmod: the links, being looked at elsewhere, hide everything else of their names. */
const searchOrder = ['weak-updates', 'extra', 'built-in'];

/**
 * What Red Hat's weak-modules leaves in a kernel's weak-updates (kmod of RHEL 8 and later, as CentOS, EuroLinux and openEuler ship it: functions
 * add_kernel, add_modules, add_weak_links, validate_weak_links), played in the order in which packages came:
 *
 * - A kernel that comes is given all kernel modules in `extra/` of the other kernels, whatever their flavor. Of two at one place the one
 *   of the newest kernel is taken, and where that does not fit no older one is tried.
 * - A package that comes later has its kernel modules linked all, or none of them: where one does not fit everything is put back.
 * - What does not fit says depmod, of the links only. All misfits go at once, and it is asked again until nothing is said.
 *
 * Not played is what was removed meanwhile: the script then takes links away and puts none in their place.
 */
export function linksOfWeakModules(
  kernel: BootableKernel,
  own: ModulesTree,
  installed: readonly Payload[],
): ModulesTree {
  const tree = new Tree(kernel, own);
  let links: LinkTable = new Map();
  let isThere = false;
  const before: InstalledModule[] = [];
  for (const payload of installed) {
    const extra = payload.modules.filter(
      (kernelModule) => kernelModule.release !== kernel.release && kernelModule.path.startsWith('extra/'),
    );
    if (payload.kernel?.release === kernel.release) {
      isThere = true;
      const byAge = before.sort((a, b) => rpmvercmp(a.release, b.release));
      links = tree.withoutMisfits(withLinks(links, byAge));
    } else if (isThere && extra.length > 0) {
      const proposed = withLinks(links, extra);
      const fitting = tree.withoutMisfits(proposed);
      if (fitting.size === proposed.size) links = fitting;
    }
    before.push(...extra);
  }
  return links;
}

/** `weak-updates/acme/nic.ko` for `extra/acme/nic.ko`; a later one takes the place of an earlier one. */
function withLinks(links: LinkTable, modules: readonly InstalledModule[]): LinkTable {
  return new Map([
    ...links,
    ...modules.map((kernelModule) => [kernelModule.path.replace(/^extra\//, 'weak-updates/'), kernelModule] as const),
  ]);
}

/** A kernel's directory as depmod looks at it, with its Module.symvers (`depmod -aeE`). */
class Tree {
  readonly #image: ReadonlyMap<string, ExportedSymbol>;
  readonly #own: ModulesTree;

  constructor({ image }: BootableKernel, own: ModulesTree) {
    this.#image = exportsByName(image);
    this.#own = own;
  }

  withoutMisfits(proposed: LinkTable): LinkTable {
    const links = new Map(proposed);
    for (let misfits = this.#misfits(links); misfits.length > 0; misfits = this.#misfits(links)) {
      for (const path of misfits) links.delete(path);
    }
    return links;
  }

  #misfits(links: LinkTable): string[] {
    const selected = [...selectByName([...this.#own, ...links], searchOrder).values()];
    const exported = new Map<string, number | null>();
    for (const { installed } of selected) {
      for (const { name, crc } of installed.kernelModule.exports) if (!exported.has(name)) exported.set(name, crc);
    }
    const isMet = (name: string, crc: number): boolean => {
      const inImage = this.#image.get(name);
      return (inImage === undefined ? exported.get(name) : inImage.crc) === crc;
    };
    return selected.flatMap(({ path, installed: { kernelModule } }) =>
      links.has(path) && !kernelModule.imports.every(({ name, crc }) => isMet(name, crc)) ? [path] : [],
    );
  }
}
