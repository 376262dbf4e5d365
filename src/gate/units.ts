import type { Baseline } from './baseline.js';

/** One thing that is judged: a step of a scenario, a point of a growth series, a repository. */
export interface Unit {
  readonly subject: string;
  /** What it is run with, all or nothing: the scenario of a step, the series of a point; else itself. */
  readonly of: string;
  /** Every exact value by its path: `counters.rules.pkg`, `outcome.transaction.sha256`, `audit.devices[NIC @ 6.1.0-53].state`. */
  readonly aspects: ReadonlyMap<string, string>;
}

/** A baseline as units. Elements of lists are named by what identifies them, so that one more device does not shift all others. */
export function unitsOf(baseline: Baseline): Unit[] {
  const units = [
    unit('run', { seed: baseline.seed }),
    ...baseline.kernels.map(({ release, ...facts }) => unit(`kernel ${release}`, facts)),
    ...baseline.churn.map(({ from, to, ...facts }) => unit(`churn ${from} to ${to}`, facts)),
    ...baseline.repositories.map(({ name, ...facts }) => unit(`repository ${name}`, facts)),
    ...baseline.scenarios.flatMap(({ id, status, steps }) => [
      unit(scenarioSubject(id), { status, steps: steps.length }),
      ...numbered(steps, ({ name }) => name).map(([name, { audit, ...step }]) =>
        unit(
          `${scenarioSubject(id)}: ${name}`,
          {
            ...step,
            audit: {
              nextBoot: audit.nextBoot,
              kernels: keyed(audit.kernels, ({ release }) => release),
              devices: keyed(audit.devices, ({ device, kernel }) => `${device} @ ${kernel}`),
            },
          },
          scenarioSubject(id),
        ),
      ),
    ]),
    ...baseline.growth.flatMap(({ name, points }) =>
      points.map(({ size, counters }) => unit(`growth ${name} at ${size}`, { counters }, `growth ${name}`)),
    ),
  ];
  return numbered(units, ({ subject }) => subject).map(([subject, { of, aspects }]) => ({ subject, of, aspects }));
}

export function scenarioSubject(id: string): string {
  return `scenario ${id}`;
}

function unit(subject: string, value: unknown, of = subject): Unit {
  const aspects = new Map<string, string>();
  flatten(value, '', aspects);
  return { subject, of, aspects };
}

/** Leaves by path. Objects and lists that are empty are leaves too: an empty list is a fact. */
function flatten(value: unknown, path: string, into: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) {
    into.set(path, String(value));
    return;
  }
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map((element, index) => [`${path}[${index}]`, element])
    : Object.entries(value).map(([key, element]) => [path === '' ? key : `${path}.${key}`, element]);
  if (entries.length === 0) into.set(path, 'none');
  for (const [inner, element] of entries) flatten(element, inner, into);
}

function keyed<Element>(list: readonly Element[], key: (element: Element) => string): Record<string, Element> {
  return Object.fromEntries(numbered(list, key));
}

/** Elements under their name; a name that comes again gets its number, so that none hides another. */
function numbered<Element>(list: readonly Element[], key: (element: Element) => string): [string, Element][] {
  const seen = new Map<string, number>();
  return list.map((element) => {
    const name = key(element);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return [times === 1 ? name : `${name} (${times})`, element];
  });
}
