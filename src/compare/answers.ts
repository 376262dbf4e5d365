import type { AnswerDifference, ComparedAnswer, Outcome } from '#run-document';
import type { Answered, ComparedCase } from './case.js';

/** So many names of a list that only one side has are kept. */
const namesMax = 20;

/** What differs between two answers to one request: the end of it first, then the way there. */
export function compareAnswers({ a, b }: Pick<ComparedCase, 'a' | 'b'>): ComparedAnswer {
  if ('failed' in a || 'failed' in b) return { state: 'missing', a: failureOf(a), b: failureOf(b) };
  const differences = [...outcomeDifferences(a.outcome, b.outcome), ...decisions(a.counters, b.counters)];
  return differences.length === 0 ? { state: 'same' } : { state: 'differs', differences };
}

function failureOf(answered: Answered): string | null {
  return 'failed' in answered ? answered.failed : null;
}

function outcomeDifferences(a: Outcome, b: Outcome): AnswerDifference[] {
  if (a.status === 'solved' && b.status === 'solved') {
    return [
      ...stepDifferences(a.steps.map(stepText), b.steps.map(stepText)),
      ...(['recommendedNotInstalled', 'orphaned', 'unknown'] as const).flatMap((aspect) => {
        const only = onlyOnOneSide(a[aspect], b[aspect]);
        return only === null ? [] : [{ aspect, ...only }];
      }),
    ];
  }
  if (a.status === 'unsolvable' && b.status === 'unsolvable') {
    const only = onlyOnOneSide(a.problems.map(problemText), b.problems.map(problemText));
    return only === null ? [] : [{ aspect: 'problems', ...only }];
  }
  return [{ aspect: 'outcome', a: a.status, b: b.status }];
}

type Step = Extract<Outcome, { status: 'solved' }>['steps'][number];

function stepText({ type, nevra, replaces }: Step): string {
  return replaces.length === 0 ? `${type} ${nevra}` : `${type} ${nevra} for ${replaces.join(', ')}`;
}

/** The types of the rules behind a problem: their order, and how a problem is put into words, are not the answer. */
function problemText({ rules }: Extract<Outcome, { status: 'unsolvable' }>['problems'][number]): string {
  return rules
    .map(({ type, source, target, dependency }) => [type, source, dependency, target].filter(Boolean).join(' '))
    .sort()
    .join('; ');
}

function stepDifferences(a: readonly string[], b: readonly string[]): AnswerDifference[] {
  const only = onlyOnOneSide(a, b);
  if (only !== null) return [{ aspect: 'transaction', ...only }];
  const from = a.findIndex((step, index) => step !== b[index]);
  return from < 0 ? [] : [{ aspect: 'order', from, a: a[from] ?? '', b: b[from] ?? '' }];
}

/** A text that comes more often on one side is that side's alone, so often more; null where both have the same. */
function onlyOnOneSide(a: readonly string[], b: readonly string[]) {
  const [onlyA, onlyB] = [without(a, b), without(b, a)];
  if (onlyA.length === 0 && onlyB.length === 0) return null;
  return { onlyA: firstOf(onlyA), onlyB: firstOf(onlyB) };
}

function without(list: readonly string[], taken: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const text of taken) left.set(text, (left.get(text) ?? 0) + 1);
  return list.filter((text) => {
    const times = left.get(text) ?? 0;
    left.set(text, times - 1);
    return times <= 0;
  });
}

function firstOf(list: readonly string[]): { first: string[]; total: number } {
  return { first: list.slice(0, namesMax), total: list.length };
}

function decisions(a: { readonly decisions: number }, b: { readonly decisions: number }): AnswerDifference[] {
  return a.decisions === b.decisions ? [] : [{ aspect: 'decisions', a: a.decisions, b: b.decisions }];
}
