import type { RunDocument, StepResult } from '#run-document';
import { costTime } from '#tell';
import type { WallChart } from '../charts/wall.js';
import { wallOf, wallTotal } from '../designs/catalogue.js';
import { designFigures } from '../designs/figures.js';
import type { Wall } from '../designs/row.js';
import { type Pages, scenarioName } from '../site/pages.js';
import type { Address } from '../site/place.js';
import { costRows } from './costs.js';

export interface WallView {
  readonly chart: WallChart;
  readonly rows: readonly {
    readonly label: string;
    readonly at: Address | null;
    readonly cells: readonly string[];
    readonly total: string;
  }[];
  /** How the parts of the heaviest step were come by. */
  readonly sources: readonly (readonly string[])[];
}

export const wallNames: Readonly<Record<Wall['part'], string>> = {
  transfer: 'refresh, download',
  solver: 'solver',
  rpm: 'rpm',
  depmod: 'depmod',
  scripts: 'scripts',
  initrd: 'initrd',
};
/** In the order in which they happen. */
export const wallOrder = ['transfer', 'solver', 'rpm', 'depmod', 'scripts', 'initrd'] as const;

interface Row {
  readonly label: string;
  readonly at: Address | null;
  readonly wall: readonly Wall[];
}

/** Null where no step was timed or estimated. */
export function wallView(run: RunDocument, pages: Pages): WallView | null {
  const rows = wallRows(run, pages);
  if (rows.length === 0) return null;
  const heaviest = heaviestStep(run);
  return {
    chart: {
      id: 'chart-wall',
      title: 'From the refresh to the next boot, by part',
      description: rows.map(({ label, wall }) => `${label}: ${totalText(wall)}`).join('. '),
      rows: rows.map(({ label, wall }) => ({
        label,
        total: totalText(wall),
        segments: wallOrder.flatMap((part) => {
          const found = wall.find((one) => one.part === part);
          return found === undefined
            ? []
            : [
                {
                  name: wallNames[part],
                  share: wallTotal(wall) === 0 ? 0 : found.seconds.high / wallTotal(wall),
                  basis: found.basis,
                },
              ];
        }),
      })),
    },
    rows: rows.map(({ label, at, wall }) => ({
      label,
      at,
      cells: wallOrder.map((part) => {
        const found = wall.find((one) => one.part === part);
        return found === undefined ? '\u2013' : costTime(found);
      }),
      total: totalText(wall),
    })),
    sources:
      heaviest === null
        ? []
        : costRows(heaviest.step.costs).map(({ what, time, basis, counts, source }) => [
            what,
            time,
            basis,
            counts,
            source,
          ]),
  };
}

/** The median update of each design, and the heaviest step of all. */
export function wallRows(run: RunDocument, pages: Pages): Row[] {
  const heaviest = heaviestStep(run);
  return [
    ...designFigures(run, pages).flatMap(({ design, wall }) =>
      wall.length === 0 ? [] : [{ label: design, at: wall[0]?.at ?? null, wall }],
    ),
    ...(heaviest === null
      ? []
      : [
          {
            label: scenarioName(heaviest.file),
            at: pages.step(heaviest.step),
            wall: wallOf(heaviest.step, pages.step(heaviest.step)),
          },
        ]),
  ];
}

/** The step whose wall time is the longest. */
function heaviestStep({ scenarios }: RunDocument): { file: string; step: StepResult } | null {
  const steps = scenarios.flatMap(({ file, steps: all }) =>
    all.map((step) => ({ file, step, total: wallTotal(wallOf(step, null)) })),
  );
  return steps.reduce<(typeof steps)[number] | null>(
    (most, step) => (step.total > (most?.total ?? 0) ? step : most),
    null,
  );
}

function totalText(wall: readonly Wall[]): string {
  const sum = (of: 'low' | 'high'): number => wall.reduce((total, { seconds }) => total + seconds[of], 0);
  return costTime({ seconds: { low: sum('low'), high: sum('high') } });
}
