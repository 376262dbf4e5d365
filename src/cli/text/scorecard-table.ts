import {
  type PromiseStatus,
  promiseIds,
  type Scorecard,
  type ScoredDesign,
  type ScoreFigure,
  type ScoreShare,
} from '#run-document';
import { bytes, compact, count, counted, duration, evidenceText } from '#tell';
import { textTable } from './text-table.js';

type Scored = Extract<ScoredDesign, { readonly status: 'scored' }>;

const words: Readonly<Record<PromiseStatus, string>> = {
  kept: 'kept',
  broken: 'BROKEN',
  notApplicable: 'n/a',
  notJudged: 'not judged',
};

/** Designs by promises, by what decides beside them, and the smallest counterexample of each broken one. */
export function scorecardText(card: Scorecard): string {
  const scored = card.designs.filter((design) => design.status === 'scored');
  const refused = card.designs.filter((design) => design.status === 'refused');
  const head = ['', ...scored.map(({ design }) => design)];
  const promises = promiseIds.map((promise) => [
    promise,
    ...scored.map(({ cells }) => {
      const cell = cells.find((cell) => cell.promise === promise);
      return cell === undefined ? '-' : words[cell.status];
    }),
  ]);
  const figures = rows.map(([name, text]) => [name, ...scored.map(text)]);
  const parts = [
    ...(scored.length === 0 ? [] : [textTable(head, promises), '', textTable(head, figures), '']),
    ...scored.flatMap(counterexamples),
    ...refused.map(({ design, error }) => `${design}: refused\n  ${error.replaceAll('\n', '\n  ')}\n`),
    overText(card),
  ];
  return `${parts.join('\n')}\n`;
}

const rows: readonly (readonly [string, (design: Scored) => string])[] = [
  ['boots after install', ({ figures }) => shareText(figures.boots.install)],
  ['boots after up', ({ figures }) => shareText(figures.boots.update)],
  ['boots after in kernel', ({ figures }) => shareText(figures.boots.kernelByName)],
  ['keeps all devices', ({ figures }) => shareText(figures.devices)],
  ['driver update alone', ({ figures }) => shareText(figures.driverAlone)],
  ['download, install', ({ figures }) => figureText(figures.installBytes, bytes)],
  ['disk', ({ figures }) => figureText(figures.diskBytes, bytes)],
  ['download, up', ({ figures }) => figureText(figures.updateBytes, bytes)],
  ['refresh, one kernel', ({ repository }) => bytes(repository.primaryGzipBytes)],
  ['packages of one kernel', ({ repository }) => count(repository.packages)],
  ['rebuilt, median update', rebuiltText],
  ['solver work, up', ({ figures }) => figureText(figures.updateWork, compact)],
  ['runs of depmod, up', ({ figures }) => figureText(figures.depmodRuns, count)],
  ...(['solver', 'transfer', 'rpm', 'depmod', 'scripts', 'initrd'] as const).map(
    (part) => [`time of ${part}, up`, (design: Scored) => wallText(design, part)] as const,
  ),
];

function shareText({ holds, of }: ScoreShare): string {
  return of === 0 ? 'n/a' : `${holds} of ${of}`;
}

function figureText(figure: ScoreFigure, text: (value: number) => string): string {
  return figure === null ? '-' : text(figure.median.value);
}

function rebuiltText({ updates, medianUpdate }: Scored): string {
  const update = medianUpdate === null ? undefined : updates[medianUpdate];
  if (update === undefined) return '-';
  const { image, new: added, changed, tied } = update.rebuilt;
  return `${count(image + added + changed + tied)} of ${count(update.packages)}`;
}

function wallText({ figures }: Scored, part: Scored['figures']['wall'][number]['part']): string {
  const found = figures.wall.find((one) => one.part === part);
  if (found === undefined) return '-';
  const { low, high } = found.seconds;
  const [least, most] = [duration(low * 1000), duration(high * 1000)];
  return least === most ? most : `${least} to ${most}`;
}

function counterexamples({ design, cells, notRun }: Scored): string[] {
  const lines = cells.flatMap(({ promise, counterexample }) => {
    if (counterexample === null) return [];
    const { scenario, step, request, evidence, total, rerun, steps, kernelModules } = counterexample;
    const [first] = evidence;
    const more = total > 1 ? `, and ${count(total - 1)} more` : '';
    const size = kernelModules === null ? 'whole kernels' : counted(kernelModules, 'kernel module');
    return [
      `  ${promise}: ${first === undefined ? '' : evidenceText(first)}${more}`,
      `    after "${request}", ${step} of ${scenario} (${counted(steps, 'request')}, ${size})`,
      ...(rerun === null ? [] : [`    ${rerun}`]),
    ];
  });
  const left = notRun.length === 0 ? [] : [`  not run: ${counted(notRun.length, 'scenario')}`];
  if (lines.length + left.length === 0) return [`${design}: no promise is broken\n`];
  return [`${design}:`, ...lines, ...left, ''];
}

function overText({ over }: Scorecard): string {
  const { histories } = over;
  const random = histories === null ? '' : `, ${counted(histories.histories, 'random history', 'random histories')}`;
  return `Each design on ${counted(over.machines.length, 'machine')}, channels of 2, 4 and 10 kernels, ${counted(over.catalogue, 'scenario')} of the catalogue${random}.
Figures are of the machine in the middle. Times of rpm, depmod, scripts and initrd are modelled; of the solver measured, where samples were taken.`;
}
