import type { GrowthSeries, Phase, RunDocument } from '#run-document';
import { median } from '#statistics';
import { count, fixed, power, tickCount, tickDuration } from '#tell';
import type { Hue, ScaleChart, ScaleLine } from '../charts/scale.js';
import { phaseText } from './phases.js';

export interface ScaleView {
  readonly chart: ScaleChart;
  /** Which marks are real kernels, and which are made up. */
  readonly reading: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const shown: readonly Phase[] = ['solve', 'order', 'whatprovides', 'loadSolv'];
const hues: Readonly<Partial<Record<Phase, Hue>>> = {
  solve: 'one',
  order: 'two',
  loadSolv: 'rest',
  whatprovides: 'three',
};
const panels = [
  { over: 'kernelModules', xLabel: 'kernel modules' },
  { over: 'buildsSideBySide', xLabel: 'kernels in the channel' },
] as const;

/** Null where growth was not measured. */
export function scaleView({ growth }: RunDocument): ScaleView | null {
  if (growth.length === 0) return null;
  const byWork = growth.every(({ points }) => points.every(({ counters }) => counters.work !== null));
  const designs = [...new Set(growth.map(({ scheme }) => scheme))];
  const drawn = panels.flatMap(({ over, xLabel }) => {
    const lines = growth.filter((series) => series.over === over).flatMap((series) => linesOf(series, byWork, designs));
    return lines.length === 0 ? [] : [{ xLabel, lines }];
  });
  const anySynthetic = growth.some(isSynthetic);
  return {
    chart: {
      id: 'chart-scale',
      title: byWork ? 'Work of each phase by size' : 'Time of each phase by size',
      description: 'Both axes are logarithmic. The table below has the slopes.',
      yLabel: byWork ? 'code edges' : 'time',
      yText: byWork ? tickCount : tickDuration,
      xText: count,
      panels: drawn,
    },
    reading: [
      'How to read it: a straight line is a power of the size, and its slope the exponent.',
      designs.length > 1 ? `Shapes are designs: ${designs.join(', ')}.` : `The design is “${designs[0] ?? ''}”.`,
      anySynthetic ? 'Filled marks are real kernels, hollow ones made up.' : 'All kernels are real.',
    ].join(' '),
    columns: ['Series', 'Kernels', 'Phase', 'By', 'Exponent', 'From one size to the next'],
    rows: growth.flatMap((series) =>
      series.fits
        .filter((fit) => fit.by === (byWork ? 'work' : 'time'))
        .map((fit) => [
          `${series.scheme}, ${series.over === 'kernelModules' ? 'kernel modules' : 'kernels in the channel'}`,
          isSynthetic(series) ? 'synthetic' : 'real',
          fit.of === 'rulesTotal' ? 'Rules' : phaseText[fit.of].name,
          fit.by,
          power(fit.exponent),
          fit.slopes
            .map(({ from, to, exponent }) => `${count(from)} to ${count(to)}: ${fixed(exponent, 2)}`)
            .join(', '),
        ]),
    ),
  };
}

export function isSynthetic({ points, regime }: GrowthSeries): boolean {
  return regime !== null || points.some(({ seed }) => seed !== null);
}

function linesOf(series: GrowthSeries, byWork: boolean, designs: readonly string[]): ScaleLine[] {
  return shown.flatMap((phase): ScaleLine[] => {
    const sizes = [...new Set(series.points.map(({ size }) => size))];
    const points = sizes.flatMap((size) => {
      const values = series.points
        .filter((point) => point.size === size)
        .flatMap((point) =>
          byWork
            ? [point.counters.work?.[phase] ?? []].flat()
            : (point.phases.find((one) => one.phase === phase)?.samplesMs ?? []),
        );
      return values.length === 0 ? [] : [{ x: size, y: median(values) }];
    });
    if (points.length === 0) return [];
    const fit = series.fits.find((fit) => fit.of === phase && fit.by === (byWork ? 'work' : 'time'));
    return [
      {
        label: `${phaseText[phase].name.toLowerCase()}${fit === undefined ? '' : ` ${power(fit.exponent)}`}`,
        hue: hues[phase] ?? 'rest',
        shape: designs.indexOf(series.scheme),
        synthetic: isSynthetic(series),
        points,
      },
    ];
  });
}
