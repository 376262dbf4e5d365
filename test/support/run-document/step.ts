import type { Outcome, StepResult } from '#run-document';
import { audit } from './audit.js';
import { stepFacts } from './facts.js';
import { counters, samples } from './measurement.js';

export function step(name: string, request: string, outcome: Outcome, changes: Partial<StepResult> = {}): StepResult {
  return {
    name,
    request,
    outcome,
    counters: counters(),
    phases: samples(1, 9, 2),
    violations: [],
    violationsTotal: 0,
    audit: audit('driven'),
    costs: [
      {
        kind: 'depmodByScripts',
        runs: { least: 88, most: 132 },
        kernelModules: { least: 1, most: 45 },
        seconds: { low: 42.5, high: 5400 },
        counted: 'simulated',
        timed: 'measured',
        source: 'one machine',
      },
      {
        kind: 'download',
        bytes: 41_250_000,
        seconds: { low: 6.6, high: 6.6 },
        counted: 'exact',
        timed: 'assumed',
        source: 'somebody else',
      },
    ],
    expectations: expectations(outcome.status, 'driven'),
    facts: stepFacts(),
    promises: [],
    ...changes,
  };
}

/** Two that were met. */
export function expectations(status: string, nic: string): StepResult['expectations'] {
  return [
    { aspect: 'status', expected: { is: status }, found: { is: status }, passed: true },
    { aspect: 'audit.devices.nic', expected: { is: nic }, found: { names: [nic], of: 1 }, passed: true },
  ];
}
