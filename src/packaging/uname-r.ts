import type { KernelBuild } from '#kernel';
import type { PackageDraft } from './assemble.js';
import { atEvr } from './capability.js';
import { packageWith } from './frame.js';
import { suseKernelDraft, unameRelease } from './kernel-image.js';
import { kmpFrame, kmpName } from './kmp.js';
import { ModuleIndex } from './module-index.js';
import { commonOptions, type Scheme, type SchemeOptions, suseKernelPackage } from './scheme.js';
import { holders } from './weak-links.js';

const name = 'uname-r';

/**
 * One KMP per kernel module, tied to the exact kernel release and to no symbol: `Requires: kernel-uname-r = 6.4.9-1-default`. So were
 * Tumbleweed's KMPs until September 2023 (rpm-config-SUSE, find-requires.ksyms --tumbleweed). It works without MODVERSIONS.
 *
 * Those KMPs found everything else in kernel-default. Here kernel modules need each other across packages, so a KMP also requires
 * the exact packages that depmod says it needs, unless `hardRequires` is false.
 */
export const unameR: Scheme = {
  name,
  description: 'one KMP per kernel module, tied to kernel-uname-r alone',
  source: 'rpm-config-SUSE before commit 5ee8f31, find-requires.ksyms --tumbleweed',
  client: 'zypper',
  weakModules: 'weak-modules2-any-directory',
  options: [...commonOptions, 'hardRequires'],
  kernelPackages: suseKernelPackage,
  package: (builds, options) => packageWith(name, builds, options, (build) => buildDrafts(build, options)),
};

function buildDrafts(build: KernelBuild, options: SchemeOptions): PackageDraft[] {
  const index = new ModuleIndex(build);
  const kmps = build.modules.map(
    (kernelModule): PackageDraft => ({
      ...kmpFrame(build, kmpName(kernelModule, build.flavor), [kernelModule], options),
      requires: [unameRelease(build)],
    }),
  );
  // A kernel without its symbols as capabilities, as the generators of that time left them out.
  const drafts = [suseKernelDraft(build, [], null, options), ...kmps];
  if (options.hardRequires === false) return drafts;
  const holderOf = holders(drafts);
  return drafts.map((draft) => {
    const needed = draft.kernelModules.flatMap((one) => index.dependsOf(one)).flatMap((one) => holderOf.get(one) ?? []);
    return {
      ...draft,
      requires: [...(draft.requires ?? []), ...needed.map((holder) => atEvr(holder.name, holder.evr))],
    };
  });
}
