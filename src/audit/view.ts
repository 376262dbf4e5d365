import type { LinksStopped, LoaderPolicy } from '#run-document';
import { type ModulesTree, selectByName } from './depmod.js';
import type { Initrd } from './initrd/initrd.js';
import { judgeLoading, type LoaderVerdict } from './loader.js';
import type { BootableKernel, InstalledModule, Payload } from './payload.js';
import { linksInto } from './weak-updates.js';

/** Kernel modules, and what the kernel's loader makes of them. */
export type EarlyView = Pick<KernelView, 'visible' | 'verdict'>;

/** What a kernel can load from, and what it could if it were installed. */
export interface Sources {
  readonly view: KernelView;
  /** From its initrd; null where that is taken to be made now. */
  readonly early: EarlyView | null;
  /** Everything that some repository or package has. */
  readonly reachable: readonly InstalledModule[];
}

/** What one kernel has below its /lib/modules/<release>, and what it makes of it. */
export interface KernelView {
  /** One file for each name. */
  readonly visible: readonly InstalledModule[];
  /** Of those, the ones that came through weak-updates. */
  readonly linked: number;
  /** Files that another one of the same name hides. */
  readonly shadowed: number;
  readonly linksStopped: LinksStopped | null;
  readonly verdict: LoaderVerdict;
}

/** What the loader makes of the kernel modules that an initrd holds, which it sees before the root file system. */
export function earlyView(kernel: BootableKernel, { modules }: Initrd, policy: LoaderPolicy): EarlyView {
  const visible = [...modules.values()];
  return { visible, verdict: judgeLoading(kernel, visible, policy) };
}

export function viewOf(
  kernel: BootableKernel,
  own: ModulesTree,
  installed: readonly Payload[],
  policy: LoaderPolicy,
): KernelView {
  const links = linksInto(kernel, own, installed, policy);
  const files = [...own, ...links.files];
  const selected = [...selectByName(files, policy.searchOrder).values()];
  const visible = selected.map((selectedFile) => selectedFile.installed);
  return {
    visible,
    linked: selected.filter(({ path }) => links.files.has(path)).length,
    shadowed: files.length - selected.length,
    linksStopped: links.stopped,
    verdict: judgeLoading(kernel, visible, policy),
  };
}
