import type { KabiConflict, Problem, Reason, Solution, SolutionDevices } from '#run-document';
import {
  checksumText,
  count,
  counted,
  kabiText,
  notTriedText,
  problemText,
  solutionDevicesText,
  solutionText,
  statementText,
} from '#tell';
import type { Badge } from './badge.js';
import { listedMax, stepText } from './outcome.js';

export interface ProblemView {
  readonly cause: string;
  /** What else is to be said of kABIs, beside the cause. */
  readonly kabiSentences: readonly string[];
  readonly kabi: readonly KabiRow[];
  readonly tree: readonly ReasonView[];
  /** A tree of some lines is shown without asking. */
  readonly treeOpen: boolean;
  readonly solutions: readonly SolutionView[];
  readonly rulesSummary: string;
  readonly rules: readonly {
    readonly type: string;
    readonly source: string;
    readonly target: string;
    readonly dependency: string;
  }[];
}

export interface ReasonView {
  readonly text: string;
  readonly because: ReasonView[];
}

export interface KabiRow {
  readonly package: string;
  readonly kernel: string;
  readonly changed: string;
  readonly missing: string;
  readonly examples: string;
}

export interface SolutionView {
  readonly title: string;
  readonly steps: readonly string[];
  readonly more: string;
  readonly devices: Badge | null;
}

/** Statements of a tree that a reader takes in at a glance. */
const openMax = 12;
/** Kernels that a conflict's table lists; ten builds side by side are two such tables' worth. */
const kernelsMax = 10;

export function problemView(problem: Problem): ProblemView {
  const { rules, reasons, kabi, solutions } = problem;
  return {
    cause: `${problemText(problem)}.`,
    kabiSentences: kabi.slice(1).map((conflict) => `${kabiText(conflict)}.`),
    kabi: kabi.flatMap(kabiRows),
    tree: reasonViews(reasons),
    treeOpen: reasons.length <= openMax,
    solutions: solutions.map(solutionView),
    rulesSummary: `${counted(rules.length, 'rule')} of the solver behind this${
      rules.length > listedMax ? `, ${count(listedMax)} of them listed` : ''
    }`,
    rules: rules.slice(0, listedMax).map(({ type, source, target, dependency }) => ({
      type,
      source: source ?? '\u2013',
      target: target ?? '\u2013',
      dependency: dependency ?? '\u2013',
    })),
  };
}

/** Lines as lists in lists. What a document says is deeper than the line above it by more than one belongs to that line all the same. */
export function reasonViews(reasons: readonly Reason[]): ReasonView[] {
  const roots: ReasonView[] = [];
  const open: ReasonView[][] = [roots];
  for (const { depth, statement } of reasons) {
    const view = { text: statementText(statement), because: [] };
    const level = Math.min(depth, open.length - 1);
    open[level]?.push(view);
    open.splice(level + 1, open.length, view.because);
  }
  return roots;
}

function kabiRows({ package: owner, symbols, notFor }: KabiConflict): KabiRow[] {
  return notFor.slice(0, kernelsMax).map(({ kernel, changed, missing, examples }) => ({
    package: owner,
    kernel,
    changed: `${count(changed)} of ${count(symbols)}`,
    missing: count(missing),
    examples: examples
      .map(({ symbol, wanted, found }) => `${symbol} ${checksumText(wanted)} \u2192 ${checksumText(found)}`)
      .join(', '),
  }));
}

function solutionView({ elements, effect }: Solution): SolutionView {
  const title = solutionText(elements);
  if (effect.status === 'notTried') {
    return { title, steps: [], more: `Not tried: ${notTriedText(effect)}.`, devices: null };
  }
  const { together, steps, stepsTotal } = effect;
  const others = together.length === 0 ? [] : [`Taken with: ${together.map(solutionText).join('; ')}.`];
  const left = stepsTotal - steps.length;
  const changes = stepsTotal === 0 ? ['Changes nothing.'] : left > 0 ? [`${counted(left, 'more step')}.`] : [];
  return {
    title,
    steps: steps.map(stepText),
    more: [...changes, ...others].join(' '),
    devices: devicesBadge(effect.devices),
  };
}

function devicesBadge(devices: SolutionDevices | null): Badge | null {
  if (devices === null) return null;
  const isGood = devices.nextBoot !== null && devices.lost.length === 0;
  return { tone: isGood ? 'good' : 'bad', sign: isGood ? '\u2713' : '\u2717', text: solutionDevicesText(devices) };
}
