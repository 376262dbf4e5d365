import type { Outcome, Problem, Reason, Statement, StatementKind, StatementOf } from '#run-document';

/** Every statement of an explanation, the root first. */
export function statements(reasons: readonly Reason[]): Statement[] {
  return reasons.map(({ statement }) => statement);
}

/** The first statement of a kind. */
export function firstOf<Kind extends StatementKind>(reasons: readonly Reason[], kind: Kind): StatementOf<Kind> {
  const found = statements(reasons).find((told): told is StatementOf<Kind> => told.kind === kind);
  if (found === undefined) throw new Error(`nothing is ${kind}`);
  return found;
}

/** The only problem of an outcome that has one. */
export function onlyProblem(outcome: Outcome): Problem {
  const problems = outcome.status === 'unsolvable' ? outcome.problems : [];
  const [problem] = problems;
  if (problem === undefined || problems.length > 1) throw new Error(`${problems.length} problems, one was expected`);
  return problem;
}
