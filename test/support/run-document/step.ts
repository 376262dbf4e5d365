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
        kind: 'depmodAfterEachPackage',
        seconds: 42.5,
        basis: 'measured',
        how: '88 runs of depmod',
        source: 'one machine',
      },
      { kind: 'initrds', seconds: 6.6, basis: 'modelled', how: '1 initrd', source: 'somebody else' },
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
