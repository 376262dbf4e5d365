import type { Pool, RuleInfo, SolvableId, Problem as SolvProblem } from '@opensuse/libsolv-wasm';
import type { Problem } from '#run-document';
import { isKabi, kabiSentences } from './explain-kabi.js';

/** A problem as data, with sentences for an engineer: the kABI story where there is one, libsolv's own words otherwise. */
export function explain(pool: Pool, problem: SolvProblem): Problem {
  const nevraOf = namesOf(pool, problem);
  return {
    rules: problem.rules.map((rule) => ({
      type: rule.type === 'other' ? `other(${rule.raw})` : rule.type,
      source: nevraOf(rule.source),
      target: nevraOf(rule.target),
      dependency: rule.dependency,
    })),
    explanation: [...new Set([...kabiSentences(pool, problem), ...otherSentences(problem)])],
    solutions: problem.solutions.map(({ elements }) => elements.map(({ text }) => text)),
  };
}

/** libsolv's own sentences: of the main rule first, then of the others. What the kABI sentences tell already is left out. */
function otherSentences({ mainRule, rules }: SolvProblem): string[] {
  return [mainRule, ...rules].filter((rule) => isTold(rule) && !isKabi(rule)).map(({ text }) => text);
}

/** Update rules only say that a package is installed; that is no reason a person would look for. */
function isTold({ type }: RuleInfo): boolean {
  return type !== 'update' && type !== 'feature';
}

function namesOf(pool: Pool, { rules }: SolvProblem): (id: SolvableId | null) => string | null {
  const ids = rules.flatMap(({ source, target }) => [source, target]).filter((id) => id !== null);
  const nevras = new Map(pool.packages([...new Set(ids)]).map(({ id, nevra }) => [id, nevra]));
  return (id) => (id === null ? null : (nevras.get(id) ?? null));
}
