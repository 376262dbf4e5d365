import type { Answerable, AskedAgain } from '#run';
import type { Comparison, ScenarioResult } from '#run-document';
import type { ComparedCase } from '../case.js';

/** Many scenarios begin with the same fresh install. */
export function distinctSolves(asked: readonly AskedAgain[]): AskedAgain['solve'][] {
  return [...new Map(asked.map(({ solve }) => [solve.key, solve])).values()];
}

/** What a case says of where its request stands. */
export function requestText(
  { id, file, rerun }: Pick<ScenarioResult, 'id' | 'file' | 'rerun'>,
  { name, request }: Pick<ScenarioResult['steps'][number], 'name' | 'request'>,
): Pick<ComparedCase, 'scenario' | 'step' | 'request' | 'file' | 'rerun'> {
  return { scenario: id, step: name, request, file, rerun };
}

/** Scenarios that could not be run at all. */
export function unanswered(scenarios: Answerable['scenarios']): Comparison['notCompared'] {
  return scenarios.flatMap(({ result: { id, status, error } }) =>
    status === 'error' ? [{ what: `scenario ${id}`, why: error ?? '' }] : [],
  );
}
