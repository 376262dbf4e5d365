import type { GrowthFit, GrowthPoint, GrowthSeries, Phase, RunDocument } from '#run-document';
import { exponentError, exponentErrorMax, isFirm, median } from '#statistics';
import { count, fixed, power, tickCount, tickDuration } from '#tell';
import type { GrowthChart, GrowthLine } from '../charts/growth.js';
import type { Badge } from './badge.js';
import { steepestPhase } from './fits.js';
import { measureName, phaseText, solverPhases } from './phases.js';

export interface GrowthView {
  readonly question: string;
  readonly charts: readonly { readonly chart: GrowthChart; readonly reading: string }[];
  readonly fits: readonly {
    readonly name: string;
    readonly by: string;
    readonly exponent: string;
    readonly error: string;
    readonly doubling: string;
    readonly rSquared: string;
    readonly badge: Badge;
  }[];
  readonly noFit: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const sizeNames: Readonly<Record<GrowthSeries['over'], string>> = {
  kernelModules: 'kernel modules',
  buildsSideBySide: 'builds side by side',
  installedPercent: 'percent of the kernel modules installed',
  flavors: 'flavors of each build',
};

const axes =
  'How to read it: both axes are logarithmic, so a power law is a straight line and its slope is the exponent: n\u00b9 doubles when the size doubles, n\u00b2 grows fourfold. ';
const readingOfTime =
  axes +
  'Dots are samples, lines join their medians, a dashed line is a fitted law; the steepest phase is drawn strong. ' +
  `A law whose exponent is uncertain by more than ${exponentErrorMax} is not drawn.`;
const exactDots =
  'a dot is an exact count, the same on every machine: rules that the solver made, and edges of its code that each phase executed.';
const readingOfCounts = `How to read it: as above, but ${exactDots}`;
const readingAlone = `${axes}Here ${exactDots}`;

export function growthViews({ growth }: RunDocument): GrowthView[] {
  return growth.map((series) => {
    const timed = solverPhases.filter((phase) => series.points.some((point) => samplesOf(point, phase).length > 0));
    const size = sizeNames[series.over];
    const seeded = series.points.some(({ seed }) => seed !== null);
    return {
      question: series.question,
      charts: [
        ...(timed.length === 0 ? [] : [{ chart: timeChart(series, timed, size), reading: readingOfTime }]),
        { chart: countsChart(series, size), reading: timed.length === 0 ? readingAlone : readingOfCounts },
      ],
      fits: series.fits.map((fit) => fitRow(fit, series.points.length)),
      noFit: series.fits.length === 0 ? 'Too few sizes were measured to fit a law.' : '',
      columns: [
        capital(size),
        ...(seeded ? ['Seed'] : []),
        'Solvables',
        'Rules',
        ...timed.map((phase) => `${phaseText[phase].name} ms`),
      ],
      rows: series.points.map((point) => [
        count(point.size),
        ...(point.seed === null ? [] : [`${point.seed}`]),
        count(point.solvables),
        count(point.counters.rulesTotal),
        ...timed.map((phase) => {
          const samples = samplesOf(point, phase);
          return samples.length === 0 ? '\u2013' : fixed(median(samples), 2);
        }),
      ]),
    };
  });
}

const firm: Badge = { tone: 'plain', sign: '', text: 'firm' };
const weak: Badge = { tone: 'unknown', sign: '?', text: 'uncertain' };

function fitRow(fit: GrowthFit, points: number): GrowthView['fits'][number] {
  const error = exponentError(fit, points);
  return {
    name: measureName(fit.of),
    by: fit.by,
    exponent: fixed(fit.exponent, 2),
    error: Number.isFinite(error) ? `\u00b1 ${fixed(error, 2)}` : 'unknown',
    doubling: `\u00d7 ${fixed(2 ** fit.exponent, 2)}`,
    rSquared: fixed(Math.floor(fit.rSquared * 1000) / 1000, 3),
    badge: isFirm(fit, points) ? firm : weak,
  };
}

/** The fit of a measure if it may be claimed. */
function firmFit({ fits, points }: GrowthSeries, of: GrowthFit['of'], by: GrowthFit['by']): GrowthFit | null {
  return fits.find((fit) => fit.of === of && fit.by === by && isFirm(fit, points.length)) ?? null;
}

function timeChart(series: GrowthSeries, timed: readonly Phase[], size: string): GrowthChart {
  const steepest = steepestPhase(series);
  return {
    id: chartId(series, 'time'),
    title: `Time of each phase over ${size}`,
    description: `Both axes are logarithmic. ${fitSentences(series)}`,
    xLabel: size,
    yLabel: 'time',
    xText: count,
    yText: tickDuration,
    height: 400,
    lines: timed.map((phase) => {
      const fit = firmFit(series, phase, 'time');
      return {
        label: lineLabel(phaseText[phase].name, fit),
        emphasis: phase === steepest?.of,
        fit,
        points: bySize(series, (point) => samplesOf(point, phase)),
      };
    }),
  };
}

function countsChart(series: GrowthSeries, size: string): GrowthChart {
  const steepest = steepestPhase(series);
  const work = solverPhases.flatMap((phase) =>
    countLine(series, { of: phase, by: 'work' }, phase === steepest?.of, ({ counters }) => counters.work?.[phase]),
  );
  const rules = countLine(series, { of: 'rulesTotal', by: 'count' }, false, ({ counters }) => counters.rulesTotal);
  return {
    id: chartId(series, 'counts'),
    title: `Exact counts over ${size}`,
    description: 'Exact counts on logarithmic axes, the same on every machine; the table below has the fitted laws.',
    xLabel: size,
    yLabel: 'code edges, rules',
    xText: count,
    yText: tickCount,
    height: 400,
    lines: [...work, ...rules],
  };
}

function countLine(
  series: GrowthSeries,
  { of, by }: Pick<GrowthFit, 'of' | 'by'>,
  emphasis: boolean,
  read: (point: GrowthPoint) => number | undefined,
): GrowthLine[] {
  const points = bySize(series, (point) => {
    const value = read(point);
    return value === undefined ? [] : [value];
  });
  const fit = firmFit(series, of, by);
  return points.length === 0 ? [] : [{ label: lineLabel(measureName(of), fit), emphasis, fit, points }];
}

/** A place for each size: what its points have, one of each seed, together. */
function bySize({ points }: GrowthSeries, read: (point: GrowthPoint) => readonly number[]): GrowthLine['points'] {
  return [...new Set(points.map(({ size }) => size))].flatMap((x) => {
    const samples = points.filter(({ size }) => size === x).flatMap(read);
    return samples.length === 0 ? [] : [{ x, samples, median: median(samples) }];
  });
}

function chartId({ name }: GrowthSeries, kind: string): string {
  return `chart-growth-${name.replace(/[^A-Za-z0-9]+/g, '-')}-${kind}`;
}

function lineLabel(name: string, fit: GrowthFit | null): string {
  return fit === null ? name : `${name}  ${power(fit.exponent)}`;
}

function fitSentences({ fits, points }: GrowthSeries): string {
  const sentences = fits
    .filter((fit) => fit.by === 'time' && isFirm(fit, points.length))
    .map(({ of, exponent }) => `${measureName(of)} grows as size to the power ${fixed(exponent, 2)}`);
  return sentences.length === 0 ? 'No law is certain enough to be claimed.' : `${sentences.join('; ')}.`;
}

function samplesOf(point: GrowthPoint, phase: Phase): readonly number[] {
  return point.phases.find((candidate) => candidate.phase === phase)?.samplesMs ?? [];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
