import type { Trend, TrendLine, TrendPoint } from '#run-document';
import { change, metricName, metricValue } from './comparison.js';
import { duration, fixed } from './numbers.js';

/** `work of solve`, `time of order`, `growth kernelModules: order, work`. */
export function trendName(metric: string): string {
  if (metric.startsWith('time.')) return `time of ${metric.slice('time.'.length)}`;
  return metric.startsWith('growth ') ? metric : metricName(metric);
}

export function trendValue(metric: string, value: number): string {
  if (metric.startsWith('time.')) return duration(value);
  return metric.startsWith('growth ') ? fixed(value, 3) : metricValue(metric, value);
}

/** `3f2a1b Compare two libsolvs`; the run's file where no commit is known. */
export function pointName({ file, commit, subject }: TrendPoint): string {
  return commit === null ? file : [commit.slice(0, 12), ...(subject === null ? [] : [subject])].join(' ');
}

/** `work of solve +3.10 %: 14,093,726, then 14,530,631 from 3f2a1b on`. */
export function stepSentence(
  { points }: Pick<Trend, 'points'>,
  { metric }: TrendLine,
  step: TrendLine['steps'][number],
): string {
  const at = points[step.at];
  const { before, after } = step;
  return `${trendName(metric)} ${change({ a: before, b: after })}: ${trendValue(metric, before)}, then ${trendValue(metric, after)} from ${at === undefined ? '?' : pointName(at)} on`;
}

/** Every step of every line, the largest first. */
export function trendSteps({
  lines,
}: Pick<Trend, 'lines'>): { readonly line: TrendLine; readonly step: TrendLine['steps'][number] }[] {
  const size = ({ before, after }: TrendLine['steps'][number]): number => Math.abs(Math.log(after / before));
  return lines
    .flatMap((line) => line.steps.map((step) => ({ line, step })))
    .sort((one, other) => size(other.step) - size(one.step));
}
