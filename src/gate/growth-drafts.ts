import { globPattern } from '#files';
import { fixed } from '#tell';
import type { Baseline } from './baseline.js';
import type { Draft } from './drafts.js';
import type { GateFile } from './gate-file.js';
import { type Exponent, exponentsOf } from './growth.js';

/**
 * Exponents of the series that run and baseline share: worse where the whole interval lies above the baseline's, or above the greatest that is
 * allowed. Where that bound lies within the interval nobody can tell.
 */
export function growthDrafts(found: Baseline, baseline: Baseline, { growth }: GateFile): Draft[] {
  const bounds = Object.entries(growth.most).map(([pattern, most]) => ({ pattern: globPattern(pattern), most }));
  return found.growth.flatMap((series) => {
    const before = baseline.growth.find(({ name }) => name === series.name);
    const old = new Map(
      (before === undefined ? [] : exponentsOf(before)).map((exponent) => [exponent.measure, exponent]),
    );
    return exponentsOf(series).flatMap((exponent) => {
      const expected = old.get(exponent.measure);
      const bound = bounds.find(({ pattern }) => pattern.test(`${exponent.series} ${exponent.measure}`));
      return [
        ...(expected === undefined ? [] : [draft(exponent, intervalText(expected), against(exponent, expected))]),
        ...(bound === undefined
          ? []
          : [draft(exponent, `at most ${fixed(bound.most, 2)}`, bounded(exponent, bound.most), ', budget')]),
      ];
    });
  });
}

type Status = ReturnType<Draft['judge']>['status'];

function draft(exponent: Exponent, expected: string, status: Status, what = ''): Draft {
  return {
    subject: `growth ${exponent.series}`,
    aspect: `exponent of ${exponent.measure}${what}`,
    metric: 'growth',
    phase: null,
    scenario: null,
    file: null,
    rerun: null,
    expected,
    found: intervalText(exponent),
    judge: () => ({ status, change: null, why: null }),
  };
}

function intervalText({ exponent, low, high }: Exponent): string {
  return `${fixed(exponent, 3)} (${fixed(low, 3)} to ${fixed(high, 3)})`;
}

function against(found: Exponent, expected: Exponent): Status {
  if (found.low > expected.high) return 'failed';
  return found.high < expected.low ? 'better' : 'passed';
}

function bounded({ low, high }: Exponent, most: number): Status {
  if (high <= most) return 'passed';
  return low > most ? 'failed' : 'unknown';
}
