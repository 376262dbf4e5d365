import type { ExpectationResult, StepResult } from '#run-document';
import { type Expectation, expectableCounters } from '#scenario';
import { equal, noKernel, within } from './judgement.js';
import { judgeKernel } from './kernel-expectations.js';

type Observed = Omit<StepResult, 'expectations' | 'facts'>;

/** Holds what a step led to against what its scenario expects. A step that expects nothing still expects a clean verifier. */
export function judgeExpectations(expected: Expectation, observed: Observed): ExpectationResult[] {
  const { outcome, counters } = observed;
  const { sizes = {} } = expected;
  return [
    // What has no answer never passes, whether the scenario asks for one or not.
    ...equal('status', expected.status ?? (outcome.status === 'noAnswer' ? 'solved' : undefined), outcome.status),
    ...equal('violations', expected.violations ?? 0, observed.violationsTotal),
    ...expectableCounters.flatMap((name) => within(`counters.${name}`, expected.counters?.[name], counters[name])),
    ...within('sizes.downloadBytes', sizes.downloadBytes, counters.downloadBytes),
    ...within('sizes.installedBytesChange', sizes.installedBytesChange, counters.installedBytesChange),
    ...judgeTransaction(expected.transaction, observed),
    ...judgeProblems(expected.problems, observed),
    ...judgeAudit(expected.audit, observed),
    ...judgeOwnPromises(expected.promises, observed),
  ];
}

function judgeTransaction(expected: Expectation['transaction'], { outcome, counters }: Observed): ExpectationResult[] {
  if (expected === undefined) return [];
  const { comes, goes } = changes(outcome);
  const judge = (aspect: string, names: readonly string[] | undefined, nevras: readonly string[], wanted: boolean) =>
    (names ?? []).map((name): ExpectationResult => {
      const found = nevras.filter((nevra) => matches(name, nevra));
      return {
        aspect: `transaction.${aspect}`,
        expected: wanted ? { has: name } : { hasNot: name },
        found: { names: found, of: nevras.length },
        passed: found.length > 0 === wanted,
      };
    });
  return [
    ...equal('transaction.steps', expected.steps, counters.steps),
    ...judge('installs', expected.installs, comes, true),
    ...judge('doesNotInstall', expected.doesNotInstall, comes, false),
    ...judge('erases', expected.erases, goes, true),
    ...judge('doesNotErase', expected.doesNotErase, goes, false),
  ];
}

/** NEVRAs that the transaction brings and takes away. */
function changes(outcome: Observed['outcome']): {
  readonly comes: readonly string[];
  readonly goes: readonly string[];
} {
  if (outcome.status !== 'solved') return { comes: [], goes: [] };
  const isGone = (type: string): boolean => type === 'erase' || type === 'obsoleted';
  return {
    comes: outcome.steps.filter(({ type }) => !isGone(type)).map(({ nevra }) => nevra),
    goes: outcome.steps.flatMap(({ type, nevra, replaces }) => (isGone(type) ? [nevra] : replaces)),
  };
}

/** A name stands for any version of the package, a NEVRA for just that one. */
function matches(name: string, nevra: string): boolean {
  return nevra === name || nevra.replace(/-[^-]+-[^-]+$/, '') === name;
}

function judgeProblems(expected: Expectation['problems'], { outcome }: Observed): ExpectationResult[] {
  const rules = outcome.status === 'unsolvable' ? outcome.problems.flatMap((problem) => problem.rules) : [];
  const types = [...new Set(rules.map((rule) => rule.type))];
  return [
    ...(expected?.types ?? []).map((type) => ({
      aspect: 'problems.types',
      expected: { has: type },
      found: { names: types, of: types.length },
      passed: types.includes(type),
    })),
    ...(expected?.mention ?? []).map((text) => {
      const passed = rules.some((rule) =>
        [rule.source, rule.target, rule.dependency].some((part) => part?.includes(text)),
      );
      const found = { names: passed ? [text] : [], of: rules.length };
      return { aspect: 'problems.mention', expected: { has: text }, found, passed };
    }),
  ];
}

function judgeAudit(expected: Expectation['audit'], { audit }: Observed): ExpectationResult[] {
  if (expected === undefined) return [];
  return [
    ...equal('audit.nextBoot', expected.nextBoot, audit.nextBoot ?? noKernel),
    ...judgeKernel('audit', expected, audit, audit.nextBoot),
    ...Object.entries(expected.kernels ?? {}).flatMap(([release, kernel]) =>
      judgeKernel(`audit.kernels.${release}`, kernel, audit, release),
    ),
  ];
}

function judgeOwnPromises(expected: Expectation['promises'], { promises }: Observed): ExpectationResult[] {
  return promises.flatMap(({ promise, status }) => equal(`promises.${promise}`, expected?.[promise], status));
}
