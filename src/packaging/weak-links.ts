import type { KernelModule } from '#kernel';
import type { Dependency } from '#rpm';
import type { PackageDraft } from './assemble.js';
import { capability, versioned } from './capability.js';
import type { ModuleIndex } from './module-index.js';
import type { SchemeOptions } from './scheme.js';

/** Which package holds each kernel module. */
export function holders(drafts: readonly PackageDraft[]): Map<KernelModule, PackageDraft> {
  return new Map(drafts.flatMap((draft) => draft.kernelModules.map((kernelModule) => [kernelModule, draft] as const)));
}

/**
 * `Requires: abc-kmp-default = %{version}` for each kernel module that depmod says is needed and another package holds: the
 * alternative to symbol dependencies that was raised on the proposal. The first draft is the kernel package, which requires nothing.
 */
export function withHardRequires(drafts: readonly PackageDraft[], index: ModuleIndex): PackageDraft[] {
  const holderOf = holders(drafts);
  const [kernel, ...kmps] = drafts;
  if (kernel === undefined) return [];
  const ofDraft = (draft: PackageDraft): Dependency[] =>
    draft.kernelModules
      .flatMap((kernelModule) => index.dependsOf(kernelModule))
      .flatMap((needed) => holderOf.get(needed) ?? [])
      .filter((holder) => holder !== draft)
      .map((holder) => versioned(holder.name, holder.evr.version));
  return [kernel, ...kmps.map((draft) => ({ ...draft, requires: [...(draft.requires ?? []), ...ofDraft(draft)] }))];
}

/**
 * Soft dependencies, which neither depmod nor symbols show. As recommends the package that names them pulls them in; as supplements
 * the package that is named says whom it helps. A soft dependency that no kernel module of the build answers to is built in or absent.
 */
export function withSoftdeps(
  drafts: readonly PackageDraft[],
  index: ModuleIndex,
  { softdeps }: SchemeOptions,
): readonly PackageDraft[] {
  if (softdeps === undefined) return drafts;
  const holderOf = holders(drafts);
  const added = new Map<PackageDraft, Dependency[]>();
  const add = (to: PackageDraft, dependency: Dependency): void => {
    added.set(to, [...(added.get(to) ?? []), dependency]);
  };
  for (const draft of drafts) {
    for (const { softdeps: named } of draft.kernelModules) {
      for (const kernelModule of [...named.pre, ...named.post].flatMap((name) => index.resolve(name))) {
        const holder = holderOf.get(kernelModule);
        if (holder === undefined || holder === draft) continue;
        if (softdeps === 'recommends') add(draft, capability(holder.name));
        else add(holder, capability(draft.name));
      }
    }
  }
  return drafts.map((draft) => {
    const more = added.get(draft);
    return more === undefined ? draft : { ...draft, [softdeps]: [...(draft[softdeps] ?? []), ...more] };
  });
}
