import { phases, type RunDocument, type ScenarioResult, type StepResult } from '#run-document';
import { median } from '#statistics';
import {
  answerText,
  brokenWords,
  bytes,
  compact,
  count,
  counted,
  evidenceText,
  expectedText,
  fixed,
  foundText,
  isNotApplicable,
  violationText,
} from '#tell';
import { type Pages, scenarioName, variantName } from '../site/pages.js';
import type { Address } from '../site/place.js';
import { slug } from '../site/slugs.js';
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
import { recorded } from './index-page.js';
import { type ListView, list, outcomeBadge, outcomeSummary, transactionView } from './outcome.js';
import { phaseText } from './phases.js';
import { type ProblemView, problemView } from './problem.js';

/** The page of a scenario file. */
export interface ScenarioPageView {
  readonly name: string;
  readonly question: string;
  readonly facts: readonly {
    readonly name: string;
    readonly value: string;
    readonly links: readonly { readonly text: string; readonly to: Address | null }[];
  }[];
  readonly variants: readonly VariantView[];
}

/** The file on one machine under one design. */
export interface VariantView {
  readonly anchor: string;
  readonly title: string;
  readonly answer: string;
  readonly badge: Badge;
  readonly error: readonly string[];
  readonly facts: readonly { readonly name: string; readonly value: string; readonly to: Address | null }[];
  readonly rerun: string;
  readonly steps: readonly StepView[];
}

export interface StepView {
  readonly anchor: string;
  readonly name: string;
  readonly request: string;
  readonly outcome: Badge;
  readonly summary: string;
  /** What the audit and the verifier found, in a word each. */
  readonly findings: readonly Badge[];
  /** Promises that the step breaks, with what shows it. */
  readonly broken: readonly { readonly text: Badge; readonly evidence: readonly string[]; readonly more: string }[];
  readonly transaction: readonly ListView[];
  readonly problems: readonly ProblemView[];
  readonly notes: readonly ListView[];
  readonly expectations: ExpectationsView;
  readonly counters: readonly { readonly name: string; readonly value: string }[];
  readonly samples: readonly { readonly phase: string; readonly median: string; readonly values: string }[];
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

const met: Badge = { tone: 'met', sign: '\u2261', text: 'as recorded' };
const notMet: Badge = { tone: 'unmet', sign: '\u2260', text: 'not as recorded' };

export function scenarioPage(file: string, { scenarios, kernels }: RunDocument, pages: Pages): ScenarioPageView {
  const results = scenarios.filter((scenario) => scenario.file === file);
  const [first] = results;
  const builds = [...new Set(results.flatMap((result) => result.kernels))];
  const designs = [...new Set(results.map(({ scheme }) => scheme).filter((name) => name !== ''))];
  return {
    name: scenarioName(file),
    question: first?.question ?? '',
    facts: [
      { name: 'File', value: file, links: [] },
      {
        name: 'Designs',
        value: '',
        links: designs.map((text) => ({ text, to: pages.of('design', text) })),
      },
      {
        name: 'Kernels',
        value: '',
        links: builds.map((text) => {
          const release = kernels.find((kernel) => text.endsWith(kernel.release))?.release;
          return { text, to: release === undefined ? null : pages.of('kernel', release) };
        }),
      },
      ...(first?.comparedWith === 'zypper'
        ? [{ name: 'Confirmed by', value: 'real zypper: make test-clients compares every step', links: [] }]
        : []),
      ...(first?.trap === true
        ? [
            {
              name: 'Trap',
              value: 'a machine or request that nobody should have; the verdict counts it apart',
              links: [],
            },
          ]
        : []),
    ].filter(({ value, links }) => value !== '' || links.length > 0),
    variants: results.map((result) => variantView(result, pages)),
  };
}

function variantView(scenario: ScenarioResult, pages: Pages): VariantView {
  const name = variantName(scenario);
  return {
    anchor: pages.variant(scenario)?.anchor ?? 'steps',
    title: name === '' ? 'Step by step' : name,
    answer: answerText(scenario),
    badge: recorded[scenario.status],
    error: scenario.error === null ? [] : [scenario.error],
    facts: [
      { name: 'Design', value: scenario.scheme, to: pages.of('design', scenario.scheme) },
      ...partFacts(scenario),
      { name: 'Hardware', value: scenario.hardware ?? 'none', to: null },
    ],
    rerun: scenario.rerun,
    steps: scenario.steps.map((step) => stepView(step, pages)),
  };
}

/** Says of a part of a kernel that it is one: what it has no drivers for was not asked. */
function partFacts({ kernelParts }: ScenarioResult): VariantView['facts'] {
  if (kernelParts.length === 0) return [];
  const texts = kernelParts.map(({ kernelModules, ofAll }) => `${count(kernelModules)} of ${count(ofAll)}`);
  const same = new Set(texts).size === 1;
  const values = same ? texts.slice(0, 1) : texts.map((text, index) => `${text} in ${kernelParts[index]?.kernel}`);
  return [{ name: 'Part of a kernel', value: `${values.join(', ')} kernel modules`, to: null }];
}

function stepView(step: StepResult, pages: Pages): StepView {
  const devices = deviceSummary(step.audit);
  const root = rootBadge(step.audit);
  return {
    anchor: pages.step(step)?.anchor ?? slug(step.name),
    name: step.name,
    request: step.request,
    outcome: outcomeBadge(step),
    summary: outcomeSummary(step),
    findings: [...(devices === null ? [] : [devices]), ...(root === null ? [] : [root]), ...violationBadges(step)],
    broken: brokenViews(step),
    transaction: step.outcome.status === 'solved' ? transactionView(step.outcome.steps, pages) : [],
    problems:
      step.outcome.status === 'unsolvable' && !isNotApplicable(step) ? step.outcome.problems.map(problemView) : [],
    notes: notes(step),
    expectations: expectationsView(step.expectations),
    counters: counterTexts(step),
    samples: step.phases.map(({ phase, samplesMs }) => ({
      phase: phaseText[phase].name,
      median: fixed(median(samplesMs), 2),
      values: samplesMs.map((ms) => fixed(ms, 2)).join(', '),
    })),
    deviceTable: deviceTable(step.audit),
    kernels: kernelRows(step.audit),
    refused: refusedViews(step.audit),
    costs: costRows(step.costs),
  };
}

function brokenViews({ promises }: StepResult): StepView['broken'] {
  return promises.flatMap((promise) => {
    if (promise.status !== 'broken') return [];
    const more = promise.total - promise.evidence.length;
    return [
      {
        text: { tone: 'bad' as const, sign: '\u2717', text: brokenWords[promise.promise] },
        evidence: promise.evidence.map(evidenceText),
        more: more > 0 ? `${count(more)} more` : '',
      },
    ];
  });
}

function expectationsView(list: StepResult['expectations']): ExpectationsView {
  const missed = list.filter(({ passed }) => !passed).length;
  const verdict = missed === 0 ? 'as recorded' : `${count(missed)} not as recorded`;
  return {
    summary: `${counted(list.length, 'recorded answer')}, ${verdict}`,
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
