import type { StepCost } from '#run-document';
import { costCounts, costName, costTime } from '#tell';
import { adjustedCost, type CostRates, measuredRates } from '#what-if';
import { byId, table } from './dom.js';

let costs: readonly StepCost[] = [];

/** The costs of an answer, at the rates that the sliders say. */
export function showCosts(found: readonly StepCost[]): void {
  costs = found;
  redraw();
}

export function listenToRates(): void {
  for (const id of ['line', 'depmod', 'initrd']) byId(id, HTMLInputElement).addEventListener('input', redraw);
}

function redraw(): void {
  const rates = ratesOfForm();
  byId('line-value', HTMLOutputElement).value = `${rates.lineMbitPerSecond} Mbit/s`;
  byId('depmod-value', HTMLOutputElement).value = factorText(rates.depmodFactor);
  byId('initrd-value', HTMLOutputElement).value = factorText(rates.initrdFactor);
  const rows = costs.map((cost) => {
    const priced = adjustedCost(cost, rates);
    return [costName(cost.kind), costTime(priced), costCounts(cost)];
  });
  byId('costs', HTMLElement).replaceChildren(table('Outside of the solver', ['What', 'Time', 'Of'], rows));
}

function ratesOfForm(): CostRates {
  const value = (id: string): number => Number(byId(id, HTMLInputElement).value);
  return {
    lineMbitPerSecond: Math.round(10 ** value('line')),
    depmodFactor: 10 ** value('depmod'),
    initrdFactor: 10 ** value('initrd'),
  };
}

function factorText(factor: number): string {
  return factor === measuredRates.depmodFactor ? 'as measured' : `${factor.toPrecision(2)} of the measured time`;
}
