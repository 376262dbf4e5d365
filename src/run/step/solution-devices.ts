import type { Audit, Outcome, Solution } from '#run-document';
import type { InstalledPackage, Solved } from '#solve';

/**
 * Adds to each solution of an outcome what it would do to devices: those that the machine's next boot drives now and would not drive any
 * more. `auditOf` looks at a set of packages as at the machine itself.
 */
export function withSolutionDevices(
  { outcome, solutionResults }: Solved,
  auditBefore: () => Audit,
  auditOf: (result: readonly InstalledPackage[]) => Audit,
): Outcome {
  if (outcome.status !== 'unsolvable') return outcome;
  const before = auditBefore();
  const problems = outcome.problems.map((problem, index) => ({
    ...problem,
    solutions: problem.solutions.map((solution, number) => {
      const result = solutionResults[index]?.[number] ?? null;
      return result === null ? solution : withDevices(solution, before, auditOf(result));
    }),
  }));
  return { ...outcome, problems };
}

function withDevices({ elements, effect }: Solution, before: Audit, after: Audit): Solution {
  if (effect.status === 'notTried') return { elements, effect };
  const now = drivenAtBoot(before);
  const then = after.devices.filter(({ kernel }) => kernel === after.nextBoot);
  const driven = drivenAtBoot(after);
  const lost = [...now]
    .filter((device) => !driven.has(device))
    .map((device) => ({ device, state: then.find((line) => line.device === device)?.state ?? ('noDriver' as const) }));
  return { elements, effect: { ...effect, devices: { nextBoot: after.nextBoot, driven: driven.size, lost } } };
}

function drivenAtBoot({ devices, nextBoot }: Audit): ReadonlySet<string> {
  const driven = devices.filter(({ kernel, state }) => kernel === nextBoot && state === 'driven');
  return new Set(driven.map(({ device }) => device));
}
