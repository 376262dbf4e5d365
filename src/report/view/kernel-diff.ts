import type { KernelDiffDocument } from '#run-document';
import { count, counted, hasCrcs, kernelDiffRemarks, kernelDiffSentence, percent } from '#tell';
import type { BarsChart } from '../charts/bars.js';
import { type FanOutView, histogram, type RankedRow, ranked } from './fan-out.js';
import type { KeyFigure } from './key-figure.js';
import { type ListView, listOf } from './outcome.js';

export interface KernelDiffView {
  readonly from: string;
  readonly to: string;
  readonly figures: readonly KeyFigure[];
  readonly sentence: string;
  readonly remarks: readonly string[];
  readonly churn: BarsChart;
  /** Null where everything still loads. */
  readonly subsystems: { readonly chart: BarsChart; readonly rows: readonly (readonly string[])[] } | null;
  readonly symbols: readonly (RankedRow & { readonly change: string })[];
  readonly importers: FanOutView['histograms'][number] | null;
  readonly broken: readonly ListView[];
  readonly modules: readonly ListView[];
}

const chartedMax = 16;

function list(summary: string, items: readonly string[]): ListView {
  return listOf(summary, items, { count: 0, where: 'what --json prints' });
}

export function kernelDiffView(document: KernelDiffDocument): KernelDiffView {
  const { from, to, churn, symbols, importersOfChanged, modulesAdded, modulesLost } = document;
  return {
    from: from.release,
    to: to.release,
    figures: figures(document),
    sentence: kernelDiffSentence(document),
    remarks: kernelDiffRemarks(document),
    churn: churnChart(document),
    subsystems: subsystems(document),
    symbols: symbols.map(({ symbol, exporter, change, direct, transitive }) => ({
      ...ranked({ name: symbol, from: exporter, direct, transitive }, churn.kernelModules),
      change: change === 'lost' ? 'gone' : 'other CRC',
    })),
    importers:
      importersOfChanged.length === 0
        ? null
        : histogram(
            'chart-importers',
            'Changed and lost symbols by how many kernel modules import them',
            importersOfChanged,
          ),
    broken: document.brokenModules.map(({ subsystem, broken, dependent }) =>
      list(`${subsystem}: ${count(broken.length + dependent.length)}`, [
        ...broken,
        ...dependent.map((name) => `${name} (through a dependency)`),
      ]),
    ),
    modules: [
      ...(modulesAdded.length === 0
        ? []
        : [list(`${counted(modulesAdded.length, 'kernel module')} came`, modulesAdded)]),
      ...(modulesLost.length === 0 ? [] : [list(`${counted(modulesLost.length, 'kernel module')} went`, modulesLost)]),
    ],
  };
}

function figures(document: KernelDiffDocument): KeyFigure[] {
  const { churn, subsystems: all, modulesAdded, modulesLost } = document;
  const untouched = all.filter((one) => one.brokenInAll === 0).length;
  return [
    {
      value: hasCrcs(document) ? percent(churn.changed, churn.symbols) : 'unknown',
      label: 'of CRCs changed',
      detail: hasCrcs(document)
        ? `${count(churn.changed)} of ${counted(churn.symbols, 'symbol')} of the older build`
        : 'one of the builds has none',
    },
    {
      value: percent(churn.broken, churn.kernelModules),
      label: 'are refused themselves',
      detail: `${count(churn.broken)} of ${counted(churn.kernelModules, 'kernel module')}, ${churn.brokenByVermagic === 0 ? 'for a symbol' : `${count(churn.brokenByVermagic)} for vermagic`}`,
    },
    {
      value: percent(churn.brokenInAll, churn.kernelModules),
      label: 'no longer load in all',
      detail: `${count(churn.brokenInAll - churn.broken)} more depend on one that does not`,
    },
    {
      value: `+${count(churn.added)} \u2212${count(churn.lost)}`,
      label: 'symbols',
      detail: `that only one of the builds exports${churn.unknown === 0 ? '' : `; ${count(churn.unknown)} unknown`}`,
    },
    {
      value: `+${count(modulesAdded.length)} \u2212${count(modulesLost.length)}`,
      label: 'kernel modules',
      detail: 'that only one of the builds has',
    },
    {
      value: `${count(untouched)} of ${count(all.length)}`,
      label: 'subsystems untouched',
      detail: 'where every kernel module still loads',
    },
  ];
}

function churnChart({ churn }: KernelDiffDocument): BarsChart {
  const bar = (part: number, whole: number, what: string, className: 'cause' | 'effect') => ({
    share: whole === 0 ? 0 : part / whole,
    text: `${percent(part, whole)} of ${what}`,
    className,
  });
  return {
    id: 'chart-churn',
    title: 'What changed, and what that breaks',
    description: `${counted(churn.changed, 'CRC')} of ${count(churn.symbols)} changed, ${count(churn.broken)} of ${counted(churn.kernelModules, 'kernel module')} are refused themselves, ${count(churn.brokenInAll)} fall in all.`,
    groups: [
      { label: 'changed', bars: [bar(churn.changed, churn.symbols, 'CRCs', 'cause')] },
      { label: 'lost', bars: [bar(churn.lost, churn.symbols, 'symbols', 'cause')] },
      { label: 'refused themselves', bars: [bar(churn.broken, churn.kernelModules, 'kernel modules', 'effect')] },
      { label: 'do not load in all', bars: [bar(churn.brokenInAll, churn.kernelModules, 'kernel modules', 'effect')] },
    ],
  };
}

function subsystems({ subsystems: all }: KernelDiffDocument): KernelDiffView['subsystems'] {
  const hit = all.filter(({ brokenInAll }) => brokenInAll > 0);
  if (hit.length === 0) return null;
  return {
    chart: {
      id: 'chart-broken',
      title: 'Kernel modules that no longer load, by subsystem',
      description: hit
        .slice(0, chartedMax)
        .map(({ name, brokenInAll, kernelModules }) => `${name}: ${count(brokenInAll)} of ${count(kernelModules)}`)
        .join(', '),
      groups: hit.slice(0, chartedMax).map(({ name, kernelModules, broken, brokenInAll }) => ({
        label: name,
        bars: [
          { share: broken / kernelModules, text: `${count(broken)} refused themselves`, className: 'cause' },
          {
            share: brokenInAll / kernelModules,
            text: `${count(brokenInAll)} of ${count(kernelModules)} in all`,
            className: 'effect',
          },
        ],
      })),
    },
    rows: all.map(({ name, kernelModules, broken, brokenInAll }) => [
      name,
      count(kernelModules),
      count(broken),
      count(brokenInAll),
      percent(brokenInAll, kernelModules),
    ]),
  };
}
