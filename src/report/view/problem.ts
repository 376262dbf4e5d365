import type { KabiConflict, Problem, Reason, Solution, SolutionDevices } from '#run-document';
import { count, counted } from '#tell';
import type { Badge } from './badge.js';
import { listedMax, stepText } from './outcome.js';

export interface ProblemView {
  readonly cause: string;
  /** What else is to be said of kABIs, beside the cause. */
  readonly kabiSentences: readonly string[];
  readonly kabi: readonly KabiRow[];
  readonly tree: ReasonView;
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
  readonly because: readonly ReasonView[];
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

export function problemView({ rules, cause, tree, kabi, solutions }: Problem): ProblemView {
  return {
    cause,
    kabiSentences: kabi.map(({ text }) => text).filter((text) => text !== cause),
    kabi: kabi.flatMap(kabiRows),
    tree: reasonView(tree),
    treeOpen: size(tree) <= openMax,
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

export function reasonView({ text, because }: Reason): ReasonView {
  return { text, because: because.map(reasonView) };
}

function size({ because }: Reason): number {
  return because.reduce((sum, below) => sum + size(below), 1);
}

function kabiRows({ package: owner, symbols, notFor }: KabiConflict): KabiRow[] {
  return notFor.slice(0, kernelsMax).map(({ kernel, changed, missing, examples }) => ({
    package: owner,
    kernel,
    changed: `${count(changed)} of ${count(symbols)}`,
    missing: count(missing),
    examples: examples.map(({ symbol, wanted, found }) => `${symbol} ${wanted} \u2192 ${found ?? 'none'}`).join(', '),
  }));
}

function solutionView({ elements, effect }: Solution): SolutionView {
  const title = elements.join('; ');
  if (effect.status === 'notTried') return { title, steps: [], more: `Not tried: ${effect.why}.`, devices: null };
  const { together, steps, stepsTotal } = effect;
  const others = together.length === 0 ? [] : [`Taken with: ${together.join('; ')}.`];
  const left = stepsTotal - steps.length;
  const changes = stepsTotal === 0 ? ['Changes nothing.'] : left > 0 ? [`${count(left)} more steps.`] : [];
  return {
    title,
    steps: steps.map(stepText),
    more: [...changes, ...others].join(' '),
    devices: devicesBadge(effect.devices),
  };
}

function devicesBadge(devices: SolutionDevices | null): Badge | null {
  if (devices === null) return null;
  const { nextBoot, driven, lost } = devices;
  if (nextBoot === null) return { tone: 'bad', sign: '\u2717', text: 'no kernel would be left' };
  if (lost.length === 0) {
    return { tone: 'good', sign: '\u2713', text: `no device lost, ${count(driven)} driven by ${nextBoot}` };
  }
  const names = lost.map(({ device }) => device).join(', ');
  return { tone: 'bad', sign: '\u2717', text: `${counted(lost.length, 'device')} lost under ${nextBoot}: ${names}` };
}
