import { visibleLine } from '#tell';
import type { GateVerdict } from '../judge.js';
import { summary } from './text.js';

/** More rows than this help nobody in a pull request; the count is stated. */
const rowsMax = 50;

/** A summary for a pull request or a CI job page. */
export function renderMarkdown(verdict: GateVerdict): string {
  const moved = verdict.checks.filter(({ status }) => status !== 'passed');
  const rows = moved
    .slice(0, rowsMax)
    .map(
      ({ status, subject, aspect, expected, found }) =>
        `| ${status} | ${text(subject)} | ${text(aspect)} | ${text(expected)} | ${text(found)} |`,
    );
  const commands = [...new Set(moved.flatMap(({ rerun }) => (rerun === null ? [] : [rerun])))];
  return [
    `### ${text(summary(verdict))}`,
    '',
    ...(rows.length === 0 ? [] : ['| | What | Value | Expected | Found |', '|---|---|---|---|---|', ...rows, '']),
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
