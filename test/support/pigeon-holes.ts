import type { PackageSpec } from './packages.js';

/**
 * Packages that each want one of the holes, one fewer than there are packages: no solution, and no short proof of that for a solver that
 * learns clauses (Haken 1985). Each further package takes some eight times as long.
 */
export function pigeonHoles(pigeons: number): {
  readonly names: readonly string[];
  readonly packages: Readonly<Record<string, PackageSpec>>;
} {
  const all = Array.from({ length: pigeons }, (_, index) => index);
  const names = all.map((pigeon) => `pigeon${pigeon}`);
  const sitting = all.flatMap((pigeon) =>
    all
      .slice(1)
      .map((hole): [string, PackageSpec] => [
        `p${pigeon}in${hole}-1-1`,
        { provides: [`sits${pigeon}`, `hole${hole}`], conflicts: [`hole${hole}`] },
      ]),
  );
  const pigeonsThemselves = names.map((name, index): [string, PackageSpec] => [
    `${name}-1-1`,
    { requires: [`sits${index}`] },
  ]);
  return { names, packages: Object.fromEntries([...pigeonsThemselves, ...sitting]) };
}
