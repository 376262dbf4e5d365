import type { HistoryResult, RunDocument, ScenarioResult } from '#run-document';
import { count, percent, referenceChurnSentence } from '#tell';
import { type Pages, updateName } from '../site/pages.js';
import type { Address } from '../site/place.js';
import type { Badge } from './badge.js';
import { type HistoryPromises, historyPromises } from './history-promises.js';

export interface ChurnLinks {
  readonly reference: string;
  readonly rows: readonly { readonly name: string; readonly at: Address | null; readonly cells: readonly Part[] }[];
}

/** A share as a bar with its numbers. */
export interface Part {
  readonly number: string;
  readonly share: string;
  /** Of the bar, a CSS percentage. */
  readonly width: string;
}

export interface IndexHistory {
  readonly promises: HistoryPromises;
  readonly at: Address | null;
  /** Why it did not run; empty where it did. */
  readonly error: string;
}

export function churnLinks(run: RunDocument, pages: Pages): ChurnLinks | null {
  if (run.churn.length === 0) return null;
  return {
    reference: referenceChurnSentence(),
    rows: run.churn.map((update) => ({
      name: updateName(update),
      at: pages.of('update', updateName(update)),
      cells: [
        part(update.changed, update.symbols),
        part(update.broken, update.kernelModules),
        part(update.brokenInAll, update.kernelModules),
      ],
    })),
  };
}

function part(some: number, whole: number): Part {
  const share = whole === 0 ? 0 : Math.min(1, some / whole);
  return { number: count(some), share: percent(some, whole), width: `${(100 * share).toFixed(2)}%` };
}

export function indexHistories({ histories }: RunDocument, pages: Pages): IndexHistory[] {
  return histories.map((history: HistoryResult) => ({
    promises: historyPromises(history),
    at: pages.of('history', history.name),
    error: history.error ?? '',
  }));
}

export const recorded: Readonly<Record<ScenarioResult['status'], Badge>> = {
  passed: { tone: 'met', sign: '\u2261', text: 'as recorded' },
  failed: { tone: 'unmet', sign: '\u2260', text: 'not as recorded' },
  error: { tone: 'unmet', sign: '?', text: 'did not run' },
  bug: { tone: 'unmet', sign: '?', text: 'ended by a fault of kmplab' },
};
