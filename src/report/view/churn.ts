import type { Churn, RunDocument } from '#run-document';
import { count, counted, percent, referenceChurnSentence } from '#tell';
import type { BarsChart } from '../charts/bars.js';

export interface ChurnView {
  readonly chart: BarsChart;
  /** What the same is for kernels whose kABI is promised. */
  readonly reference: string;
  readonly rows: readonly ChurnRow[];
}

export interface ChurnRow {
  readonly from: string;
  readonly to: string;
  readonly changed: string;
  readonly changedShare: string;
  readonly added: string;
  readonly lost: string;
  readonly broken: string;
  readonly brokenShare: string;
  readonly brokenInAll: string;
  readonly brokenInAllShare: string;
  readonly details: readonly {
    readonly subsystems: readonly { readonly name: string; readonly count: string }[];
    readonly symbols: readonly { readonly name: string; readonly count: string }[];
  }[];
}

const listedMax = 12;

/** Null when no two builds were compared. */
export function churnView({ churn }: RunDocument): ChurnView | null {
  if (churn.length === 0) return null;
  return {
    chart: {
      id: 'chart-churn',
      title: 'What each kernel update changes, and what that breaks',
      description: churn.map(sentence).join(' '),
      groups: churn.map((update) => ({
        label: `${update.from} \u2192 ${update.to}`,
        bars: [
          {
            share: share(update.changed, update.symbols),
            text: `${percent(update.changed, update.symbols)} of CRCs`,
            className: 'cause',
          },
          {
            share: share(update.broken, update.kernelModules),
            text: `${percent(update.broken, update.kernelModules)} of kernel modules refused themselves`,
            className: 'effect',
          },
          {
            share: share(update.brokenInAll, update.kernelModules),
            text: `${percent(update.brokenInAll, update.kernelModules)} no longer load in all`,
            className: 'effect',
          },
        ],
      })),
    },
    reference: referenceChurnSentence(),
    rows: churn.map(row),
  };
}

function sentence({ from, to, changed, broken, brokenInAll, kernelModules }: Churn): string {
  return `From ${from} to ${to}: ${counted(changed, 'CRC')} changed, ${count(broken)} of ${counted(kernelModules, 'kernel module')} refused themselves, ${count(brokenInAll)} no longer load in all.`;
}

function row(update: Churn): ChurnRow {
  const named = (list: Churn['responsible']) =>
    list.slice(0, listedMax).map(({ name, count: number }) => ({ name, count: count(number) }));
  return {
    from: update.from,
    to: update.to,
    changed: count(update.changed),
    changedShare: percent(update.changed, update.symbols),
    added: count(update.added),
    lost: count(update.lost),
    broken: count(update.broken),
    brokenShare: percent(update.broken, update.kernelModules),
    brokenInAll: count(update.brokenInAll),
    brokenInAllShare: percent(update.brokenInAll, update.kernelModules),
    details:
      update.broken === 0 ? [] : [{ subsystems: named(update.brokenBySubsystem), symbols: named(update.responsible) }],
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
