import type { StepResult, Violation } from '#run-document';
import { isMultiversion, verify, type ZyppConf } from '#solve';
import type { SystemState } from '../machine/system-state.js';

/** Violations of one kind that a document lists; all are counted. */
const violationsMax = 20;

/** What the verifier, which knows nothing of the solver, objects to in what is installed. */
export function verifyStep(
  installed: SystemState,
  zyppConf: ZyppConf,
): Pick<StepResult, 'violations' | 'violationsTotal'> {
  const found = verify(
    installed.map(({ package: pkg }) => pkg),
    (pkg) => isMultiversion(pkg, zyppConf),
  );
  return { violations: firstOfEachKind(found), violationsTotal: found.length };
}

/** Some of each kind, so that one kind does not hide another. */
function firstOfEachKind(violations: readonly Violation[]): Violation[] {
  const kinds = [...new Set(violations.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => violations.filter((violation) => violation.kind === kind).slice(0, violationsMax));
}
