import { visibleLine } from '#tell';
import type { GateCheck, GateVerdict } from '../verdict.js';
import { summary } from './text.js';

/** GitHub shows ten annotations of a kind for a step; the others are counted. */
const shownMax = 10;

const commands = [
  ['failed', 'error'],
  ['unknown', 'error'],
  ['warned', 'warning'],
  ['known', 'notice'],
] as const;

/** GitHub's workflow commands: an annotation for each value that moved, at its scenario's file; then one that sums up. */
export function renderGithub(verdict: GateVerdict): string {
  const lines = commands.flatMap(([status, command]) => {
    const checks = verdict.checks.filter((check) => check.status === status);
    const more = checks.length - shownMax;
    return [
      ...checks.slice(0, shownMax).map((check) => annotation(command, check)),
      ...(more > 0 ? [`::${command} title=kmplab gate::${data(`and ${more} more ${status}`)}`] : []),
    ];
  });
  return [
    ...lines,
    `::${verdict.status === 'passed' ? 'notice' : 'error'} title=kmplab gate::${data(summary(verdict))}`,
    '',
  ].join('\n');
}

function annotation(command: string, { subject, aspect, expected, found, why, file, rerun }: GateCheck): string {
  const place = file === null ? '' : `file=${property(file)},`;
  const again = rerun === null ? '' : `\nrun it alone: ${rerun}`;
  const because = why === null ? '' : ` (${why})`;
  return `::${command} ${place}title=${property(`kmplab gate: ${subject}`)}::${data(
    `${aspect}: expected ${expected}, found ${found}${because}`,
  )}${again === '' ? '' : `%0A${data(again.slice(1))}`}`;
}

/** As GitHub's toolkit escapes what stands behind the colons, and, more of it, a property. */
function data(text: string): string {
  return visibleLine(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
