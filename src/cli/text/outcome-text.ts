import type { Counters, Outcome, Problem, TransactionStep } from '#run-document';

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
  const lines = outcome.status === 'solved' ? outcome.steps.map(stepLine) : outcome.problems.flatMap(problemLines);
  return [...lines, summary(outcome, counters), ''].join('\n');
}

function stepLine({ type, nevra, replaces }: TransactionStep): string {
  const old = replaces.length === 0 ? '' : `  (was ${replaces.join(', ')})`;
  return `${signs[type]} ${nevra}${old}`;
}

function problemLines({ explanation, solutions }: Problem, index: number): string[] {
  return [
    `problem ${index + 1}`,
    ...explanation.map((sentence) => `  ${sentence}`),
    ...solutions.flatMap((elements, number) => [`  solution ${number + 1}`, ...elements.map((text) => `    ${text}`)]),
  ];
}

function summary(outcome: Outcome, { steps, downloadBytes, solvables, rulesTotal }: Counters): string {
  const pool = `${solvables.toLocaleString('en')} solvables, ${rulesTotal.toLocaleString('en')} rules`;
  if (outcome.status === 'unsolvable') return `no solution, ${outcome.problems.length} problems (${pool})`;
  return `solved: ${steps.toLocaleString('en')} steps, ${(downloadBytes / 1e6).toFixed(1)} MB to download (${pool})`;
}
