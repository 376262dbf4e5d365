import type { KernelBuild } from '#kernel';
import type { RpmPackage } from '#rpm';
import { setsOfChain } from '../algorithms/symbol-sets.js';
import { assemble } from '../parts/assemble.js';
import { circleNotes } from './circles.js';
import type { Design } from './design.js';
import { chooseDesign } from './package-builds.js';
import { unfold } from './unfold.js';

/** Packages of one kind that a kernel build becomes. */
export interface UnfoldedKind {
  /** Its key in the design. */
  readonly kind: string;
  readonly packages: number;
  /** The first of them, or the one that holds a kernel module asked for; none where the build has none of the kind. */
  readonly example: RpmPackage | null;
}

/** A design over one kernel build, kind by kind. @throws InputError */
export function unfoldedDesign(
  schemeText: string,
  build: KernelBuild,
  kernelModule?: string,
): { readonly design: Design; readonly kinds: readonly UnfoldedKind[]; readonly notes: readonly string[] } {
  const { design, compiled, options, texts } = chooseDesign(schemeText, {});
  const sets = design.symbolSets === undefined ? undefined : setsOfChain([build], design.symbolSets).get(build.release);
  const drafts = unfold(compiled, { options, texts }, build, { newest: true, sets });
  const kinds = compiled.kinds.map(({ key }): UnfoldedKind => {
    const own = drafts.filter(({ kind }) => kind.key === key);
    const asked = own.find(({ kernelModules }) => kernelModules.some(({ name }) => name === kernelModule));
    const example = asked ?? own[0];
    return { kind: key, packages: own.length, example: example === undefined ? null : assemble(example) };
  });
  return { design, kinds, notes: circleNotes(drafts) };
}
