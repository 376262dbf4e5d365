import type { PromiseId, RunDocument } from '#run-document';
import {
  type Answered,
  bytes,
  costTime,
  count,
  fiveAnswers,
  headline,
  libsolvName,
  percent,
  type Risk,
  recordedSentence,
  riskExtent,
  riskSentence,
} from '#tell';
import { designFigures } from '../designs/figures.js';
import type { DesignFigures, Figure, Share } from '../designs/row.js';
import type { Pages } from '../site/pages.js';
import type { Address } from '../site/place.js';
import type { Fact } from './background.js';
import type { Badge, Tone } from './badge.js';
import { type Finding, findings } from './findings.js';
import { recorded } from './index-page.js';

export interface SummaryView {
  readonly name: string;
  readonly headline: string;
  readonly stamp: readonly Fact[];
  readonly answers: readonly (Answered & { readonly to: string })[];
  readonly matrix: MatrixView | null;
  readonly risks: readonly {
    readonly sentence: string;
    readonly scenario: string;
    readonly extent: string;
    readonly at: Address | null;
  }[];
  readonly badge: Badge;
  /** Scenarios whose answers are not as recorded, or that did not run. */
  readonly odd: readonly { readonly name: string; readonly at: Address | null; readonly badge: Badge }[];
}

export interface MatrixView {
  readonly note: string;
  readonly rows: readonly {
    readonly design: string;
    readonly page: Address | null;
    /** Why nothing was tried; empty where something was. */
    readonly refused: string;
    readonly cells: readonly MatrixCell[];
  }[];
}

export interface MatrixCell {
  readonly text: string;
  readonly tone: Tone;
  readonly at: Address | null;
}

/** Columns of the matrix: the group, the heading, and the anchor of the definition on the page of methods. */
export const matrixColumns = [
  { group: 'Boots after', name: 'install', metric: 'boots' },
  { group: 'Boots after', name: 'up', metric: 'boots' },
  { group: 'Boots after', name: 'in kernel', metric: 'boots' },
  { group: 'Drivers', name: 'devices kept', metric: 'devices' },
  { group: 'Drivers', name: 'driver alone', metric: 'driver-alone' },
  { group: 'Bytes', name: 'install', metric: 'download' },
  { group: 'Bytes', name: 'update', metric: 'download' },
  { group: 'Bytes', name: 'disk', metric: 'disk' },
  { group: 'Bytes', name: 'refresh', metric: 'refresh' },
  { group: 'Built', name: 'again', metric: 'rebuilt' },
  { group: 'Wall time of an update', name: 'solver', metric: 'wall-time' },
  { group: 'Wall time of an update', name: 'rpm', metric: 'wall-time' },
  { group: 'Wall time of an update', name: 'depmod', metric: 'wall-time' },
  { group: 'Wall time of an update', name: 'initrd', metric: 'wall-time' },
] as const;

/** Designs that the first screen has room for; the section below has all. */
export const shownDesigns = 9;
const risksMax = 4;
/** Scenarios that the line on the lab's own tests names. */
const oddMax = 5;

const sectionOf: Readonly<Record<Answered['id'], string>> = {
  scale: 'scale',
  design: 'designs',
  lose: 'breaks',
  cost: 'costs',
  sure: 'method',
};

export function summaryView(run: RunDocument, pages: Pages): SummaryView {
  return {
    name: run.name,
    headline: headline(run),
    stamp: stamp(run),
    answers: fiveAnswers(run).map((fiveAnswer) => ({ ...fiveAnswer, to: sectionOf[fiveAnswer.id] })),
    matrix: matrixView(run, pages),
    risks: risks(run, pages),
    badge: recordedBadge(run),
    odd: run.scenarios
      .filter(({ status }) => status !== 'passed')
      .slice(0, oddMax)
      .map((scenario) => ({ name: scenario.id, at: pages.variant(scenario), badge: recorded[scenario.status] })),
  };
}

/** When the data are from is when their kernels were built: a run holds no clock. */
function stamp({ environment, kernels, histories }: RunDocument): Fact[] {
  const { kmplab, libsolv } = environment;
  const releases = kernels.map(({ release }) => release);
  const dates = [
    ...kernels.flatMap(({ date }) => date ?? []),
    ...histories.flatMap((history) => history.kernels.map(({ date }) => date)),
  ].sort();
  const [first, last] = [releases[0], releases.at(-1)];
  return [
    { name: 'kmplab', value: kmplab.commit === null ? kmplab.version : kmplab.commit },
    { name: 'libsolv', value: libsolvName(libsolv) },
    ...(first === undefined
      ? []
      : [{ name: 'Kernels', value: first === last ? first : `${first} to ${last ?? ''} (${count(releases.length)})` }]),
    ...(dates.length === 0 ? [] : [{ name: 'Data of', value: `${dates[0] ?? ''} to ${dates.at(-1) ?? ''}` }]),
  ];
}

/** Neither good nor bad for a machine: the tone is one that nothing else has. */
function recordedBadge(run: RunDocument): Badge {
  const met = run.verdict.status === 'passed';
  return { tone: met ? 'met' : 'unmet', sign: met ? '\u2261' : '\u2260', text: recordedSentence(run) };
}

function matrixView(run: RunDocument, pages: Pages): MatrixView | null {
  const rows = designFigures(run, pages);
  if (rows.length === 0) return null;
  return {
    note:
      run.scorecard === null
        ? 'Each design met the scenarios that name it, so that rows compare only as far as those do.'
        : `All designs met the same ${count(run.scorecard.over.machines.length)} machines.`,
    rows: rows.map((row) => ({
      design: row.design,
      page: pages.of('design', row.design),
      refused: row.refused ?? '',
      cells: row.refused === null ? cells(row) : [],
    })),
  };
}

const none: MatrixCell = { text: '\u2013', tone: 'plain', at: null };

function cells(row: DesignFigures): MatrixCell[] {
  const wall = (part: string): MatrixCell => {
    const found = row.wall.find((wall) => wall.part === part);
    if (found === undefined) return none;
    return { text: costTime(found), tone: 'plain', at: found.at };
  };
  return [
    shareCell(row.boots.install),
    shareCell(row.boots.update),
    shareCell(row.boots.kernelByName),
    shareCell(row.devices),
    shareCell(row.driverAlone),
    bytesCell(row.installBytes),
    bytesCell(row.updateBytes),
    bytesCell(row.diskBytes),
    bytesCell(row.refreshBytes),
    row.rebuilt === null
      ? none
      : { text: percent(row.rebuilt.packages, row.rebuilt.of), tone: 'plain', at: row.rebuilt.at },
    wall('solver'),
    wall('rpm'),
    wall('depmod'),
    wall('initrd'),
  ];
}

function shareCell({ holds, of, at }: Share): MatrixCell {
  if (of === 0) return none;
  return { text: `${count(holds)} of ${count(of)}`, tone: holds === of ? 'good' : 'bad', at };
}

function bytesCell(figure: Figure | null): MatrixCell {
  return figure === null ? none : { text: bytes(figure.value), tone: 'plain', at: figure.at };
}

/** Promises whose breaking weighs most, in that order. */
const riskOrder: readonly PromiseId[] = [
  'rootMounted',
  'drivenStaysDriven',
  'nothingRefused',
  'nothingUnasked',
  'oneOwner',
  'kernelLeavesNothing',
  'driverAlone',
  'kernelComplete',
  'againNothing',
  'withinBudget',
];

/** A few risks that differ, each with the scenario in which it shows most. */
function risks(run: RunDocument, pages: Pages): SummaryView['risks'] {
  const found = findings(run, pages).filter(({ trap }) => !trap);
  const used = new Set<string>();
  const picked = riskOrder.flatMap((promise): { finding: Finding; promise: PromiseId }[] => {
    const [finding] = found
      .filter(({ broken, name }) => broken.includes(promise) && !used.has(name))
      .sort((a, b) => scenariosOf(run, b.design) - scenariosOf(run, a.design) || b.broken.length - a.broken.length);
    if (finding === undefined) return [];
    used.add(finding.name);
    return [{ finding, promise }];
  });
  return picked.slice(0, risksMax).map(({ finding, promise }) => {
    const tally = run.verdict.schemes
      .find(({ scheme }) => scheme === finding.design)
      ?.promises.find((one) => one.promise === promise);
    const broken = tally?.broken.length ?? 0;
    const risk: Risk = {
      promise,
      request: finding.worst.step.request,
      scheme: finding.design,
      broken,
      judged: broken + (tally?.kept ?? 0),
    };
    return {
      sentence: riskSentence(risk),
      scenario: finding.name,
      extent: riskExtent(risk),
      at: finding.at,
    };
  });
}

function scenariosOf({ verdict }: RunDocument, design: string): number {
  return verdict.schemes.find(({ scheme }) => scheme === design)?.scenarios ?? 0;
}
