import { causeKey, type RootCause, type RootCauses, type ScenarioResult, type StepResult, widest } from '#run-document';

/**
 * What the failures of a run come down to: the causes of every outcome without solution and of every audit, the same ones put together. Each of
 * those lists its widest only, and only these are put together here.
 */
export function rootCausesOf(scenarios: readonly ScenarioResult[]): RootCauses {
  const causes = new Map<string, RootCause>();
  for (const { id, steps } of scenarios) {
    for (const cause of steps.flatMap(causesOf)) {
      const key = causeKey(cause.cause);
      causes.set(key, together(causes.get(key), cause, id));
    }
  }
  return widest([...causes.values()]);
}

function causesOf({ outcome, audit }: StepResult): RootCause[] {
  const ofProblems = outcome.status === 'unsolvable' ? outcome.causes.first : [];
  return [...ofProblems, ...audit.kernels.flatMap(({ symbolRefusals }) => symbolRefusals?.causes.first ?? [])];
}

/** Problems add up. Kernel modules do not: the steps of a scenario, and many scenarios, have the same ones. */
function together(known: RootCause | undefined, cause: RootCause, scenario: string): RootCause {
  if (known === undefined) return { ...cause, scenarios: [scenario] };
  const worst = cause.direct + cause.through > known.direct + known.through ? cause : known;
  return {
    ...known,
    problems: known.problems + cause.problems,
    packages: Math.max(known.packages, cause.packages),
    direct: worst.direct,
    through: worst.through,
    scenarios: known.scenarios.includes(scenario) ? known.scenarios : [...known.scenarios, scenario],
  };
}
