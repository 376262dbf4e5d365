import type { ExportedSymbol, KernelBuild, KernelModule } from '#kernel';
import type { Evr } from '#rpm';

/** What a loop stands at, by placeholder. */
export type Item = Readonly<Record<string, string>>;

/** A package in the making: what it is of, what it holds, and, as soon as that is known, what it is called. */
export interface PackageSubject {
  /** Key of its kind in the design. */
  readonly kind: string;
  readonly image: boolean;
  /** The kernel modules that it is about. */
  readonly about: readonly KernelModule[];
  /** Those of them whose files it holds. */
  readonly held: readonly KernelModule[];
  readonly group: string;
  /** The first one's file without suffix. */
  readonly file: string;
  /** The kernel build's version, or what `rebuilt` says for it. */
  readonly kernelEvr: Evr;
  name: string;
  version: string;
  release: string;
}

/** Symbols of the image, where the package holds it, and of its kernel modules. */
export function exportedBy(
  { image, held }: PackageSubject,
  { build }: { readonly build: KernelBuild },
): ExportedSymbol[] {
  const ofModules = held.flatMap(({ exports }) => exports);
  return image ? [...build.image.exports, ...ofModules] : ofModules;
}
