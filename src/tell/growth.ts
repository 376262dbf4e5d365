import type { GrowthDirection, GrowthSeries, PassedBudget } from '#run-document';
import { bytes, count, duration } from './numbers.js';

const directions: Readonly<Record<GrowthDirection, string>> = {
  kernelModules: 'the number of kernel modules',
  buildsSideBySide: 'the number of newer kernels in reach',
  installedPercent: 'the percentage of kernel modules installed',
  flavors: 'the number of flavors',
};

/** What a series grows with: `the number of kernel modules`. */
export function growthDirectionName(over: GrowthDirection): string {
  return directions[over];
}

/** `modular, stable: 2.15 GB of memory passed at about 120, if growth goes on as it was up to the largest that was measured, 30` */
export function budgetLines({ name }: Pick<GrowthSeries, 'name'>, passed: readonly PassedBudget[]): string[] {
  return passed.map(({ of, budget, size, basis, largest }) => {
    const what = of === 'solverSeconds' ? `${duration(budget * 1000)} of the solver` : `${bytes(budget)} of memory`;
    const measured = `the largest that was measured, ${count(largest)}`;
    if (size === null) return `${name}: ${what} not passed at ten times ${measured}`;
    const beyond = basis === 'measured' ? '' : `, if growth goes on as it was up to ${measured}`;
    return `${name}: ${what} passed at about ${count(Math.round(size))}${beyond}`;
  });
}
