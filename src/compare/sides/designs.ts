import { withAnswerable } from '#run';
import type { Comparison } from '#run-document';
import type { Answered, ComparedCase } from '../case.js';
import { compareSides } from '../comparison.js';
import { engineOf } from '../engine.js';
import { type CompareFilesOptions, sideOf } from './libsolvs.js';
import { requestText, unanswered } from './scenarios.js';

/** Two designs on the same scenarios: other packages and other machines, so that answers differ by nature; what they cost is compared. */
export async function compareDesigns(
  [nameA, nameB]: readonly [string, string],
  options: CompareFilesOptions,
): Promise<Comparison> {
  return withAnswerable({ ...options, schemes: [nameA, nameB], libsolv: null }, async (answerable) => {
    // Under each design in turn, scenario by scenario.
    const runs = answerable.scenarios;
    const cases = runs.flatMap((a, index) => {
      const b = runs[index + 1];
      return index % 2 === 1 || b === undefined ? [] : pairedSteps(a, b, answerable.machine);
    });
    const engine = engineOf(null);
    return compareSides(
      {
        of: 'design',
        a: await sideOf(nameA, null, options.kmplab),
        b: await sideOf(nameB, null, options.kmplab),
        cases,
        notCompared: unanswered(runs),
        engines: [engine, engine],
      },
      options,
    );
  });
}

type Run = Parameters<Parameters<typeof withAnswerable>[1]>[0]['scenarios'][number];
type MachineOf = Parameters<Parameters<typeof withAnswerable>[1]>[0]['machine'];

function pairedSteps(a: Run, b: Run, machine: MachineOf): ComparedCase[] {
  return a.asked.flatMap((again, index): ComparedCase[] => {
    const other = b.asked[index];
    if (other === undefined) return [];
    const timedBy = ({ solve }: typeof again) => ({ machine: () => machine(solve), request: solve.request });
    return [
      {
        ...requestText(again.scenario, again.step),
        rerun: null,
        scenario: again.scenario.id.replace(/ under .*$/, ''),
        a: answered(again),
        b: answered(other),
        timed: { key: `${again.solve.key} ${other.solve.key}`, a: timedBy(again), b: timedBy(other) },
      },
    ];
  });
}

function answered({ step: { outcome, counters } }: Run['asked'][number]): Answered {
  return { outcome, counters };
}
