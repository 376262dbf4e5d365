import { phases, type RunDocument, type ScenarioResult, type StepResult } from '#run-document';
import {
  answerText,
  bytes,
  compact,
  count,
  counted,
  expectedText,
  foundText,
  isNotApplicable,
  violationText,
} from '#tell';
import type { Badge } from './badge.js';
import { type CostRow, costRows } from './costs.js';
import {
  type DeviceTable,
  deviceSummary,
  deviceTable,
  type KernelRow,
  kernelRows,
  type RefusedView,
  refusedViews,
  rootBadge,
} from './devices.js';
import { type ListView, list, outcomeBadge, outcomeSummary, transactionView } from './outcome.js';
import { phaseText } from './phases.js';
import { type ProblemView, problemView } from './problem.js';

export interface ScenarioView {
  readonly anchor: string;
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly badge: Badge;
  readonly error: readonly string[];
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly rerun: string;
  readonly steps: readonly StepView[];
}

export interface StepView {
  readonly name: string;
  readonly request: string;
  readonly outcome: Badge;
  readonly summary: string;
  /** What the audit and the verifier found, in a word each. */
  readonly findings: readonly Badge[];
  readonly transaction: readonly ListView[];
  readonly problems: readonly ProblemView[];
  readonly notes: readonly ListView[];
  readonly expectations: ExpectationsView;
  readonly counters: readonly { readonly name: string; readonly value: string }[];
  readonly deviceTable: DeviceTable | null;
  readonly kernels: readonly KernelRow[];
  readonly refused: readonly RefusedView[];
  readonly costs: readonly CostRow[];
}

export interface ExpectationsView {
  readonly summary: string;
  /** One that was not met is shown without asking. */
  readonly open: boolean;
  readonly rows: readonly ExpectationView[];
}

export interface ExpectationView {
  readonly aspect: string;
  readonly expected: string;
  readonly found: string;
  readonly badge: Badge;
}

const met: Badge = { tone: 'good', sign: '\u2713', text: 'as expected' };
const notMet: Badge = { tone: 'bad', sign: '\u2717', text: 'not as expected' };
const statusBadges: Readonly<Record<ScenarioResult['status'], Badge>> = {
  passed: met,
  failed: notMet,
  error: { tone: 'unknown', sign: '?', text: 'did not run' },
  bug: { tone: 'unknown', sign: '?', text: 'ended by a fault of kmplab' },
};

export function scenarioViews({ scenarios }: RunDocument): ScenarioView[] {
  return scenarios.map((scenario, index) => ({
    anchor: `scenario-${index + 1}`,
    id: scenario.id,
    question: scenario.question,
    answer: answerText(scenario),
    badge: statusBadges[scenario.status],
    error: scenario.error === null ? [] : [scenario.error],
    facts: [
      { name: 'Scheme', value: scenario.scheme },
      { name: 'Kernels', value: scenario.kernels.join(', ') },
      ...partFacts(scenario),
      { name: 'Hardware', value: scenario.hardware ?? 'none' },
      { name: 'File', value: scenario.file },
    ],
    rerun: scenario.rerun,
    steps: scenario.steps.map(stepView),
  }));
}

/** Says of a part of a kernel that it is one: what it has no drivers for was not asked. */
function partFacts({ kernelParts }: ScenarioResult): ScenarioView['facts'] {
  if (kernelParts.length === 0) return [];
  const texts = kernelParts.map(({ kernelModules, ofAll }) => `${count(kernelModules)} of ${count(ofAll)}`);
  const same = new Set(texts).size === 1;
  const values = same ? texts.slice(0, 1) : texts.map((text, index) => `${text} in ${kernelParts[index]?.kernel}`);
  return [{ name: 'Part of a kernel', value: `${values.join(', ')} kernel modules` }];
}

function stepView(step: StepResult): StepView {
  const devices = deviceSummary(step.audit);
  const root = rootBadge(step.audit);
  return {
    name: step.name,
    request: step.request,
    outcome: outcomeBadge(step),
    summary: outcomeSummary(step),
    findings: [...(devices === null ? [] : [devices]), ...(root === null ? [] : [root]), ...violationBadges(step)],
    transaction: step.outcome.status === 'solved' ? transactionView(step.outcome.steps) : [],
    problems:
      step.outcome.status === 'unsolvable' && !isNotApplicable(step) ? step.outcome.problems.map(problemView) : [],
    notes: notes(step),
    expectations: expectationsView(step.expectations),
    counters: counterTexts(step),
    deviceTable: deviceTable(step.audit),
    kernels: kernelRows(step.audit),
    refused: refusedViews(step.audit),
    costs: costRows(step.costs),
  };
}

function expectationsView(list: StepResult['expectations']): ExpectationsView {
  const missed = list.filter(({ passed }) => !passed).length;
  const verdict = missed === 0 ? (list.length === 1 ? 'met' : 'all met') : `${count(missed)} not met`;
  return {
    summary: `${counted(list.length, 'expectation')}, ${verdict}`,
    open: missed > 0,
    rows: list.map((one) => ({
      aspect: one.aspect,
      expected: expectedText(one),
      found: foundText(one),
      badge: one.passed ? met : notMet,
    })),
  };
}

function violationBadges({ violationsTotal }: StepResult): Badge[] {
  return violationsTotal === 0
    ? []
    : [{ tone: 'bad', sign: '\u2717', text: `${counted(violationsTotal, 'violation')} of the resulting set` }];
}

function notes({ outcome, violations, violationsTotal }: StepResult): ListView[] {
  const views: ListView[] = [];
  if (violationsTotal > 0) {
    const items = violations.map(violationText);
    views.push(list(`Violations found by the verifier: ${count(violationsTotal)}`, items, violationsTotal));
  }
  if (outcome.status === 'solved') {
    const { recommendedNotInstalled, orphaned } = outcome;
    if (recommendedNotInstalled.length > 0)
      views.push(
        list(`Recommended and not installed: ${count(recommendedNotInstalled.length)}`, recommendedNotInstalled),
      );
    if (orphaned.length > 0) views.push(list(`Orphaned: ${count(orphaned.length)}`, orphaned));
  }
  return views;
}

function workText(work: NonNullable<StepResult['counters']['work']>): string {
  const counted = phases.flatMap((phase) => {
    const edges = work[phase];
    return edges === undefined ? [] : [{ name: phaseText[phase].name, edges }];
  });
  const total = counted.reduce((sum, { edges }) => sum + edges, 0);
  return `${compact(total)} code edges (${counted.map(({ name, edges }) => `${name} ${compact(edges)}`).join(', ')})`;
}

function counterTexts({ counters }: StepResult): StepView['counters'] {
  const rules = Object.entries(counters.rules)
    .filter(([, number]) => number > 0)
    .map(([name, number]) => `${name} ${count(number)}`)
    .join(', ');
  return [
    { name: 'Solvables', value: count(counters.solvables) },
    { name: 'Installed', value: count(counters.installed) },
    { name: 'Jobs', value: count(counters.jobs) },
    { name: 'Rules', value: rules === '' ? count(counters.rulesTotal) : `${count(counters.rulesTotal)} (${rules})` },
    { name: 'Learnt', value: count(counters.learnt) },
    { name: 'Decisions', value: count(counters.decisions) },
    { name: 'Heap', value: bytes(counters.heapBytesMax) },
    ...(counters.work === null ? [] : [{ name: 'Work', value: workText(counters.work) }]),
  ];
}
