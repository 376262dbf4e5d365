import type { Limits } from '#run-document';
import { libsolvName, limitsFindText, limitsRows, limitsStopText } from '#tell';
import { textTable } from './text-table.js';

const head = ['n', 'index', 'solve', 'order', 'memory'];

/** A table for each shape that breaks, a line for each that does not. */
export function limitsText({ libsolv, exponentMax, shapes }: Limits): string {
  const broken = shapes.filter(({ finds, stop }) => finds.length > 0 || !quiet.has(stop.by));
  const fine = shapes.filter((shape) => !broken.includes(shape));
  return [
    `libsolv ${libsolvName(libsolv)}: code edges by phase, and in brackets the exponent since the size before`,
    '',
    ...broken.flatMap((shape) => [
      `${shape.shape}: ${shape.question}`,
      textTable(head, limitsRows(shape)).trimEnd(),
      ...shape.finds.map((find) => `  ${limitsFindText(find)}`),
      `  ${limitsStopText(shape.stop)}`,
      '',
    ]),
    ...fine.map(
      ({ shape, question, points }) => `${shape}: in proportion up to ${points.at(-1)?.size ?? 0} (${question})`,
    ),
    '',
    `${broken.length} of ${shapes.length} shapes grow faster than n^${exponentMax}, or end without an answer`,
    '',
  ].join('\n');
}

const quiet = new Set(['work', 'size']);
