import type { LoaderPolicy } from '#run-document';
import { type ModulesTree, selectByName } from './depmod.js';
import { judgeLoading, type LoaderVerdict } from './loader.js';
import type { BootableKernel, InstalledModule, Payload } from './payload.js';
import { linksInto } from './weak-updates.js';

/** What one kernel has below its /lib/modules/<release>, and what it makes of it. */
export interface KernelView {
  /** One file for each name. */
  readonly visible: readonly InstalledModule[];
  /** Of those, the ones that came through weak-updates. */
  readonly linked: number;
  /** Files that another one of the same name hides. */
  readonly shadowed: number;
  readonly linksStopped: string | null;
  readonly verdict: LoaderVerdict;
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
  const visible = selected.map((one) => one.installed);
  return {
    visible,
    linked: selected.filter(({ path }) => links.files.has(path)).length,
    shadowed: files.length - selected.length,
    linksStopped: links.stopped,
    verdict: judgeLoading(kernel, visible, policy),
  };
}
