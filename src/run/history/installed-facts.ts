import { nevra } from '#rpm';
import type { Violation } from '#run-document';
import { isMultiversion, type PackageData, verify, zyppConfDefaults } from '#solve';
import type { SystemState } from '../machine/system-state.js';
import { installedSolv } from '../repository/repositories.js';

/**
 * What follows from a set of installed packages alone. Under schemes of few packages all machines have the same ones most of the time, and
 * each is looked at once.
 */
export class InstalledFacts {
  readonly #solvs = new Map<string, Promise<PackageData | null>>();
  readonly #violations = new Map<string, readonly Violation[]>();

  solv(state: SystemState): Promise<PackageData | null> {
    return known(this.#solvs, state, (packages) => installedSolv(packages));
  }

  /** What the verifier objects to. */
  violations(state: SystemState): readonly Violation[] {
    return known(this.#violations, state, (packages) =>
      verify(packages, (pkg) => isMultiversion(pkg, zyppConfDefaults)),
    );
  }

  /** Nobody has what was installed before any more. */
  forget(): void {
    this.#solvs.clear();
    this.#violations.clear();
  }
}

function known<Fact>(
  facts: Map<string, Fact>,
  state: SystemState,
  make: (packages: SystemState[number]['package'][]) => Fact,
): Fact {
  const packages = state.map(({ package: pkg }) => pkg);
  const key = packages.map(nevra).join(' ');
  let fact = facts.get(key);
  if (fact === undefined) {
    fact = make(packages);
    facts.set(key, fact);
  }
  return fact;
}
