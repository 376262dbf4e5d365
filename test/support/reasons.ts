import type { Outcome, Problem, Reason } from '#run-document';

/** Every statement of a tree, the root first. */
export function statements(tree: Reason): Reason[] {
  return [tree, ...tree.because.flatMap(statements)];
}

/** The only problem of an outcome that has one. */
export function onlyProblem(outcome: Outcome): Problem {
  const problems = outcome.status === 'unsolvable' ? outcome.problems : [];
  const [problem] = problems;
  if (problem === undefined || problems.length > 1) throw new Error(`${problems.length} problems, one was expected`);
  return problem;
}
