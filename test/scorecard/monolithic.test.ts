import { expect, test } from 'vitest';
import type { PromiseResult, ScenarioResult, StepResult } from '#run-document';
import { besideMonolithic } from '../../src/scorecard/monolithic.js';
import { stepFacts } from '../support/run-document/facts.js';
import { counters } from '../support/run-document/measurement.js';

const unjudged: PromiseResult = { promise: 'noMoreDownload', status: 'notApplicable', why: 'notCompared' };

/** Requests of one machine: what each downloads, and the metadata in reach of it. */
function scenario(scheme: string, steps: readonly (readonly [number, number])[], changes: object = {}): ScenarioResult {
  const isMonolithic = scheme === 'monolithic';
  const results = steps.map(([downloadBytes, metadataBytes]) => ({
    outcome: { status: 'solved', steps: [], recommendedNotInstalled: [], orphaned: [], unknown: [] },
    counters: { ...counters(), downloadBytes },
    facts: stepFacts({ isMonolithic, metadataBytes }),
    promises: [unjudged],
  }));
  const one = { file: 'machines.yaml', hardware: 'laptop', kernels: ['a', 'b'], scheme, steps: results, ...changes };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else of a scenario is read
  return one as unknown as ScenarioResult;
}

const promiseOf = (step: StepResult | undefined): PromiseResult | undefined => step?.promises[0];

test('packages add up from the installation on, metadata counts once, and each step is judged by both sums', () => {
  const [own, monolithic] = besideMonolithic(
    [
      scenario('modular', [
        [50, 20],
        [10, 30],
        [0, 30],
      ]),
      scenario('monolithic', [
        [60, 5],
        [60, 6],
        [0, 6],
      ]),
    ],
    'monolithic',
  );
  expect(own?.steps.map(({ facts }) => facts.monolithic)).toEqual([
    { bytes: 70, monolithicBytes: 65 },
    { bytes: 90, monolithicBytes: 126 },
    { bytes: 90, monolithicBytes: 126 },
  ]);
  expect(promiseOf(own?.steps[0])).toMatchObject({ status: 'broken', evidence: [{ bytes: 70, monolithicBytes: 65 }] });
  expect(promiseOf(own?.steps[1])).toEqual({ promise: 'noMoreDownload', status: 'kept' });
  expect(monolithic?.steps.map(promiseOf)).toEqual([unjudged, unjudged, unjudged]);
});

test('another machine, other kernels or a scenario that ended early is nothing to compare with', () => {
  const steps = [[1, 1]] as const;
  const monolithic = scenario('monolithic', steps);
  for (const changes of [{ hardware: 'server' }, { kernels: ['a'] }, { file: 'driver.yaml' }]) {
    const own = scenario('modular', steps, changes);
    expect(besideMonolithic([own, monolithic], 'monolithic')[0]).toBe(own);
  }
  const longer = scenario('modular', [...steps, ...steps]);
  expect(besideMonolithic([longer, monolithic], 'monolithic')[0]).toBe(longer);
});
