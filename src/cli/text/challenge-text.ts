import type { ChallengeRun, Find } from '#challenge';
import { brokenWords, count, counted, evidenceText } from '#tell';

/** What a person reads after a challenge: how much was tried, and each find with its file. */
export function challengeText(run: ChallengeRun, paths: readonly string[] | null): string {
  const { design, finds } = run;
  const found =
    finds.length === 0
      ? `"${design}" broke no promise in what was tried.`
      : `"${design}" breaks ${counted(new Set(finds.map(({ cause }) => cause.promise)).size, 'promise')}, for ${counted(finds.length, 'cause')}.`;
  return [
    ...finds.flatMap((find, index) => findLines(find, paths?.[index])),
    found,
    triedText(run),
    ...excusedLines(run),
    '',
  ].join('\n');
}

function findLines({ broken, cause, size, history }: Find, path: string | undefined): string[] {
  const [first] = broken.evidence;
  const evidence = first === undefined ? (broken.died ?? '') : evidenceText(first);
  const more = broken.evidence.length > 1 ? `, and ${counted(broken.evidence.length - 1, 'other')}` : '';
  const takes = cause.takes.length === 0 ? [] : [`     it takes: ${cause.takes.join(', ')}`];
  return [
    `${cause.promise}: ${brokenWords[cause.promise]}`,
    `     after "${cause.request}": ${evidence}${more}`,
    ...takes,
    `     ${counted(size.requests, 'request')}, ${counted(size.kernels, 'kernel')}, ${counted(size.kernelModules, 'kernel module')}, of history ${history}`,
    ...(path === undefined ? [] : [`     again: kmplab run ${path}`]),
    '',
  ];
}

function triedText({ counts, seed }: ChallengeRun): string {
  const died = counts.noAnswer === 0 ? '' : ` libsolv died of ${counted(counts.noAnswer, 'request')}.`;
  return (
    `Tried ${counted(counts.histories, 'history', 'histories')} of seed ${seed}: ${counted(counts.requests, 'request')}, ` +
    `${count(counts.unsolvable)} without a solution.${died}`
  );
}

function excusedLines({ counts: { excused } }: ChallengeRun): string[] {
  const { notBuilt, locked, vendor } = excused;
  const reasons = [
    ...(notBuilt === 0 ? [] : [`${count(notBuilt)} for want of a driver for that kernel`]),
    ...(locked === 0 ? [] : [`${count(locked)} because of a lock`]),
    ...(vendor === 0 ? [] : [`${count(vendor)} for what a vendor’s package is`]),
  ];
  return reasons.length === 0 ? [] : [`Broken where no design can keep it: ${reasons.join(', ')}.`];
}
