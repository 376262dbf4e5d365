import type { RunDocument } from '#run-document';
import { amountOf } from './amount.js';
import { originsOf, type SettledCheck } from './drafts.js';
import type { GateFile } from './gate-file.js';
import { kindOf } from './metric.js';
import { matcherOf } from './policy.js';
import type { Unit } from './units.js';

/** Every value that a budget bounds. A budget that bounds nothing could not be judged: a typing error must not pass. */
export function budgetChecks(units: readonly Unit[], run: RunDocument, { budgets }: GateFile): SettledCheck[] {
  const originOf = originsOf(run);
  return budgets.flatMap((budget, index) => {
    if (budget.level === 'off') return [];
    const matches = matcherOf(budget);
    const most = amountOf(budget.most);
    const exceeded = budget.level === 'warn' ? 'warned' : 'failed';
    const checks = units.flatMap(({ subject, aspects }): SettledCheck[] => {
      const origin = originOf(subject);
      return [...aspects].flatMap(([aspect, text]) => {
        const kind = kindOf(aspect);
        if (!matches({ subject, aspect, ...kind, scenario: origin.scenario })) return [];
        const value = Number(text);
        return [
          {
            subject,
            aspect: `${aspect}, budget`,
            ...kind,
            ...origin,
            status: value <= most ? 'passed' : exceeded,
            expected: `at most ${most}`,
            found: text,
            change: null,
            why: value <= most ? null : 'over an absolute budget',
          },
        ];
      });
    });
    return checks.length > 0 ? checks : [unused(`budgets[${index}]`)];
  });
}

function unused(place: string): SettledCheck {
  const nothing = { phase: null, change: null, why: null, file: null, rerun: null, scenario: null };
  return {
    subject: `kmplab-gate.yaml: ${place}`,
    aspect: 'budget',
    metric: 'answers',
    status: 'unknown',
    expected: 'values that it bounds',
    found: 'none in this run',
    ...nothing,
  };
}
