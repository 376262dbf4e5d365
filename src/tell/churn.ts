import type { Churn } from '#run-document';
import { median } from '#statistics';
import { counted, percent } from './numbers.js';
import { suseChurn } from './reference-churn.js';

/** What the updates of each line of kernels break, and what those of a maker who keeps the kABI do. */
export function churnSentences(updates: readonly Churn[]): string[] {
  const told = updates.filter(({ kernelModules }) => kernelModules > 0);
  return told.length === 0 ? [] : [...linesOf(told).map(lineSentence), referenceChurnSentence()];
}

/** Debian's kernels are those that come along; its kABI is one that nobody promises. */
export function referenceChurnSentence(): string {
  const { maker, updates, broken, kernels, source } = suseChurn;
  return (
    `Debian promises no kABI; ${maker} does: the median of ${counted(updates, 'update')} of its kept kABI makes the loader refuse ` +
    `${fine(broken.median)} of the kernel modules, the worst ${fine(broken.most)} (${kernels}, by ${source}; an estimate on another kernel's imports).`
  );
}

/** Shares below one in a hundred with the digits that were measured. */
function fine(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** Updates one of which begins where the one before ended. */
function linesOf(updates: readonly Churn[]): Churn[][] {
  const lines: Churn[][] = [];
  for (const update of updates) {
    const line = lines.at(-1);
    if (line !== undefined && line.at(-1)?.to === update.from) line.push(update);
    else lines.push([update]);
  }
  return lines;
}

/** Of one update its own figures; of two both; only from three on is there a middle. */
function lineSentence(churn: readonly Churn[]): string {
  const [first, last] = [churn[0], churn.at(-1)];
  const direct = sharesOf(churn.map(({ broken, kernelModules }) => broken / kernelModules));
  const all = sharesOf(churn.map(({ brokenInAll, kernelModules }) => brokenInAll / kernelModules));
  const what =
    churn.length === 1
      ? `The update from ${first?.from} to ${last?.to} breaks`
      : `${counted(churn.length, 'update')} between ${first?.from} and ${last?.to} break`;
  return `${what} ${direct} of the kernel modules directly. With those that depend on them ${all} no longer load.`;
}

function sharesOf(shares: readonly number[]): string {
  const [least, most] = [Math.min(...shares), Math.max(...shares)].map((share) => percent(share, 1));
  if (shares.length === 1 || least === most) return most ?? '';
  const middle = shares.length < 3 ? '' : ` (median ${percent(median(shares), 1)})`;
  return `${least ?? ''} to ${most ?? ''}${middle}`;
}
