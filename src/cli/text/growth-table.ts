import { passedBudgets } from '#analyse';
import type { GrowthFit, GrowthSeries } from '#run-document';
import { exponentError, isFirm } from '#statistics';
import { budgetLines, count, growthDirectionName } from '#tell';
import { textTable } from './text-table.js';

const head = ['scheme', 'regime', 'from', 'to', 'solve', 'order', 'rules', 'solvables', 'rules at most', 'solve edges'];

/** Growth series side by side: exponents of the size, then what the largest point came to, the most over its seeds. */
export function growthTable(growth: readonly GrowthSeries[]): string {
  const rows = growth.map((series) => {
    const sizes = series.points.map(({ size }) => size);
    const largest = series.points.filter(({ size }) => size === Math.max(...sizes)).map(({ counters }) => counters);
    const most = (of: (counters: (typeof largest)[number]) => number): string => count(Math.max(...largest.map(of)));
    return [
      series.scheme,
      series.regime ?? 'real',
      count(Math.min(...sizes)),
      count(Math.max(...sizes)),
      exponent(series, 'solve', 'work'),
      exponent(series, 'order', 'work'),
      exponent(series, 'rulesTotal', 'count'),
      most(({ solvables }) => solvables),
      most(({ rulesTotal }) => rulesTotal),
      most(({ work }) => work?.solve ?? 0),
    ];
  });
  const by = [...new Set(growth.map(({ over }) => over))].map(growthDirectionName).join(', and with ');
  const budgets = growth.flatMap((series) => budgetLines(series, passedBudgets(series)));
  return `how work grows with ${by}: n to the power of, in code edges\n${textTable(head, rows)}\n${budgets.map((line) => `${line}\n`).join('')}`;
}

function exponent({ fits, points }: GrowthSeries, of: GrowthFit['of'], by: GrowthFit['by']): string {
  const fit = fits.find((fit) => fit.of === of && fit.by === by);
  if (fit === undefined) return '-';
  const error = exponentError(fit, points.length);
  return isFirm(fit, points.length) ? `${fit.exponent.toFixed(2)} ±${error.toFixed(2)}` : 'uncertain';
}
