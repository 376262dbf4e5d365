import type { Trend } from '#run-document';
import { counted, pointName, stepSentence, trendName, trendSteps, trendValue } from '#tell';
import { textTable } from './text-table.js';

/** For a terminal: the steps, each with the commit it begins at; then each line from its first run to its last. */
export function trendText(trend: Trend): string {
  const { points, lines, requests, left } = trend;
  const steps = trendSteps(trend);
  const [first, last] = [points[0], points.at(-1)];
  return [
    `${counted(points.length, 'run')}, ${counted(requests, 'request')} in all of them${
      first === undefined || last === undefined ? '' : `, from ${pointName(first)} to ${pointName(last)}`
    }`,
    '',
    steps.length === 0 ? 'no line steps to another level' : `${counted(steps.length, 'step')}:`,
    ...steps.map(({ line, step }) => `  ${stepSentence(trend, line, step)}`),
    '',
    textTable(
      ['line', 'first', 'last', 'steps'],
      lines.map(({ metric, values, steps: own }) => {
        const known = values.filter((value) => value !== null);
        const [begin, end] = [known[0], known.at(-1)];
        return [
          trendName(metric),
          begin === undefined ? '' : trendValue(metric, begin),
          end === undefined ? '' : trendValue(metric, end),
          own.length === 0 ? '' : String(own.length),
        ];
      }),
    ),
    ...left.map(({ file, why }) => `left out: ${file}: ${why.split('\n')[0] ?? ''}`),
    '',
  ].join('\n');
}
