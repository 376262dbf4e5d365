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
    expect(view.times).toEqual([]);
    expect(new Set(view.steady.map(({ badge }) => badge.text))).toEqual(new Set(['within noise']));
    expect(view.steadySummary).toMatch(/^(\d+) times of \1 did not move/);
  });

  it('names a counter that moved and calls a phase slower when its whole interval is', () => {
    const slower = scaled(runDocument(), 'order', 2);
    const step = slower.scenarios[0]?.steps[0];
    if (step === undefined) throw new Error('unreachable');
    step.counters.rulesTotal += 1;
    const view = comparisonView(runDocument(), slower);
    expect(view.moved).toEqual([
      ['kernel-update: update everything', 'rulesTotal', '221,973', '221,974', '+1 (+0.00 %)'],
    ]);
    expect(view.times.length).toBeGreaterThan(0);
    expect(view.times.every(({ badge }) => badge.text === 'slower')).toBe(true);
    expect(view.times.every(({ cells }) => cells[1] === 'Order' && cells[4] === '\u00d7 2.00')).toBe(true);
  });

  it('judges no time between two machines', () => {
    const there = scaled(runDocument(), 'solve', 3);
    there.environment.cpu = 'another';
    const view = comparisonView(runDocument(), there);
    expect(view.environments).toEqual([['cpu', 'AMD EPYC 7B13', 'another']]);
    expect(new Set(view.times.map(({ badge }) => badge.text))).toEqual(new Set(['not judged']));
    expect(new Set(view.times.map(({ cells }) => cells[1]))).toEqual(new Set(['Solve']));
  });

  it('names a request that only one run has', () => {
    const less = runDocument();
    const view = comparisonView(less, { ...less, scenarios: less.scenarios.slice(1) });
    expect(view.alone).toContainEqual(['first', 'kernel-update: update everything']);
    expect(view.moved).toEqual([]);
  });

  it('puts another answer before a lost device, and that before numbers, these by how far they moved', () => {
    const other = structuredClone(runDocument());
    const [one, two] = other.scenarios[0]?.steps ?? [];
    if (one === undefined || two === undefined) throw new Error('unreachable');
    one.counters.rulesTotal += 1;
    one.counters.learnt += 1000;
    two.violationsTotal += 1;
    two.outcome = { status: 'unsolvable', problems: [], causes: { first: [], total: 0 } };
    const { moved } = comparisonView(runDocument(), other);
    expect(moved.map(([, name]) => name)).toEqual(['outcome', 'violations', 'learnt', 'rulesTotal']);
    expect(moved[1]?.[4]).toMatch(/^\+1/);
  });

  it('says so where two runs share little', () => {
    const run = runDocument();
    const [one, ...others] = run.scenarios;
    if (one === undefined) throw new Error('unreachable');
    const strangers = others.map((scenario) => ({ ...scenario, id: `other ${scenario.id}` }));
    const { sentences } = comparisonView(run, { ...run, scenarios: [one, ...strangers] });
    expect(sentences[0]).toBe(
      'The runs share little: 2 requests ran in both, 8 in one alone. What follows is of those in both.',
    );
    expect(comparisonView(run, { ...run, scenarios: strangers }).sentences[0]).toContain('no request in common');
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
