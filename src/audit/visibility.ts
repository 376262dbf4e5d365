import type { KernelImage, KernelModule } from '#kernel';
import { judgeLoading, type LoaderVerdict } from './loader.js';
import type { InstalledModule } from './payload.js';

export interface KernelView {
  /** Kernel modules this kernel sees, own ones and linked ones. */
  readonly visible: readonly KernelModule[];
  /** Of those, the ones that came through weak-updates. */
  readonly linked: ReadonlySet<KernelModule>;
  readonly verdict: LoaderVerdict;
}

/**
 * What one kernel sees: everything in its own directory; and of the other kernels' directories, newest first, what
 * weak-modules2 would link into `weak-updates`, which is a kernel module of a name that is not there yet and whose imports this
 * kernel meets. `others` come newest kernel first.
 *
 * weak-modules2 decides package by package with depmod on a copy of the tree; here the whole set is judged at once and what
 * does not load is not linked, which is its final state. As in Martin Wilck's branch of it, the directory below
 * /lib/modules/<release> does not matter: SUSE's released script links only `updates` and `extra`.
 */
export function viewOf(
  image: KernelImage,
  own: readonly InstalledModule[],
  others: readonly InstalledModule[],
): KernelView {
  // Of two files in one place the one that was written later is on disk.
  const ownByName = new Map(own.map(({ kernelModule }) => [kernelModule.name, kernelModule]));
  const ownModules = [...ownByName.values()];
  const candidates = candidatesByName(others, ownByName);

  for (;;) {
    const chosen = [...candidates.values()].flatMap((list) => list.slice(0, 1));
    const verdict = judgeLoading(image, [...ownModules, ...chosen]);
    const refused = [...candidates].filter(([, [first]]) => first !== undefined && !verdict.loadable.has(first));
    if (refused.length === 0) return { visible: [...ownModules, ...chosen], linked: new Set(chosen), verdict };
    // Of a chain the first link is at fault: an older one of it may fit, and what depends on it is judged again then.
    const atFault = refused.filter(([, [first]]) => first !== undefined && hasOwnFault(first, verdict));
    // The newest of that name does not fit: try the next older one, or none.
    for (const [name, list] of atFault.length > 0 ? atFault : refused) candidates.set(name, list.slice(1));
  }
}

/** Whether an import is refused for its checksum or for want of any exporter, not only because its exporter is refused too. */
function hasOwnFault(kernelModule: KernelModule, { refused }: LoaderVerdict): boolean {
  return refused.get(kernelModule)?.some(({ exporterRefused }) => !exporterRefused) ?? false;
}

function candidatesByName(
  others: readonly InstalledModule[],
  taken: ReadonlyMap<string, KernelModule>,
): Map<string, readonly KernelModule[]> {
  const candidates = new Map<string, readonly KernelModule[]>();
  for (const { kernelModule } of others) {
    if (taken.has(kernelModule.name)) continue;
    candidates.set(kernelModule.name, [...(candidates.get(kernelModule.name) ?? []), kernelModule]);
  }
  return candidates;
}
