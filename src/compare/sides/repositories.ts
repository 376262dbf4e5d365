import { machineOnce, type SolveOnceOptions, solveExactly } from '#run';
import type { ComparedSide, Comparison } from '#run-document';
import type { Answered, ComparedCase } from '../case.js';
import { type CompareOptions, compareSides } from '../comparison.js';
import { engineOf } from '../engine.js';
import { sideOf } from './libsolvs.js';

export interface CompareRepositoriesOptions extends CompareOptions {
  readonly kmplab: ComparedSide['kmplab'];
  /** Everything of the machine but its repository. */
  readonly machine: Omit<SolveOnceOptions, 'repositories' | 'priorities' | 'request'>;
  readonly requests: readonly { readonly text: string; readonly request: SolveOnceOptions['request'] }[];
}

/** Two repositories, as two versions of a packaging macro write them: the same requests on the same machine, with one or the other in reach. */
export async function compareRepositories(
  [a, b]: readonly [string, string],
  options: CompareRepositoriesOptions,
): Promise<Comparison> {
  const cases: ComparedCase[] = [];
  for (const { text, request } of options.requests) {
    options.onProgress(text);
    const [one, other] = [await solved(a, request, options), await solved(b, request, options)];
    cases.push({
      scenario: '',
      step: text,
      request: text,
      file: null,
      rerun: null,
      a: one.answered,
      b: other.answered,
      timed: { key: text, a: one.timed, b: other.timed },
    });
  }
  const engine = engineOf(null);
  return compareSides(
    {
      of: 'repository',
      a: await sideOf(a, null, options.kmplab),
      b: await sideOf(b, null, options.kmplab),
      cases,
      notCompared: [],
      engines: [engine, engine],
    },
    options,
  );
}

async function solved(
  directory: string,
  request: SolveOnceOptions['request'],
  { machine: other }: CompareRepositoriesOptions,
): Promise<{ readonly answered: Answered; readonly timed: NonNullable<ComparedCase['timed']>['a'] }> {
  const machine = await machineOnce({ ...other, repositories: [directory], priorities: new Map(), request });
  const { outcome, counters } = await solveExactly(machine, request);
  return { answered: { outcome, counters }, timed: { machine: () => Promise.resolve(machine), request } };
}
