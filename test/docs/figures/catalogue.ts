import type { Baseline } from '#gate';

type Scenario = Baseline['scenarios'][number];
type Step = Scenario['steps'][number];

/** All that a row may state of its scenario: whatever any step came to, on any machine, with any number of kernels in reach, at any depth of a channel. */
export function figuresOf(baseline: Baseline, scenario: string): ReadonlySet<string> {
  const runs = baseline.scenarios.filter(
    ({ id }) => id === scenario || /^ (?:on|with|at depth) /.test(without(id, scenario)),
  );
  const depths = runs.map(({ id }) => Number(/ at depth (\d+)$/.exec(id)?.[1] ?? 0));
  const numbers = [runs.length, ...depths, ...runs.flatMap(({ steps }) => steps.flatMap(numbersOf))];
  const sizes = runs.flatMap(({ steps }) => steps.map(({ counters }) => Number(counters['downloadBytes']) / 1e6));
  return new Set([...numbers.map((value) => value.toLocaleString('en-US')), ...sizes.map((size) => size.toFixed(1))]);
}

function without(id: string, start: string): string {
  return id.startsWith(start) ? id.slice(start.length) : '';
}

function numbersOf({ outcome, counters, audit }: Step): number[] {
  const transaction =
    outcome.status === 'solved' ? [outcome.transaction.count, ...Object.values(outcome.transaction.types)] : [];
  const next = audit.devices.filter(({ kernel }) => kernel === audit.nextBoot);
  const states = [...new Set(next.map(({ state }) => state))];
  return [
    ...transaction,
    Number(counters['solves']),
    Number(counters['rulesTotal']),
    audit.kernels.length,
    ...audit.kernels.flatMap(({ visible, loadable }) => [visible, loadable, visible - loadable]),
    ...states.map((state) => next.filter((device) => device.state === state).length),
    next.length,
  ];
}
