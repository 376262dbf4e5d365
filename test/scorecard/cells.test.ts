import { describe, expect, it } from 'vitest';
import type { PromiseResult, StepResult } from '#run-document';
import { cellsOf } from '#scorecard';
import { kernelUpdate } from '../support/run-document/scenarios.js';

const broken: PromiseResult = {
  promise: 'rootMounted',
  status: 'broken',
  total: 1,
  evidence: [{ kind: 'rootNeed', need: 'ext4', kernel: '6.1.0-53-amd64', state: 'notInstalled' }],
};
const kept: PromiseResult = { promise: 'rootMounted', status: 'kept' };
const silent: PromiseResult = { promise: 'rootMounted', status: 'notApplicable', why: 'otherScheme' };

const [template] = kernelUpdate().steps;

function step(name: string, promise: PromiseResult): StepResult {
  if (template === undefined) throw new Error('the made-up scenario has a step');
  return { ...template, name, promises: [promise] };
}

function tested(scenario: string, kernelModules: number | null, ...promises: PromiseResult[]) {
  const steps = promises.map((promise, index) => step(`step ${index + 1}`, promise));
  const own = { scenario, file: `${scenario}.yaml`, hardware: null, kernels: 2, kernelModules, rerun: scenario };
  return { ground: 'machines' as const, ...own, steps };
}

function cell(...all: ReturnType<typeof tested>[]) {
  return cellsOf(all, null).find(({ promise }) => promise === 'rootMounted');
}

describe('a cell of the scorecard', () => {
  it('is broken where one scenario breaks it, and counts all of them', () => {
    expect(cell(tested('a', 5, kept), tested('b', 5, kept, broken), tested('c', 5, silent))).toMatchObject({
      status: 'broken',
      tried: [{ ground: 'machines', kept: 1, broken: 1, notJudged: 0, notApplicable: 1 }],
    });
  });

  it('names the smallest scenario: fewest requests until it breaks, then fewest kernel modules, parts before whole kernels', () => {
    const longer = tested('longer', 3, kept, broken);
    const whole = tested('whole', null, broken, kept);
    const part = tested('part', 40, broken);
    const smaller = tested('smaller', 8, broken);
    expect(cell(longer, whole)?.counterexample).toMatchObject({ scenario: 'whole', steps: 1, kernelModules: null });
    expect(cell(longer, whole, part)?.counterexample).toMatchObject({ scenario: 'part', step: 'step 1' });
    expect(cell(longer, whole, part, smaller)?.counterexample).toMatchObject({ scenario: 'smaller', rerun: 'smaller' });
  });

  it('is not applicable, and neither kept nor broken, where every request asked for another scheme', () => {
    expect(cell(tested('a', 5, silent))).toMatchObject({ status: 'notApplicable', counterexample: null });
    expect(cell(tested('a', 5, silent), tested('b', 5, kept))).toMatchObject({ status: 'kept', counterexample: null });
  });
});
