import type {
  Counters,
  KabiConflict,
  NoAnswer,
  Outcome,
  Problem,
  RequestOutcome,
  Solution,
  SolutionEffect,
  TransactionStep,
} from '#run-document';
import { endedInText, noAnswerText } from '../no-answer.js';
import { counted, megabytes } from '../numbers.js';
import { causeLines } from './causes-text.js';
import { changedSymbolText, kabiText, problemText } from './kabi.js';
import { notTriedText, solutionDevicesText, solutionText } from './solution.js';
import { reasonLines } from './tree.js';

/** Problems that a terminal shows. */
const problemsMax = 10;

const signs: Record<TransactionStep['type'], string> = {
  install: '+',
  multiversion: '+',
  upgrade: '^',
  downgrade: 'v',
  change: '~',
  reinstall: '=',
  erase: '-',
  obsoleted: '-',
  other: '?',
};

/** libsolv's step types in a reader's words. */
const verbs: Readonly<Record<TransactionStep['type'], string>> = {
  install: 'installed',
  multiversion: 'added',
  upgrade: 'upgraded',
  downgrade: 'downgraded',
  change: 'changed',
  reinstall: 'reinstalled',
  erase: 'erased',
  obsoleted: 'obsoleted',
  other: 'touched',
};

/** What became of a package in a step of a transaction. */
export function stepVerb(type: TransactionStep['type']): string {
  return verbs[type];
}

/** An outcome for the terminal: a line for each package, or each problem with its ways out; then the sum. */
export function outcomeText(outcome: RequestOutcome, counters: Counters): string {
  if (outcome.status === 'noAnswer') return noAnswerLines(outcome);
  return [...outcomeLines(outcome), outcomeSummary(outcome, counters), ''].join('\n');
}

/** Of a request that was ended: nothing is known but that. */
export function noAnswerLines(outcome: NoAnswer): string {
  return [
    noAnswerText(outcome.within),
    `${endedInText(outcome)} The machine is as it was.`,
    outcome.within.of === 'time' ? 'more time: --timeout SECONDS' : 'more memory: --memory MB',
    '',
  ].join('\n');
}

type Found = Exclude<RequestOutcome, NoAnswer>;

function outcomeLines(outcome: Found): string[] {
  switch (outcome.status) {
    case 'solved':
      return [...outcome.steps.map(stepLine), ...unknownLines(outcome.unknown)];
    case 'unsolvable':
      return unsolvedLines(outcome);
    case 'notApplicable':
      return unknownLines(outcome.unknown);
  }
}

function unknownLines(unknown: readonly string[]): string[] {
  return unknown.map((text) => `nothing is called "${text}", and nothing provides it`);
}

/** With many problems what they come down to is told first, and only the first ones in full. */
function unsolvedLines({ problems, causes }: Extract<Outcome, { status: 'unsolvable' }>): string[] {
  const told = problems.slice(0, problemsMax).flatMap(problemLines);
  const more = problems.length - problemsMax;
  return [
    ...(problems.length > 1 ? causeLines(causes) : []),
    ...told,
    ...(more > 0 ? [`and ${counted(more, 'more problem')}, see --json`] : []),
  ];
}

export function stepLine({ type, nevra, replaces }: TransactionStep): string {
  const old = replaces.length === 0 ? '' : `  (was ${replaces.join(', ')})`;
  return `${signs[type]} ${nevra}${old}`;
}

/** What is wrong in a sentence, the tree of who asked and what stands against it, and what each way out would do. */
function problemLines(problem: Problem, index: number): string[] {
  const { reasons, kabi, solutions } = problem;
  const cause = problemText(problem);
  const [first, ...below] = reasonLines(reasons);
  return [
    `problem ${index + 1}: ${cause}`,
    ...[...(first === undefined || first === cause ? [] : [first]), ...below].map((line) => `  ${line}`),
    ...kabi.flatMap((conflict, number) => obstacleLines(conflict).slice(number === 0 ? 1 : 0)),
    ...solutions.flatMap(solutionLines),
  ];
}

/** A kABI conflict: what does not go together, then the first symbols with both checksums. */
export function obstacleLines(conflict: KabiConflict): string[] {
  const [first] = conflict.notFor;
  const examples = first === undefined ? [] : first.examples.map((symbol) => changedSymbolText(symbol, first.kernel));
  return [`  ${kabiText(conflict)}`, ...examples.map((line) => `    ${line}`)];
}

function solutionLines({ elements, effect }: Solution, index: number): string[] {
  return [`  solution ${index + 1}: ${solutionText(elements)}`, ...effectLines(effect).map((line) => `    ${line}`)];
}

function effectLines(effect: SolutionEffect): string[] {
  if (effect.status === 'notTried') return [`not tried: ${notTriedText(effect)}`];
  const { together, steps, stepsTotal, devices } = effect;
  return [
    ...together.map((elements) => `with: ${solutionText(elements)}`),
    ...(stepsTotal === 0 ? ['changes nothing'] : steps.map(stepLine)),
    ...(stepsTotal > steps.length ? [`and ${counted(stepsTotal - steps.length, 'more step')}`] : []),
    ...(devices === null ? [] : [solutionDevicesText(devices)]),
  ];
}

export function outcomeSummary(
  outcome: RequestOutcome,
  { steps, downloadBytes, solvables, rulesTotal }: Counters,
): string {
  if (outcome.status === 'noAnswer') return noAnswerText(outcome.within);
  const pool = `${counted(solvables, 'solvable')}, ${counted(rulesTotal, 'rule')}`;
  if (outcome.status === 'notApplicable')
    return `not applicable: the request asks for what is not here, under another design perhaps (${pool})`;
  if (outcome.status === 'unsolvable') {
    const { length } = outcome.problems;
    return `no solution, ${counted(length, 'problem')} (${pool})`;
  }
  return `solved: ${counted(steps, 'step')}, ${megabytes(downloadBytes)} to download (${pool})`;
}
