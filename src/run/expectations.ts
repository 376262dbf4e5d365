import type { ExpectationResult, StepResult } from '#run-document';
import type { Expectation } from '#scenario';
import { judgeKernel } from './kernel-expectations.js';

type Observed = Omit<StepResult, 'expectations'>;

/** Holds what a step led to against what its scenario expects. A step that expects nothing still expects a clean verifier. */
export function judgeExpectations(expected: Expectation, observed: Observed): ExpectationResult[] {
  const { outcome, audit, counters } = observed;
  const results: ExpectationResult[] = [];
  const equal = (aspect: string, want: string | number | undefined, found: string | number): void => {
    if (want !== undefined)
      results.push({ aspect, expected: String(want), found: String(found), passed: want === found });
  };
  const holds = (aspect: string, want: string, found: string, passed: boolean): void => {
    results.push({ aspect, expected: want, found, passed });
  };

  equal('status', expected.status, outcome.status);
  equal('violations', expected.violations ?? 0, observed.violationsTotal);
  if (expected.solvablesMin !== undefined) {
    const { solvables } = counters;
    holds('solvablesMin', `at least ${expected.solvablesMin}`, String(solvables), solvables >= expected.solvablesMin);
  }

  const { transaction } = expected;
  if (transaction !== undefined) {
    const { comes, goes } = changes(outcome);
    equal('transaction.steps', transaction.steps, counters.steps);
    for (const name of transaction.installs ?? [])
      holds('transaction.installs', name, found(name, comes), has(name, comes));
    for (const name of transaction.doesNotInstall ?? [])
      holds('transaction.doesNotInstall', `not ${name}`, found(name, comes), !has(name, comes));
    for (const name of transaction.erases ?? []) holds('transaction.erases', name, found(name, goes), has(name, goes));
    for (const name of transaction.doesNotErase ?? [])
      holds('transaction.doesNotErase', `not ${name}`, found(name, goes), !has(name, goes));
  }

  const rules = outcome.status === 'unsolvable' ? outcome.problems.flatMap((problem) => problem.rules) : [];
  for (const type of expected.problems?.types ?? []) {
    const types = [...new Set(rules.map((rule) => rule.type))];
    holds('problems.types', type, types.join(', ') || 'no problem', types.includes(type));
  }
  for (const text of expected.problems?.mention ?? []) {
    const mentioned = rules.some((rule) =>
      [rule.source, rule.target, rule.dependency].some((part) => part?.includes(text)),
    );
    holds('problems.mention', text, mentioned ? text : 'not mentioned', mentioned);
  }

  if (expected.audit !== undefined) {
    equal('audit.nextBoot', expected.audit.nextBoot, audit.nextBoot ?? 'no kernel');
    results.push(...judgeKernel('audit', expected.audit, audit, audit.nextBoot));
    for (const [release, kernel] of Object.entries(expected.audit.kernels ?? {}))
      results.push(...judgeKernel(`audit.kernels.${release}`, kernel, audit, release));
  }
  return results;
}

/** NEVRAs that the transaction brings and takes away. */
function changes(outcome: Observed['outcome']): {
  readonly comes: readonly string[];
  readonly goes: readonly string[];
} {
  if (outcome.status === 'unsolvable') return { comes: [], goes: [] };
  const isGone = (type: string): boolean => type === 'erase' || type === 'obsoleted';
  return {
    comes: outcome.steps.filter(({ type }) => !isGone(type)).map(({ nevra }) => nevra),
    goes: outcome.steps.flatMap(({ type, nevra, replaces }) => (isGone(type) ? [nevra] : replaces)),
  };
}

/** A name stands for any version of the package, a NEVRA for just that one. */
function has(name: string, nevras: readonly string[]): boolean {
  return nevras.some((nevra) => matches(name, nevra));
}

function found(name: string, nevras: readonly string[]): string {
  return nevras.filter((nevra) => matches(name, nevra)).join(', ') || `none of ${nevras.length}`;
}

function matches(name: string, nevra: string): boolean {
  return nevra === name || nevra.replace(/-[^-]+-[^-]+$/, '') === name;
}
