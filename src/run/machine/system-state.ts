import type { Payload } from '#audit';
import { invariant } from '#errors';
import { compareEvr, nevra } from '#rpm';
import type { InstalledPackage } from '#solve';

/** What is installed, in the order it came: of two packages that own one file the later one's is on disk. */
export type SystemState = readonly Payload[];

/** The state after a transaction: what stays keeps its place, what is new follows in the solver's order. Null: nothing was done. */
export function nextState(
  before: SystemState,
  result: readonly InstalledPackage[] | null,
  offeredAs: (pkg: InstalledPackage) => Payload | undefined,
): SystemState {
  if (result === null) return before;
  const kept = new Set(result.map((pkg) => pkg.nevra));
  const known = new Set(before.map(({ package: pkg }) => nevra(pkg)));
  const stays = before.filter(({ package: pkg }) => kept.has(nevra(pkg)));
  const comes = result
    .filter((pkg) => !known.has(pkg.nevra))
    .map((pkg) => {
      const payload = offeredAs(pkg);
      invariant(
        payload !== undefined,
        `the solver installs ${pkg.nevra} of ${pkg.repository}, which no repository offers`,
      );
      return payload;
    });
  return [...stays, ...comes];
}

/** Of these packages those with a kernel. */
export function newestFirst(payloads: readonly Payload[]): Payload[] {
  return payloads.filter(({ kernel }) => kernel !== null).sort((a, b) => compareEvr(b.package.evr, a.package.evr));
}
