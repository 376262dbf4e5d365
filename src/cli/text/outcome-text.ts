import type {
  Counters,
  KabiConflict,
  Outcome,
  Problem,
  Solution,
  SolutionDevices,
  SolutionEffect,
  TransactionStep,
} from '#run-document';
import { counted } from '#tell';
import { causeLines } from './causes-text.js';
import { becauseLines, reasonLines } from './reason-text.js';

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

/** An outcome for the terminal: a line for each package, or each problem with its ways out; then the sum. */
export function outcomeText(outcome: Outcome, counters: Counters): string {
  const lines = outcome.status === 'solved' ? solvedLines(outcome) : unsolvedLines(outcome);
  return [...lines, summary(outcome, counters), ''].join('\n');
}

function solvedLines({ steps, unknown }: Extract<Outcome, { status: 'solved' }>): string[] {
  return [...steps.map(stepLine), ...unknown.map((text) => `nothing is called "${text}", and nothing provides it`)];
}

/** With many problems what they come down to is told first, and only the first ones in full. */
function unsolvedLines({ problems, causes }: Extract<Outcome, { status: 'unsolvable' }>): string[] {
  const told = problems.slice(0, problemsMax).flatMap(problemLines);
  const more = problems.length - problemsMax;
  return [
    ...(problems.length > 1 ? causeLines(causes) : []),
    ...told,
    ...(more > 0 ? [`and ${more} more problems, see --json`] : []),
  ];
}

function stepLine({ type, nevra, replaces }: TransactionStep): string {
  const old = replaces.length === 0 ? '' : `  (was ${replaces.join(', ')})`;
  return `${signs[type]} ${nevra}${old}`;
}

/** What is wrong in a sentence, the tree of who asked and what stands against it, and what each way out would do. */
function problemLines({ cause, tree, kabi, solutions }: Problem, index: number): string[] {
  return [
    `problem ${index + 1}: ${cause}`,
    ...(tree.text === cause ? becauseLines(tree, '  ') : reasonLines(tree, '  ')),
    ...kabi.flatMap((conflict) => obstacleLines(conflict).slice(conflict.text === cause ? 1 : 0)),
    ...solutions.flatMap(solutionLines),
  ];
}

/** A kABI conflict: the sentence, then the first symbols with both checksums. */
export function obstacleLines({ text, notFor }: KabiConflict): string[] {
  const [first] = notFor;
  const examples = (first?.examples ?? []).map(
    ({ symbol, wanted, found }) => `    ${symbol}: compiled against ${wanted}, ${first?.kernel} has ${found ?? 'none'}`,
  );
  return [`  ${text}`, ...examples];
}

function solutionLines({ elements, effect }: Solution, index: number): string[] {
  return [`  solution ${index + 1}: ${elements.join('; ')}`, ...effectLines(effect).map((line) => `    ${line}`)];
}

function effectLines(effect: SolutionEffect): string[] {
  if (effect.status === 'notTried') return [`not tried: ${effect.why}`];
  const { together, steps, stepsTotal, devices } = effect;
  return [
    ...together.map((text) => `with: ${text}`),
    ...(stepsTotal === 0 ? ['changes nothing'] : steps.map(stepLine)),
    ...(stepsTotal > steps.length ? [`and ${stepsTotal - steps.length} more steps`] : []),
    ...(devices === null ? [] : [devicesLine(devices)]),
  ];
}

function devicesLine({ nextBoot, driven, lost }: SolutionDevices): string {
  if (nextBoot === null) return 'no kernel would be left';
  const names = lost.map(({ device, state }) => `${device} (${state})`).join(', ');
  return `next boot ${nextBoot}: ${counted(driven, 'device')} driven, ${lost.length === 0 ? 'none lost' : `lost: ${names}`}`;
}

function summary(outcome: Outcome, { steps, downloadBytes, solvables, rulesTotal }: Counters): string {
  const pool = `${counted(solvables, 'solvable')}, ${counted(rulesTotal, 'rule')}`;
  if (outcome.status === 'unsolvable') {
    const { length } = outcome.problems;
    return `no solution, ${counted(length, 'problem')} (${pool})`;
  }
  return `solved: ${counted(steps, 'step')}, ${(downloadBytes / 1e6).toFixed(1)} MB to download (${pool})`;
}
