import { grouped } from '#collections';
import { change, count, counted, visibleLine } from '#tell';
import type { CheckStatus, GateCheck, GateVerdict } from '../verdict.js';

const words: Readonly<Record<CheckStatus, string>> = {
  passed: 'passed',
  better: 'better',
  warned: 'warning',
  known: 'known',
  failed: 'FAILED',
  unknown: 'UNKNOWN',
};

/** Of a kind that passes so many are listed. */
const passingMax = 12;

/** For a terminal: what moved, with both values and the command that runs that case alone; what is better; then one line that sums up. */
export function renderGateText(verdict: GateVerdict): string {
  const { checks } = verdict;
  const moved = checks.filter(({ status }) => status === 'failed' || status === 'unknown' || status === 'warned');
  const lines = [...bySubject(moved)].flatMap(([subject, list]) => [
    subject,
    ...list.map((check) => `  ${words[check.status]}  ${checkText(check)}`),
    ...rerunsOf(list).map((rerun) => `  run it alone: ${rerun}`),
    '',
  ]);
  return [
    ...lines.map(visibleLine),
    ...(['known', 'better'] as const).flatMap((status) => passing(checks, status)),
    ...verdict.notes.map((note) => `note: ${visibleLine(note)}`),
    summary(verdict),
    '',
  ].join('\n');
}

function passing(checks: readonly GateCheck[], status: 'known' | 'better'): string[] {
  const list = checks.filter((check) => check.status === status);
  if (list.length === 0) return [];
  // The largest change first.
  const ordered = [...list].sort((a, b) => Math.abs(b.change ?? 0) - Math.abs(a.change ?? 0));
  const more = list.length - passingMax;
  return [
    `${words[status]}: ${counted(list.length, 'value')}`,
    ...ordered.slice(0, passingMax).map((check) => visibleLine(`  ${check.subject}: ${checkText(check)}`)),
    ...(more > 0 ? [`  and ${count(more)} more`] : []),
    '',
  ];
}

/** `counters.rulesTotal: expected 5, found 6 (+20 %)`. */
export function checkText({ aspect, expected, found, change: share, why }: GateCheck): string {
  const remarks = [...(share === null ? [] : [change({ a: 1, b: 1 + share })]), ...(why === null ? [] : [why])];
  return `${aspect}: expected ${expected}, found ${found}${remarks.length === 0 ? '' : ` (${remarks.join('; ')})`}`;
}

export function rerunsOf(checks: readonly GateCheck[]): string[] {
  return [...new Set(checks.flatMap(({ rerun }) => (rerun === null ? [] : [rerun])))];
}

export function summary({ run, baseline, status, checks }: GateVerdict): string {
  const of = (wanted: CheckStatus): number => checks.filter((check) => check.status === wanted).length;
  const more = (['better', 'warned', 'known'] as const).flatMap((kind) =>
    of(kind) === 0 ? [] : [`${of(kind)} ${words[kind]}`],
  );
  return visibleLine(
    `gate ${words[status]}: run ${run} against baseline ${baseline}: ${[
      `${of('passed')} of ${checks.length} values as before`,
      ...more,
      `${of('failed')} moved`,
      `${of('unknown')} unknown`,
    ].join(', ')}`,
  );
}

export function bySubject(checks: readonly GateCheck[]): Map<string, GateCheck[]> {
  return grouped(checks, ({ subject }) => subject);
}
