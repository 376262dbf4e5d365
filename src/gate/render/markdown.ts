import { change as signed, visibleLine } from '#tell';
import type { GateVerdict } from '../verdict.js';
import { rerunsOf, summary } from './text.js';

/** More rows than this help nobody in a pull request; the count is stated. */
const rowsMax = 50;

/** A summary for a pull request or a CI job page. */
export function renderMarkdown(verdict: GateVerdict): string {
  const moved = verdict.checks.filter(({ status }) => status !== 'passed' && status !== 'better');
  const better = verdict.checks.filter(({ status }) => status === 'better').length;
  const rows = moved
    .slice(0, rowsMax)
    .map(
      ({ status, subject, aspect, expected, found, change, why }) =>
        `| ${[status, subject, aspect, expected, found, change === null ? '' : signed({ a: 1, b: 1 + change }), why ?? ''].map(text).join(' | ')} |`,
    );
  const commands = rerunsOf(moved);
  return [
    `### ${text(summary(verdict))}`,
    '',
    ...(rows.length === 0
      ? []
      : ['| | What | Value | Expected | Found | Change | |', '|---|---|---|---|---|---|---|', ...rows, '']),
    ...(better > 0 ? [`${better} values are better than in the baseline.`, ''] : []),
    ...(moved.length > rowsMax ? [`${moved.length - rowsMax} more are not listed.`, ''] : []),
    ...(commands.length === 0
      ? []
      : ['Run alone:', '', ...commands.map((command) => `    ${visibleLine(command)}`), '']),
    ...verdict.notes.map((note) => `* ${text(note)}`),
    '',
  ].join('\n');
}

/** Everything that Markdown or HTML could take for markup is escaped, and what nobody sees is shown; a line break would end the row. */
function text(value: string): string {
  return visibleLine(value)
    .replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? character)
    .replace(/[\\`*_{}[\]()#+!|~@:]/g, '\\$&');
}
