import { describe, expect, it } from 'vitest';
import { renderComparison } from '#report';
import type { RunDocument } from '#run-document';
import { comparisonView } from '../../src/report/view/comparison.js';
import { hostileRun, hostileTexts } from '../support/hostile.js';
import { runDocument } from '../support/run-document.js';

/** The run with every sample of one phase multiplied. */
function scaled(run: RunDocument, phase: string, factor: number): RunDocument {
  const copy = structuredClone(run);
  for (const { steps } of copy.scenarios)
    for (const { phases } of steps)
      for (const samples of phases)
        if (samples.phase === phase) samples.samplesMs = samples.samplesMs.map((ms) => ms * factor);
  return copy;
}

describe('the comparison of two runs', () => {
  it('finds nothing between a run and itself', () => {
    const view = comparisonView(runDocument(), runDocument());
    expect(view.moved).toEqual([]);
    expect(view.environments).toEqual([]);
    expect(new Set(view.times.map(({ badge }) => badge.text))).toEqual(new Set(['within noise']));
  });

  it('names a counter that moved and calls a phase slower when its whole interval is', () => {
    const slower = scaled(runDocument(), 'order', 2);
    const step = slower.scenarios[0]?.steps[0];
    if (step === undefined) throw new Error('unreachable');
    step.counters.rulesTotal += 1;
    const view = comparisonView(runDocument(), slower);
    expect(view.moved).toEqual([['kernel-update: update everything', 'rulesTotal', '221,973', '221,974']]);
    const judged = view.times.filter(({ badge }) => badge.text === 'slower');
    expect(judged.length).toBeGreaterThan(0);
    expect(judged.every(({ cells }) => cells[1] === 'Order' && cells[4] === '\u00d7 2.00')).toBe(true);
  });

  it('judges no time between two machines', () => {
    const there = scaled(runDocument(), 'solve', 3);
    there.environment.cpu = 'another';
    const view = comparisonView(runDocument(), there);
    expect(view.environments).toEqual([['cpu', 'AMD EPYC 7B13', 'another']]);
    expect(new Set(view.times.map(({ badge }) => badge.text))).toEqual(new Set(['not judged']));
  });

  it('names a request that only one run has', () => {
    const less = runDocument();
    const view = comparisonView(less, { ...less, scenarios: less.scenarios.slice(1) });
    expect(view.moved).toContainEqual(['kernel-update: update everything', 'ran', 'yes', 'no']);
  });

  it('renders a page that hostile names cannot change', async () => {
    const other = { ...runDocument(), scenarios: [], growth: [] };
    expect(await renderComparison(runDocument(), other)).toContain('<h1>What differs between two runs?</h1>');
    const page = await renderComparison(hostileRun(runDocument()), hostileRun(other));
    expect(hostileTexts.filter((text) => /[<>]/.test(text) && page.includes(text))).toEqual([]);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(/NaN|undefined|\[object/.exec(page)).toBeNull();
  });
});
