import { grouped } from '#collections';
import { visibleLine } from '#tell';
import type { GateCheck, GateVerdict } from '../judge.js';

const words = { passed: 'passed', failed: 'FAILED', unknown: 'UNKNOWN' } as const;

/** For a terminal: what moved, with both values and the command that runs that case alone; then one line that sums up. */
export function renderGateText(verdict: GateVerdict): string {
  const moved = verdict.checks.filter(({ status }) => status !== 'passed');
  const lines = [...bySubject(moved)].flatMap(([subject, checks]) => [
    subject,
    ...checks.map(
      ({ status, aspect, expected, found }) => `  ${words[status]}  ${aspect}: expected ${expected}, found ${found}`,
    ),
    ...[...new Set(checks.flatMap(({ rerun }) => (rerun === null ? [] : [rerun])))].map(
      (rerun) => `  run it alone: ${rerun}`,
    ),
    '',
  ]);
  return [
    ...lines.map(visibleLine),
    ...verdict.notes.map((note) => `note: ${visibleLine(note)}`),
    summary(verdict),
    '',
  ].join('\n');
}

export function summary({ run, baseline, status, checks }: GateVerdict): string {
  const count = (wanted: GateCheck['status']): number => checks.filter((check) => check.status === wanted).length;
  return visibleLine(
    `gate ${words[status]}: run ${run} against baseline ${baseline}: ${count('passed')} of ${checks.length} values as before, ${count('failed')} moved, ${count('unknown')} unknown`,
  );
}

export function bySubject(checks: readonly GateCheck[]): Map<string, GateCheck[]> {
  return grouped(checks, ({ subject }) => subject);
}
